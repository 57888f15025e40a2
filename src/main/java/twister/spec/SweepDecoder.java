package twister.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import twister.yaml.ChoiceRule;
import twister.yaml.KeyListener;
import twister.yaml.KeyedValue;
import twister.yaml.Mistakes;
import twister.yaml.NumberRule;
import twister.yaml.Section;
import twister.yaml.WholeRule;
import twister.yaml.YamlValue;

/// Reads the section `sweep`: which keys vary, how, and how their values are combined.
final class SweepDecoder {
  /// The key of the seeds of initial weights.
  static final String SEED = "model.init.seed";

  private static final ChoiceRule<SweepMethod> METHOD = ChoiceRule.of(SweepMethod.class);
  private static final WholeRule RUNS = new WholeRule(1, Sweep.MOST_RUNS);
  private static final WholeRule FACTOR = new WholeRule(2, 1000);
  private static final String STEPS = "training.steps";
  private static final WholeRule POINTS = new WholeRule(2, Sweep.MOST_RUNS);

  /// What an experiment has besides [#SECTIONS], and cannot vary.
  private static final Set<String> FIXED =
      Set.of("name", "question", "samples", "device", "charts", "expect");

  private static final Set<String> SECTIONS = Set.of("data", "model", "training");
  private static final String ALLOWED = "allowed: keys below data, model and training";
  private static final String EXAMPLE = "{log: [0.1, 100], points: 4}";
  private static final String VALUES = "a list, such as [0, 0.01, 0.1], or a range, such as ";
  private static final RangeDecoder ENDS =
      new RangeDecoder("value", "[0.1, 100]", NumberRule.FINITE);

  private final Section section;
  private final YamlValue.Mapping content;
  private final Mistakes mistakes;
  private final SweepMethod method;

  /// Where the method cannot be read, nothing is refused because of it.
  private final boolean isMethodKnown;

  private final Set<String> swept = new HashSet<>();

  private SweepDecoder(Section section, YamlValue.Mapping content, Mistakes mistakes) {
    this.section = section;
    this.content = content;
    this.mistakes = mistakes;
    int before = mistakes.count();
    method = section.optional("method", METHOD, SweepMethod.GRID);
    isMethodKnown = mistakes.count() == before;
  }

  /// What the section says; empty when it has mistakes, which are reported.
  static Optional<SweepSpec> sweep(YamlValue.Mapping content, Mistakes mistakes) {
    return sweep(content, mistakes, KeyListener.NONE);
  }

  /// What the section says; empty when it has mistakes, which are reported.
  ///
  /// @param listener hears which keys are read
  static Optional<SweepSpec> sweep(
      YamlValue.Mapping content, Mistakes mistakes, KeyListener listener) {
    return new SweepDecoder(
            Section.of("sweep", content, mistakes, MeantKey::ofSweep, listener), content, mistakes)
        .sweep();
  }

  private Optional<SweepSpec> sweep() {
    int before = mistakes.count();
    Optional<Long> runs = runs();
    Optional<Long> seed = seed();
    Optional<List<Long>> seedList = section.value("seeds").flatMap(this::seeds);
    Optional<Long> seedCount = seedList.isPresent() ? Optional.empty() : seedCount();
    List<List<SweepAxis>> dimensions = new ArrayList<>();
    for (String key : content.entries().keySet()) {
      if (key.equals("zip")) {
        section.value(key).flatMap(this::zipped).ifPresent(dimensions::add);
      } else if (key.contains(".")) {
        section
            .value(key)
            .flatMap(found -> axis(key, found))
            .ifPresent(axis -> dimensions.add(List.of(axis)));
      } else if (FIXED.contains(key) || SECTIONS.contains(key)) {
        section.value(key).ifPresent(found -> refuseTop(key, found));
      }
    }
    section.value("zip");
    int factor = factor();
    section.end();
    boolean hasSeeds = seedList.isPresent() || seedCount.isPresent();
    if (hasSeeds && swept.contains(SEED)) {
      section.refuse("seeds and " + SEED + " are the same; one of the two");
    }
    if (dimensions.isEmpty() && !hasSeeds && mistakes.count() == before) {
      section.refuse(
          "found no key to vary, allowed: keys by their full name with " + VALUES + EXAMPLE);
    }
    if (method != SweepMethod.GRID && dimensions.isEmpty() && mistakes.count() == before) {
      section.refuse("method " + ChoiceRule.name(method) + " needs a key to vary");
    }
    if (method == SweepMethod.BOBYQA && mistakes.count() == before) {
      checkBobyqa(dimensions.size(), runs.orElse(0L));
    }
    return mistakes.count() > before
        ? Optional.empty()
        : Optional.of(
            new SweepSpec(
                content,
                method,
                Math.toIntExact(runs.orElse(0L)),
                factor,
                seed,
                dimensions,
                seedList,
                seedCount));
  }

