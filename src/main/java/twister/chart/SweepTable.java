package twister.chart;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.ranking.DecidingLoss;
import twister.ranking.LatestRuns;
import twister.ranking.Ranking;
import twister.ranking.SeedGroup;
import twister.tracking.RunsTable;
import twister.tracking.RunsTable.Row;

/// The runs of an experiment that are over, and what its charts make of them: which keys vary, and
/// which runs differ in their seed alone.
///
/// Which of them belong together, which loss decides and which is the best, [Ranking] says.
final class SweepTable {
  /// Of keys with equally many values, these come first.
  private static final List<String> FIRST = List.of(SweepKey.LEARNING_RATE, SweepKey.L2);

  private static final String RUN = "run";
  private static final String KIND = "model.kind";

  private final Ranking ranking;
  private final List<SweepRun> runs;
  private final List<SweepKey> keys;
  private final Optional<SweepKey> seeds;
  private final List<SweepSetting> settings;
  private final OptionalDouble uniform;
  private final OptionalDouble lowest;
  private final boolean hasPreferredKeys;
  private final boolean isPenalized;
  private final Optional<SweepRun> best;

  /// @param preferred keys that go before others, by their names
  private SweepTable(Ranking ranking, List<String> preferred) {
    this.ranking = ranking;
    hasPreferredKeys = !preferred.isEmpty();
    List<Row> rows = ranking.runs().rows();
    RateColumns rates = RateColumns.of(ranking.runs().settings());
    List<List<String>> values = rows.stream().map(rates::values).toList();
    runs =
        IntStream.range(0, rows.size())
            .mapToObj(place -> SweepRun.of(place, rows.get(place), ranking.figure()))
            .toList();
    List<SweepKey> all =
        IntStream.range(0, rates.names().size())
            .mapToObj(
                i -> SweepKey.of(rates.names().get(i), values.stream().map(v -> v.get(i)).toList()))
            .flatMap(Optional::stream)
            .toList();
    isPenalized = runs.stream().anyMatch(SweepRun::isPenalized);
    seeds = all.stream().filter(SweepTable::isSeed).findFirst();
    keys =
        all.stream()
            .filter(key -> !isSeed(key))
            .sorted(
                Comparator.comparingInt((SweepKey key) -> place(key, preferred))
                    .thenComparingInt(key -> -key.size())
                    .thenComparingInt(SweepTable::rank))
            .toList();
    Map<String, SweepRun> byId = byId(runs);
    settings =
        ranking.standings().stream()
            .map(
                standing ->
                    setting(
                        standing.group().runs().stream()
                            .map(row -> Objects.requireNonNull(byId.get(row.text(RUN))))
                            .toList()))
            .sorted(Comparator.comparingInt(setting -> setting.first().row()))
            .toList();
    uniform = common(rows, "uniform_loss");
    lowest = common(rows, "lowest_loss");
    best = best(ranking, byId);
  }

  /// The runs of a table that can stand in one chart.
  static SweepTable of(RunsTable runs) {
    return new SweepTable(Ranking.of(LatestRuns.of(runs)), List.of());
  }

  /// The same with some keys before the others, in that order.
  SweepTable preferring(List<String> names) {
    return names.isEmpty() ? this : new SweepTable(ranking, names);
  }

  /// The part of a table whose runs have a value of a key.
  private SweepTable(SweepTable all, SweepKey key, int place) {
    ranking = all.ranking;
    hasPreferredKeys = all.hasPreferredKeys;
    isPenalized = all.isPenalized;
    runs = all.runs.stream().filter(run -> key.place(run) == place).toList();
    keys = all.keys.stream().filter(other -> other != key).toList();
    seeds = all.seeds.filter(seed -> seed != key);
    settings =
        all.settings.stream()
            .map(setting -> setting.runs().stream().filter(run -> key.place(run) == place).toList())
            .filter(some -> !some.isEmpty())
            .map(this::setting)
            .toList();
    uniform = all.uniform;
    lowest = all.lowest;
    best = best(ranking, byId(runs));
  }

