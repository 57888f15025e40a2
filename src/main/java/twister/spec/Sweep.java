package twister.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import twister.yaml.ChoiceRule;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistakes;
import twister.yaml.Place;
import twister.yaml.YamlValue;

/// An experiment file and all that it means: one experiment, or one for each setting of its section
/// `sweep`.
public final class Sweep {
  /// The largest sweep.
  public static final int MOST_RUNS = 100_000;

  private final YamlValue.Mapping document;
  private final Path file;
  private final Optional<SweepSpec> spec;
  private final ExperimentSpec first;
  private final List<List<SweepAxis>> dimensions;
  private final List<Long> seeds;
  private final List<ExperimentSpec> runs;

  /// @param document without its section `sweep`
  /// @param file where the document is from
  /// @param mistakes those found before, which are reported too
  Sweep(YamlValue.Mapping document, Path file, Optional<SweepSpec> spec, Mistakes mistakes)
      throws InvalidInputException {
    this.document = document;
    this.file = file;
    this.spec = spec;
    List<SweepAxis> axes = spec.map(SweepSpec::axes).orElse(List.of());
    YamlValue.Mapping begin = document;
    for (SweepAxis axis : axes) {
      begin = Overrides.with(begin, axis.path(), axis.at(0), mistakes);
    }
    SpecDecoder decoder = new SpecDecoder(ofItsKind(begin, paths(axes)), file, mistakes);
    first = first(decoder, begin, axes, mistakes);
    checkSearch(axes, decoder);
    dimensions =
        spec.map(SweepSpec::dimensions).orElse(List.of()).stream()
            .map(together -> together.stream().map(axis -> whole(axis, decoder)).toList())
            .toList();
    seeds = seeds(begin);
    runs = spec.isPresent() ? decoded(settings()) : List.of(first);
    checkHalving();
  }

  /// The experiment with the first value of each key; where it has mistakes, those of all other
  /// values are reported with them.
  ///
  /// @param begin the document with the first value of each key, and the keys of all kinds of
  ///   models
  private ExperimentSpec first(
      SpecDecoder decoder, YamlValue.Mapping begin, List<SweepAxis> axes, Mistakes mistakes)
      throws InvalidInputException {
    try {
      return decoder.experiment();
    } catch (InvalidInputException reported) {
      for (SweepAxis axis : axes) {
        for (YamlValue value :
            axis instanceof SweepAxis.Values list ? list.values() : List.<YamlValue>of()) {
          YamlValue.Mapping changed = Overrides.with(begin, axis.path(), value, mistakes);
          addMistakes(ofItsKind(changed, paths(axes)), mistakes);
        }
      }
      mistakes.throwIfAny();
      throw reported;
    }
  }

  private void addMistakes(YamlValue.Mapping changed, Mistakes mistakes) {
    Mistakes here = mistakes.copy(); // Those of values that could not be read at all among them.
    try {
      new SpecDecoder(changed, file, here).experiment();
    } catch (InvalidInputException reported) {
      mistakes.addNew(here);
    }
  }

  private static List<String> paths(List<SweepAxis> axes) {
    return axes.stream().map(SweepAxis::path).toList();
  }

  private static YamlValue.Mapping ofItsKind(
      YamlValue.Mapping document, Collection<String> varying) {
    return varying.contains(ModelKindKeys.KIND) ? ModelKindKeys.ownOf(document) : document;
  }