  /// A key of the experiment itself: a section, whose keys are written by their full name, or what
  /// cannot vary.
  private void refuseTop(String key, KeyedValue found) {
    if (FIXED.contains(key)) {
      mistakes.add(section.place(key), "sweep.%s cannot vary, %s".formatted(key, ALLOWED));
      return;
    }
    String inner =
        found.value() instanceof YamlValue.Mapping mapping && !mapping.entries().isEmpty()
            ? key + "." + mapping.entries().keySet().iterator().next()
            : key.equals("training") ? "training.l2" : "a key below " + key;
    found.refuse("keys by their full name in one word, here " + inner);
  }

  /// Powell's algorithm begins with a quadratic model through so many points.
  private void checkBobyqa(int dimensions, long runs) {
    if (dimensions < 2) {
      section.refuse("method bobyqa needs at least two keys to vary; cma-es takes one");
    } else if (runs <= 2L * dimensions + 1) {
      section.refuse(
          "method bobyqa with %,d keys needs runs above %,d, the points of its first model"
              .formatted(dimensions, 2 * dimensions + 1));
    }
  }

  private Optional<Long> runs() {
    if (!isMethodKnown) {
      return section.value("runs").flatMap(found -> found.as(RUNS));
    }
    if (method == SweepMethod.GRID) {
      section.value("runs").ifPresent(found -> found.refuse("nothing" + becauseOfMethod()));
      return Optional.empty();
    }
    return section.required("runs", RUNS);
  }

  private int factor() {
    if (!isMethodKnown) {
      return Math.toIntExact(section.optional("factor", FACTOR, 3L));
    }
    if (method != SweepMethod.SUCCESSIVE_HALVING) {
      section.value("factor").ifPresent(found -> found.refuse("nothing" + becauseOfMethod()));
      return 0;
    }
    if (swept.contains(STEPS)) {
      section.refuse("training.steps cannot vary" + becauseOfMethod() + ", which sets them");
    }
    return Math.toIntExact(section.optional("factor", FACTOR, 3L));
  }

  private Optional<Long> seed() {
    Optional<KeyedValue> found = section.value("seed");
    if (found.isPresent()
        && isMethodKnown
        && (method == SweepMethod.GRID || method == SweepMethod.BOBYQA)) {
      found.get().refuse("nothing" + becauseOfMethod() + "; seeds vary " + SEED);
      return Optional.empty();
    }
    return found.flatMap(value -> value.as(SpecDecoder.SEED));
  }

  private String becauseOfMethod() {
    return ", because sweep.method is " + ChoiceRule.name(method);
  }

  private Optional<Long> seedCount() {
    return section
        .value("seeds")
        .flatMap(
            found -> {
              Optional<Long> count = found.meaning(RUNS);
              if (count.isEmpty()) {
                mistakes.add(
                    found.value().place(),
                    "sweep.seeds: found %s, allowed: how many, %s, or a list, such as [1, 2, 3]"
                        .formatted(
                            found.value() instanceof YamlValue.Mapping
                                ? "a range"
                                : found.value().description(),
                            RUNS.allowed()));
              }
              return count;
            });
  }

  /// The seeds, where they are a list.
  private Optional<List<Long>> seeds(KeyedValue found) {
    if (!(found.value() instanceof YamlValue.Sequence)) {
      return Optional.empty();
    }
    Set<Long> seeds = new LinkedHashSet<>();
    List<KeyedValue> items = found.asList("[1, 2, 3]").orElseThrow();
    if (items.isEmpty()) {
      found.refuse("at least one seed");
    }
    for (KeyedValue item : items) {
      Optional<Long> seed = item.as(SpecDecoder.SEED);
      if (seed.isPresent() && !seeds.add(seed.get())) {
        item.refuse("each seed once");
      }
    }
    return Optional.of(List.copyOf(seeds));
  }

