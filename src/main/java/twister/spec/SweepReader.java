package twister.spec;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import twister.yaml.Excerpt;
import twister.yaml.InvalidInputException;
import twister.yaml.KeyListener;
import twister.yaml.KeyedValue;
import twister.yaml.Mistakes;
import twister.yaml.Place;
import twister.yaml.YamlDocument;
import twister.yaml.YamlValue;

/// Reads what varies: the section `sweep` of a file, and options in its place, each as
/// `KEY=VALUES`.
///
/// The values of an option are those of the file, or shorter: `0,0.1,1` for a list,
/// `log(0.1,100,32)` and `linear(0,1,11)` for ranges with their points.
final class SweepReader {
  private static final Pattern RANGE =
      Pattern.compile("(log|linear)\\(([^,()]*),([^,()]*)(?:,([^,()]*))?\\)");
  private static final Set<String> SINGLE =
      Set.of("method", "runs", "factor", "seed", "seeds", "zip");
  private static final String ALLOWED =
      ", allowed: KEY=VALUES, such as training.learning-rate=log(0.1,100,32)";

  private SweepReader() {}

  /// What a document and options mean.
  ///
  /// @param document with the overrides applied
  /// @param file where the document is from
  /// @param overrides as they were typed
  static Sweep sweep(
      YamlValue.Mapping document,
      Path file,
      List<String> overrides,
      List<String> options,
      Mistakes mistakes)
      throws InvalidInputException {
    Optional<YamlValue.Mapping> section =
        withOptions(section(document, mistakes), options, mistakes);
    Optional<SweepSpec> spec = section.flatMap(content -> SweepDecoder.sweep(content, mistakes));
    spec.ifPresent(swept -> refuseUnused(overrides, swept, mistakes));
    YamlValue.Mapping rest = Overrides.without(document, "sweep");
    if (!options.isEmpty()) {
      rest = Overrides.without(rest, "expect");
    } else if (section.isPresent() && entry(rest, "expect").isPresent()) {
      mistakes.add(
          entry(rest, "expect").get().key().place(),
          "expect: found numbers beside a sweep, allowed: one of the two, as each run finds"
              + " others");
      rest = Overrides.without(rest, "expect");
    }
    return new Sweep(rest, file, spec, mistakes);
  }

  /// Reports values of keys that the sweep varies: they would not be used.
  private static void refuseUnused(List<String> overrides, SweepSpec spec, Mistakes mistakes) {
    List<String> swept =
        Stream.concat(
                spec.axes().stream().map(SweepAxis::path),
                spec.seeds().stream().map(_ -> SweepDecoder.SEED))
            .toList();
    for (String override : overrides) {
      String key = override.split("=", 2)[0].strip();
      if (swept.stream().anyMatch(path -> key.equals(path) || key.startsWith(path + "."))) {
        mistakes.add(
            Place.in("--set " + Excerpt.of(override)),
            key
                + ": the sweep varies it and would not use this value, allowed: --sweep "
                + Excerpt.of(override));
      }
    }
  }

  private static Optional<YamlValue.Mapping> section(
      YamlValue.Mapping document, Mistakes mistakes) {
    return entry(document, "sweep")
        .flatMap(
            entry ->
                new KeyedValue("sweep", entry.value(), mistakes, KeyListener.NONE)
                    .asMapping("{training.l2: [0, 0.01, 0.1]}"));
  }

  /// The entry of a key, unless an option took it out.
  private static Optional<YamlValue.Entry> entry(YamlValue.Mapping document, String key) {
    return Optional.ofNullable(document.entries().get(key))
        .filter(entry -> !(entry.value() instanceof YamlValue.Removed));
  }

  private static Optional<YamlValue.Mapping> withOptions(
      Optional<YamlValue.Mapping> section, List<String> options, Mistakes mistakes) {
    if (options.isEmpty()) {
      return section;
    }
    Map<String, YamlValue.Entry> entries = new LinkedHashMap<>();
    section.ifPresent(content -> entries.putAll(content.entries()));
    Set<String> seen = new HashSet<>();
    Place place = Place.in("--sweep");
    for (String option : options) {
      place = Place.in("--sweep " + Excerpt.of(option));
      int equals = option.indexOf('=');
      if (equals <= 0) {
        mistakes.add(place, (equals < 0 ? "found no =" : "found no key before the =") + ALLOWED);
        continue;
      }
      String key = option.substring(0, equals).strip();
      if (!seen.add(key)) {
        mistakes.add(place, key + ": is in two options, allowed: all its values in one");
      }
      YamlValue value = value(place, key, option.substring(equals + 1).strip(), mistakes);
      entries.put(key, new YamlValue.Entry(YamlDocument.scalar(place, key, true), value));
    }
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new YamlValue.Mapping(section.map(YamlValue.Mapping::place).orElse(place), entries));
  }

  private static YamlValue value(Place place, String key, String text, Mistakes mistakes) {
    Matcher range = RANGE.matcher(text);
    String yaml =
        range.matches()
            ? "{%s: [%s, %s]%s}"
                .formatted(
                    range.group(1),
                    range.group(2),
                    range.group(3),
                    range.group(4) == null ? "" : ", points: " + range.group(4))
            : isList(key, text) ? "[" + text + "]" : text;
    try {
      return YamlDocument.ofOption(place.source(), yaml, mistakes)
          .orElseGet(() -> new YamlValue.Nothing(place));
    } catch (InvalidInputException reported) {
      return new YamlValue.Broken(place);
    }
  }

  /// Whether a text is the inside of a list; single values of keys that take only one are not.
  private static boolean isList(String key, String text) {
    boolean isBare = !text.isEmpty() && !text.startsWith("[") && !text.startsWith("{");
    return isBare && (text.contains(",") || !SINGLE.contains(key));
  }
}