  /// A schedule is made for a number of steps; rungs have others. A rung of as many steps as the
  /// one before would only repeat its runs.
  private void checkHalving() throws InvalidInputException {
    boolean isFree =
        runs.stream()
            .map(ExperimentSpec::training)
            .allMatch(
                training ->
                    training.isPresent() && training.get().learningRate().phases().size() == 1);
    if (method() == SweepMethod.SUCCESSIVE_HALVING && !isFree) {
      throw new Mistakes()
          .last(
              spec.orElseThrow().section().place(),
              "sweep.method: found successive-halving, allowed with it: models that are trained at"
                  + " a constant learning rate");
    }
    List<Integer> rungs = rungs();
    int different = Set.copyOf(rungs).size();
    if (different < rungs.size()) {
      throw new Mistakes()
          .last(
              spec.orElseThrow().section().place(),
              "sweep.runs: found %,d, allowed: at most %,.0f, because training.steps is %,d and each"
                      .formatted(
                          searchedSettings(), Math.pow(factor(), different) - 1, rungs.getLast())
                  + " rung needs more steps than the one before");
    }
  }

  private void checkSearch(List<SweepAxis> axes, SpecDecoder decoder) throws InvalidInputException {
    Optional<SweepAxis> whole =
        axes.stream()
            .filter(axis -> method().isSearch() && decoder.isWhole(axis.path()))
            .findFirst();
    if (whole.isPresent()) {
      throw new Mistakes()
          .last(
              spec.orElseThrow().section().place(),
              "sweep.%s: takes whole numbers, allowed with method %s: keys that take any number"
                  .formatted(whole.get().path(), ChoiceRule.name(method())));
    }
  }

  private static SweepAxis whole(SweepAxis axis, SpecDecoder decoder) {
    return decoder.isWhole(axis.path()) ? axis.ofWholeNumbers() : axis;
  }

  /// The seeds of the initial weights.
  ///
  /// @param begin the document with the first value of each key, and the keys of all kinds of
  ///   models
  private List<Long> seeds(YamlValue.Mapping begin) {
    if (spec.isEmpty()) {
      return List.of();
    }
    long first = SpecDecoder.seedOfWeights(begin);
    return spec.get()
        .seeds()
        .orElseGet(
            () ->
                spec.get().seedCount().stream()
                    .flatMap(count -> LongStream.range(0, count).boxed())
                    .map(i -> first + i)
                    .toList());
  }

  /// Whether the file says more than one experiment.
  public boolean isOne() {
    return spec.isEmpty();
  }

  /// Where a key stands, by its full name; the nearest key above it where it is not there.
  public Place place(String path) {
    Place place = document.place();
    YamlValue value = document;
    for (String key : path.split("\\.", -1)) {
      if (!(value instanceof YamlValue.Mapping mapping) || !mapping.entries().containsKey(key)) {
        return place;
      }
      YamlValue.Entry entry = mapping.entries().get(key);
      place = entry.key().place();
      value = entry.value();
    }
    return place;
  }

  /// How the runs are chosen.
  public SweepMethod method() {
    return spec.map(SweepSpec::method).orElse(SweepMethod.GRID);
  }

  /// The seed of draws, if one is given.
  public OptionalLong seed() {
    return spec.flatMap(SweepSpec::seed).stream().mapToLong(seed -> seed).findFirst();
  }

  /// How many settings a search tries, each with every seed.
  public int searchedSettings() {
    return spec.map(SweepSpec::runs).orElse(0);
  }

  /// The seeds that each setting is trained with; empty where the sweep names none.
  public List<Long> seeds() {
    return seeds;
  }

  /// How many steps the rungs of successive halving have, the first one the fewest; the last one
  /// has those of the training. Empty with other methods.
  public List<Integer> rungs() {
    return method() == SweepMethod.SUCCESSIVE_HALVING
        ? spec.orElseThrow().rungs(first.training().orElseThrow().steps())
        : List.of();
  }

  /// How many settings the rungs have together; 0 without rungs.
  private long settingsOfRungs() {
    long all = 0;
    int left = method() == SweepMethod.SUCCESSIVE_HALVING ? searchedSettings() : 0;
    for (; left >= 1; left /= factor()) {
      all += left;
    }
    return all;
  }

  /// One in so many settings is trained on in the next rung.
  public int factor() {
    return spec.map(SweepSpec::factor).orElse(0);
  }

