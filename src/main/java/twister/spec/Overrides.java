package twister.spec;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import twister.yaml.Excerpt;
import twister.yaml.InvalidInputException;
import twister.yaml.KeyPath;
import twister.yaml.Mistakes;
import twister.yaml.Place;
import twister.yaml.YamlDocument;
import twister.yaml.YamlValue;

/// Values given on the command line in place of those in a file, each as `KEY=VALUE`.
///
/// The value is YAML by the same rules as the file's. It replaces all that was under its key;
/// `null` takes the key out. Of several options for one key the last one counts.
///
/// What a file expects it expects of its own settings: an option that changes the data, the model
/// or the training leaves the file's expectations out, unless another option speaks of them.
final class Overrides {
  private static final Set<String> EXPECTED_OF = Set.of("data", "model", "training");

  private static final int MOST_PARTS = 20;
  private static final String ALLOWED = ", allowed: KEY=VALUE, such as training.steps=100";

  private final Mistakes mistakes;

  private Overrides(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /// A document with overrides applied in their order, apart from those with mistakes, which are
  /// reported.
  static YamlValue.Mapping apply(
      List<String> overrides, YamlValue.Mapping document, Mistakes mistakes) {
    Overrides applier = new Overrides(mistakes);
    YamlValue.Mapping result = document;
    for (String override : overrides) {
      result = applier.apply(override, result);
    }
    return leavesExpectationsOut(overrides) ? without(result, "expect") : result;
  }

  private static boolean leavesExpectationsOut(List<String> overrides) {
    Set<String> sections =
        overrides.stream()
            .map(override -> override.split("[.=]", 2)[0].strip())
            .collect(Collectors.toSet());
    return !sections.contains("expect") && !Collections.disjoint(sections, EXPECTED_OF);
  }

  /// A document without a key and all that is below it.
  ///
  /// @param path the full key
  static YamlValue.Mapping without(YamlValue.Mapping document, String path) {
    int dot = path.indexOf('.');
    Map<String, YamlValue.Entry> entries = new LinkedHashMap<>(document.entries());
    if (dot < 0) {
      entries.remove(path);
    } else {
      entries.computeIfPresent(
          path.substring(0, dot),
          (_, entry) ->
              entry.value() instanceof YamlValue.Mapping inner
                  ? new YamlValue.Entry(entry.key(), without(inner, path.substring(dot + 1)))
                  : entry);
    }
    return new YamlValue.Mapping(document.place(), entries);
  }

  private YamlValue.Mapping apply(String override, YamlValue.Mapping document) {
    Place place = Place.in("--set " + Excerpt.of(override));
    int equals = override.indexOf('=');
    if (equals < 0) {
      mistakes.add(place, "found no =" + ALLOWED);
      return document;
    }
    List<String> keys = Arrays.asList(override.substring(0, equals).strip().split("\\.", -1));
    if (keys.equals(List.of(""))) {
      mistakes.add(place, "found no key before the =" + ALLOWED);
      return document;
    }
    if (keys.contains("") || keys.size() > MOST_PARTS) {
      mistakes.add(place, "found a key that no file has" + ALLOWED);
      return document;
    }
    return with(document, "", keys, value(place, override.substring(equals + 1)));
  }

  private YamlValue value(Place place, String text) {
    try {
      YamlValue value =
          YamlDocument.ofOption(place.source(), text, mistakes)
              .orElseGet(() -> new YamlValue.Nothing(place));
      if (value instanceof YamlValue.Nothing && text.strip().startsWith("#")) {
        mistakes.add(place, "found a comment, as # begins one; quotes make it text");
        return new YamlValue.Broken(place);
      }
      return value instanceof YamlValue.Nothing && !text.isBlank()
          ? new YamlValue.Removed(place)
          : value;
    } catch (InvalidInputException reported) {
      return new YamlValue.Broken(place);
    }
  }

  /// A document with a value in place of all that was under its key.
  ///
  /// @param path the full key
  static YamlValue.Mapping with(
      YamlValue.Mapping document, String path, YamlValue value, Mistakes mistakes) {
    List<String> keys = Arrays.asList(path.split("\\.", -1));
    return new Overrides(mistakes).with(document, "", keys, value);
  }

  private YamlValue.Mapping with(
      YamlValue.Mapping mapping, String path, List<String> keys, YamlValue value) {
    String key = keys.getFirst();
    Place option = value.place();
    Map<String, YamlValue.Entry> entries = new LinkedHashMap<>(mapping.entries());
    YamlValue.Entry added = new YamlValue.Entry(YamlDocument.scalar(option, key, true), value);
    if (keys.size() == 1) {
      entries.merge(
          key,
          added,
          (before, now) -> path.isEmpty() && isOfThatFpga(key, before, now) ? before : now);
    } else {
      String full = KeyPath.join(path, key);
      YamlValue.Entry before = entries.getOrDefault(key, empty(added));
      below(before.value(), full, option)
          .map(inner -> with(inner, full, keys.subList(1, keys.size()), value))
          .ifPresent(inner -> entries.put(key, new YamlValue.Entry(before.key(), inner)));
    }
    return new YamlValue.Mapping(mapping.place(), entries);
  }

  /// Whether `fpga` is what a file says already, with the files of that FPGA, which then stay.
  private static boolean isOfThatFpga(String key, YamlValue.Entry before, YamlValue.Entry now) {
    return key.equals("device")
        && before.value() instanceof YamlValue.Mapping section
        && now.value() instanceof YamlValue.Text text
        && text.text().equals(DeviceSpec.FPGA)
        && section.entries().containsKey("kind");
  }

  private static YamlValue.Entry empty(YamlValue.Entry entry) {
    return new YamlValue.Entry(entry.key(), new YamlValue.Mapping(entry.value().place(), Map.of()));
  }

  /// The mapping into which a key below a value can be set, if there is one.
  private Optional<YamlValue.Mapping> below(YamlValue value, String path, Place option) {
    return switch (value) {
      case YamlValue.Mapping mapping -> Optional.of(mapping);
      case YamlValue.Nothing nothing -> Optional.of(new YamlValue.Mapping(option, Map.of()));
      case YamlValue.Removed removed -> Optional.of(new YamlValue.Mapping(option, Map.of()));
      case YamlValue.Broken reported -> Optional.empty();
      case YamlValue.Text text -> refuse(text, path, option);
      case YamlValue.Numeral number -> refuse(number, path, option);
      case YamlValue.Truth truth -> refuse(truth, path, option);
      case YamlValue.Sequence sequence -> refuse(sequence, path, option);
    };
  }

  private Optional<YamlValue.Mapping> refuse(YamlValue value, String path, Place option) {
    mistakes.add(
        option,
        "nothing can be set below %s, which is %s (%s)"
            .formatted(path, value.description(), value.place().reference()));
    return Optional.empty();
  }
}