  private Optional<SweepAxis> axis(String key, KeyedValue found) {
    if (!SECTIONS.contains(key.substring(0, key.indexOf('.')))) {
      mistakes.add(
          section.place(key),
          "sweep.%s cannot vary, %s%s"
              .formatted(
                  key,
                  key.startsWith("samples.")
                      ? "as names are drawn after the training, which they do not change; "
                      : "",
                  ALLOWED));
      return Optional.empty();
    }
    if (!swept.add(key)) {
      found.refuse("each key once: " + key + " varies in zip, too");
      return Optional.empty();
    }
    return switch (found.value()) {
      case YamlValue.Sequence _ -> values(key, found);
      case YamlValue.Mapping mapping -> range(key, found, mapping);
      default -> {
        found.refuse(VALUES + EXAMPLE);
        yield Optional.empty();
      }
    };
  }

  private Optional<SweepAxis> values(String key, KeyedValue found) {
    List<KeyedValue> items = found.asList("[0, 0.1]").orElseThrow();
    if (items.isEmpty()) {
      found.refuse("a list of at least one value");
      return Optional.empty();
    }
    if (method.isSearch()) {
      found.refuse("a range, such as {log: [0.1, 100]}" + becauseOfMethod());
      return Optional.empty();
    }
    Set<Object> different = new HashSet<>();
    for (KeyedValue item : items) {
      boolean isScalar =
          !(item.value() instanceof YamlValue.Sequence
              || item.value() instanceof YamlValue.Mapping);
      Object value =
          item.value() instanceof YamlValue.Numeral number
              ? number.number()
              : item.value().description();
      if (isScalar && !different.add(value)) {
        item.refuse("each value once");
      }
    }
    return Optional.of(new SweepAxis.Values(key, items.stream().map(KeyedValue::value).toList()));
  }

  private Optional<SweepAxis> range(String key, KeyedValue found, YamlValue.Mapping mapping) {
    Section range = section.sectionOf(found, EXAMPLE).orElseThrow();
    Optional<RangeDecoder.Ends> ends = ENDS.ends(range);
    Optional<Long> points = Optional.empty();
    if (!isMethodKnown) {
      points = range.value("points").flatMap(some -> some.as(POINTS));
    } else if (method == SweepMethod.GRID) {
      points = range.required("points", POINTS);
    } else {
      range.value("points").ifPresent(some -> some.refuse("nothing" + becauseOfMethod()));
    }
    range.end();
    int count = Math.toIntExact(points.orElse(0L));
    return ends.map(two -> new SweepAxis.Range(key, two, count, false, mapping.place()));
  }

  private Optional<List<SweepAxis>> zipped(KeyedValue found) {
    String example = "{training.learning-rate: [1, 10], training.l2: [0, 0.1]}";
    if (method != SweepMethod.GRID) {
      found.refuse("nothing" + becauseOfMethod());
      return Optional.empty();
    }
    Optional<YamlValue.Mapping> mapping = found.asMapping(example);
    if (mapping.isEmpty() || mapping.get().entries().size() < 2) {
      mapping.ifPresent(
          _ -> found.refuse("at least two keys that vary together, as in " + example));
      return Optional.empty();
    }
    List<SweepAxis> axes = new ArrayList<>();
    mapping
        .get()
        .entries()
        .forEach(
            (key, entry) -> {
              KeyedValue values = found.at(found.path() + "." + key, entry.value());
              if (key.contains(".")) {
                axis(key, values).ifPresent(axes::add);
              } else {
                values.refuse("keys by their full name, such as training.l2");
              }
            });
    Set<Integer> lengths = new LinkedHashSet<>();
    axes.forEach(axis -> lengths.add(axis.count()));
    if (lengths.size() > 1) {
      found.refuse("lists of one length (here: " + lengths + " values)");
      return Optional.empty();
    }
    return Optional.of(axes);
  }
}