  /// The only experiment, or the first of them.
  public ExperimentSpec first() {
    return first;
  }

  /// The experiments, seeds varying fastest and the key written first slowest; without repetitions.
  /// Of a search, those of the middle of all ranges, where it begins; of successive halving, all of
  /// them to the last step.
  public List<ExperimentSpec> runs() {
    return runs;
  }

  /// The keys that vary, in the order in which they were written.
  public List<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    dimensions.forEach(together -> together.forEach(axis -> keys.add(axis.path())));
    if (!seeds.isEmpty()) {
      keys.add(SweepDecoder.SEED);
    }
    return List.copyOf(keys);
  }

  /// What varies, as a person would say it.
  public String text() {
    String each =
        seeds.isEmpty()
            ? ""
            : ", %,d %s each".formatted(seeds.size(), seeds.size() == 1 ? "seed" : "seeds");
    if (method() == SweepMethod.GRID) {
      String grid =
          dimensions.stream()
              .map(together -> "%s (%,d)".formatted(names(together), together.getFirst().count()))
              .collect(Collectors.joining(" x "));
      return grid.isEmpty() ? "%,d seeds".formatted(seeds.size()) : grid + each;
    }
    boolean isKnown = !method().isSearch() && rungs().isEmpty();
    long all = (long) searchedSettings() * Math.max(1, seeds.size());
    String repeated =
        isKnown && runs.size() < all ? ", %,d of them repeated".formatted(all - runs.size()) : "";
    return "%,d %s of %s%s%s"
        .formatted(
            searchedSettings(),
            switch (method()) {
              case GRID -> throw new IllegalStateException("a grid has no points");
              case RANDOM -> "random points";
              case SOBOL -> "Sobol points";
              case HALTON -> "Halton points";
              case SUCCESSIVE_HALVING ->
                  "random points, the best 1/%d to go on,".formatted(factor());
              case CMA_ES -> "points of CMA-ES";
              case BOBYQA -> "points of BOBYQA";
            },
            dimensions.stream().map(Sweep::names).collect(Collectors.joining(", ")),
            each,
            repeated);
  }

  private static String names(List<SweepAxis> together) {
    return String.join(" with ", paths(together));
  }

  /// How many dimensions the settings have.
  public int dimensions() {
    return dimensions.size();
  }

  /// The experiments of one point of the space of settings, one for each seed.
  ///
  /// @param point a number from 0 to 1 for each dimension
  /// @throws InvalidInputException if the settings do not go together
  public List<ExperimentSpec> at(double[] point) throws InvalidInputException {
    Map<String, YamlValue> setting = new LinkedHashMap<>();
    for (int i = 0; i < point.length; i++) {
      for (SweepAxis axis : dimensions.get(i)) {
        setting.put(axis.path(), axis.at(point[i]));
      }
    }
    return decoded(List.of(setting));
  }

  private List<Map<String, YamlValue>> settings() throws InvalidInputException {
    SweepMethod method = method();
    if (method == SweepMethod.GRID) {
      return grid();
    }
    checkSize((long) searchedSettings() * Math.max(1, seeds.size()));
    checkSize(settingsOfRungs() * Math.max(1, seeds.size()));
    int count = method.isSearch() ? 1 : searchedSettings();
    List<Map<String, YamlValue>> settings = new ArrayList<>();
    for (double[] point : UnitCubePoints.of(method, dimensions.size(), seed(), count)) {
      Map<String, YamlValue> setting = new LinkedHashMap<>();
      for (int i = 0; i < point.length; i++) {
        SweepAxis axis = dimensions.get(i).getFirst();
        setting.put(axis.path(), axis.at(point[i]));
      }
      settings.add(setting);
    }
    return settings;
  }

  private List<Map<String, YamlValue>> grid() throws InvalidInputException {
    long count = Math.max(1, seeds.size());
    for (List<SweepAxis> together : dimensions) {
      count = Math.multiplyExact(Math.min(count, MOST_RUNS), (long) together.getFirst().count());
    }
    checkSize(count);
    List<Map<String, YamlValue>> settings = List.of(Map.of());
    for (List<SweepAxis> together : dimensions) {
      List<Map<String, YamlValue>> longer = new ArrayList<>();
      for (Map<String, YamlValue> setting : settings) {
        for (int i = 0; i < together.getFirst().count(); i++) {
          Map<String, YamlValue> one = new LinkedHashMap<>(setting);
          for (SweepAxis axis : together) {
            one.put(axis.path(), axis.value(i));
          }
          longer.add(one);
        }
      }
      settings = longer;
    }
    return settings;
  }

  private void checkSize(long count) throws InvalidInputException {
    if (count > MOST_RUNS) {
      Mistakes mistakes = new Mistakes();
      throw mistakes.last(
          spec.orElseThrow().section().place(),
          "sweep: has %s runs, allowed: at most %,d"
              .formatted(count > 1e9 ? "billions of" : "%,d".formatted(count), MOST_RUNS));
    }
  }

  /// The experiments of some settings, each with every seed.
  private List<ExperimentSpec> decoded(List<Map<String, YamlValue>> settings)
      throws InvalidInputException {
    Mistakes mistakes = new Mistakes();
    Set<ExperimentSpec> different = new HashSet<>();
    List<ExperimentSpec> all = new ArrayList<>();
    for (Map<String, YamlValue> setting : settings) {
      List<ExperimentSpec> some =
          seeds.isEmpty()
              ? decoded(setting, mistakes).stream().toList()
              : ofSeeds(setting, mistakes);
      // Settings with the same seeds differ in all of them or in none, which spares comparing
      // 100,000 runs of one setting.
      if (!some.isEmpty() && different.add(some.getFirst())) {
        all.addAll(some);
      }
    }
    mistakes.throwIfAny();
    return List.copyOf(all);
  }

  private List<ExperimentSpec> ofSeeds(Map<String, YamlValue> setting, Mistakes mistakes) {
    List<ExperimentSpec> some = new ArrayList<>();
    for (long seed : seeds) {
      // Only seeds that a generator may refuse need to be read with each setting.
      boolean isOfAny = Generator.TORCH_CPU.drawn(seed) == seed;
      if (some.isEmpty() || !isOfAny) {
        decoded(with(setting, seed), mistakes).ifPresent(some::add);
      } else {
        some.add(some.getFirst().withSeed(seed));
      }
    }
    boolean hasSeed = !some.isEmpty() && some.getFirst().model().seed().isPresent();
    return hasSeed ? some : some.stream().limit(1).toList();
  }

  private Map<String, YamlValue> with(Map<String, YamlValue> setting, long seed) {
    Map<String, YamlValue> seeded = new LinkedHashMap<>(setting);
    Place place = spec.orElseThrow().section().place();
    seeded.put(SweepDecoder.SEED, new YamlValue.Numeral(place, Long.toString(seed)));
    return seeded;
  }

  private Optional<ExperimentSpec> decoded(Map<String, YamlValue> setting, Mistakes mistakes) {
    Mistakes here = new Mistakes();
    YamlValue.Mapping changed = document;
    for (Map.Entry<String, YamlValue> entry : setting.entrySet()) {
      changed = Overrides.with(changed, entry.getKey(), entry.getValue(), here);
    }
    changed = ofItsKind(changed, setting.keySet());
    try {
      return Optional.of(new SpecDecoder(changed, file, here).experiment());
    } catch (InvalidInputException reported) {
      mistakes.addNew(here);
      return Optional.empty();
    }
  }

  /// The experiment file with every default written out that all runs share, and the section
  /// `sweep` as it was.
  public String yaml() {
    return spec.isEmpty()
        ? SpecWriter.yaml(first)
        : SweepWriter.yaml(document, spec.get().section(), keys(), runs);
  }
}