  /// The runs with each value of a key, as tables of their own. Their other keys are those of this
  /// table, so that a value has the same place in all of them.
  List<SweepTable> panels(SweepKey key) {
    return IntStream.range(0, key.size())
        .mapToObj(place -> new SweepTable(this, key, place))
        .filter(table -> !table.runs.isEmpty())
        .toList();
  }

  private static int place(SweepKey key, List<String> preferred) {
    int place = preferred.indexOf(key.name());
    return place < 0 ? preferred.size() : place;
  }

  /// Whether somebody said which keys go first.
  boolean hasPreferredKeys() {
    return hasPreferredKeys;
  }

  /// The key by which runs are told apart: a preferred one, else the kind of model, from which most
  /// of the others follow, else one of numbers, else any.
  Optional<SweepKey> leading() {
    return hasPreferredKeys()
        ? keys.stream().findFirst()
        : keys.stream()
            .filter(key -> key.name().equals(KIND))
            .findFirst()
            .or(() -> numericKeys().stream().findFirst())
            .or(() -> keys.stream().findFirst());
  }

  /// Some of the runs as one setting.
  SweepSetting setting(List<SweepRun> some) {
    return SweepSetting.of(some, ranking.figure());
  }

  private static boolean isSeed(SweepKey key) {
    return key.name().equals(SweepKey.SEED);
  }

  private static int rank(SweepKey key) {
    int rank = FIRST.indexOf(key.name());
    return rank < 0 ? FIRST.size() : rank;
  }

  private static OptionalDouble common(List<Row> rows, String column) {
    double[] different =
        rows.stream().mapToDouble(row -> row.number(column)).distinct().limit(2).toArray();
    return different.length == 1 && Double.isFinite(different[0])
        ? OptionalDouble.of(different[0])
        : OptionalDouble.empty();
  }

  /// The name of the experiment.
  String name() {
    return ranking.runs().experiment();
  }

  /// The runs, in the order of the file.
  List<SweepRun> runs() {
    return runs;
  }

  /// The keys that vary, apart from the seed, those with the most values first.
  List<SweepKey> keys() {
    return keys;
  }

  /// Those of the keys that vary whose values are numbers.
  List<SweepKey> numericKeys() {
    return keys.stream().filter(SweepKey::isNumeric).toList();
  }

  /// The seed of the initial weights, if it varies.
  Optional<SweepKey> seeds() {
    return seeds;
  }

  /// The runs by what they have in common apart from the seed.
  List<SweepSetting> settings() {
    return settings;
  }

  /// The loss of a model that knows nothing, if it is the same for all runs.
  OptionalDouble uniform() {
    return uniform;
  }

  /// The loss that the counts have, if it is the same for all runs.
  OptionalDouble lowest() {
    return lowest;
  }

  /// The best run of those of the table, as [Ranking#best] says; empty if its loss is not finite.
  Optional<SweepRun> best() {
    return best;
  }

  private static Optional<SweepRun> best(Ranking ranking, Map<String, SweepRun> shown) {
    return ranking.standings().stream()
        .filter(standing -> standing.rank() > 0)
        .map(
            standing ->
                standing.group().runs().stream()
                    .filter(row -> shown.containsKey(row.text(RUN)))
                    .toList())
        .filter(some -> !some.isEmpty())
        .findFirst()
        .flatMap(some -> new SeedGroup(some).best(ranking.figure()))
        .map(row -> Objects.requireNonNull(shown.get(row.text(RUN))))
        .filter(SweepRun::isFinite);
  }

  private static Map<String, SweepRun> byId(List<SweepRun> runs) {
    return runs.stream().collect(Collectors.toMap(SweepRun::id, Function.identity()));
  }

  /// How many runs diverged.
  long diverged() {
    return runs.stream().filter(SweepRun::isDiverged).count();
  }

  /// How many runs finished with an infinite loss.
  long infinite() {
    return runs.stream().filter(SweepRun::isInfinite).count();
  }

  /// Whether the losses are those on words that were not learnt from.
  boolean isOfDevWords() {
    return ranking.figure().equals(DecidingLoss.DEV.column());
  }

  /// Whether what is minimized has a part that is a penalty, in a run of the whole table: panels
  /// have one axis.
  boolean isPenalized() {
    return isPenalized;
  }
}
