package twister.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The runs of an experiment that are over, and what its charts make of them: which keys vary, and
/// which runs differ in their seed alone.
///
/// The loss is that on the dev words where runs have one, as in the leaderboard. What is sampled
/// after a training does not count; of runs on other data, only those on the data of the newest one
/// do; of runs with the same settings on other devices, the newest does.
final class SweepTable {
  private static final String DATA = "data_sha256";
  private static final List<String> FIGURES =
      List.of(
          "run",
          "status",
          "steps",
          "uniform_loss",
          "lowest_loss",
          "loss",
          "nll",
          "started",
          SweepTable.DATA);
  private static final String NAME = "name: ";
  private static final String DEV_LOSS = "dev_loss";
  private static final String AFTER_SETTINGS = "steps";
  private static final Set<String> OVER = Set.of("finished", "diverged");

  /// Of keys with equally many values, these come first.
  private static final List<String> FIRST = List.of(SweepKey.LEARNING_RATE, SweepKey.L2);

  private final List<SweepRun> runs;
  private final List<SweepKey> keys;
  private final Optional<SweepKey> seeds;
  private final List<SweepSetting> settings;
  private final OptionalDouble uniform;
  private final OptionalDouble lowest;
  private final boolean isOfDevWords;
  private final String name;

  /// A row of runs.csv.
  private record Row(
      String id,
      String started,
      String data,
      long steps,
      double uniform,
      double lowest,
      double loss,
      boolean isDiverged,
      boolean isPenalized,
      List<String> settings) {}

  private SweepTable(String name, List<String> names, List<Row> rows, boolean isOfDevWords) {
    this.name = name;
    this.isOfDevWords = isOfDevWords;
    runs = IntStream.range(0, rows.size()).mapToObj(i -> run(i, rows.get(i))).toList();
    List<SweepKey> all =
        IntStream.range(0, names.size())
            .mapToObj(i -> SweepKey.of(names.get(i), rows.stream().map(r -> text(r, i)).toList()))
            .flatMap(Optional::stream)
            .toList();
    seeds = all.stream().filter(SweepTable::isSeed).findFirst();
    keys =
        all.stream()
            .filter(key -> !isSeed(key))
            .sorted(
                Comparator.comparingInt((SweepKey key) -> -key.size())
                    .thenComparingInt(SweepTable::rank))
            .toList();
    settings =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    run -> keys.stream().map(key -> key.place(run)).toList(),
                    LinkedHashMap::new,
                    Collectors.toList()))
            .values()
            .stream()
            .map(SweepSetting::new)
            .toList();
    uniform = common(rows.stream().map(Row::uniform));
    lowest = common(rows.stream().map(Row::lowest));
  }

  /// Reads `runs.csv`.
  ///
  /// @throws IOException naming file and line if it cannot be read
  static SweepTable read(Path experimentFolder) throws IOException {
    Path file = experimentFolder.resolve("runs.csv");
    List<String> header = CsvRows.header(file);
    int from = header.indexOf(DATA) + 1;
    int to = Math.max(from, header.indexOf(AFTER_SETTINGS));
    List<String> names =
        header.subList(from, to).stream().filter(name -> !name.startsWith("samples.")).toList();
    List<String> columns = Stream.concat(FIGURES.stream(), names.stream()).toList();
    Map<List<String>, Row> rows = new LinkedHashMap<>();
    RateColumns rates = RateColumns.of(names);
    new CsvRows(file, columns).forEach(row -> add(row, rates, rows));
    Map<String, Double> ofDevWords = ofDevWords(file, header);
    Optional<String> data = rows.values().stream().reduce(SweepTable::newer).map(Row::data);
    return new SweepTable(
        name(experimentFolder.resolve("spec.yaml")),
        names,
        rows.values().stream()
            .filter(row -> data.filter(row.data()::equals).isPresent())
            .map(row -> ofDevWords.isEmpty() ? row : withLoss(row, ofDevWords))
            .toList(),
        !ofDevWords.isEmpty());
  }

  /// The name at the top of an experiment file, empty if it is not there.
  private static String name(Path spec) throws IOException {
    if (!Files.exists(spec)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(spec)) {
      return lines
          .filter(line -> line.startsWith(NAME))
          .map(line -> line.substring(NAME.length()).replaceAll("^['\"]|['\"]$", ""))
          .findFirst()
          .orElse("");
    } catch (UncheckedIOException e) {
      throw new IOException(spec + ": not UTF-8 text", e);
    }
  }

  /// The losses on the dev words, by run; none where no run has one.
  private static Map<String, Double> ofDevWords(Path file, List<String> header) throws IOException {
    Map<String, Double> losses = new HashMap<>();
    if (header.contains(DEV_LOSS)) {
      new CsvRows(file, List.of("run", DEV_LOSS))
          .forEach(
              row -> {
                if (!row.text(1).isEmpty()) {
                  losses.put(row.text(0), row.number(1));
                }
              });
    }
    return losses;
  }

  private static Row withLoss(Row row, Map<String, Double> losses) {
    double loss = losses.getOrDefault(row.id(), Double.NaN);
    return new Row(
        row.id(),
        row.started(),
        row.data(),
        row.steps(),
        row.uniform(),
        row.lowest(),
        row.isDiverged() ? Double.NaN : loss,
        row.isDiverged(),
        row.isPenalized(),
        row.settings());
  }

  private static void add(CsvRows.Row row, RateColumns rates, Map<List<String>, Row> rows)
      throws IOException {
    if (OVER.contains(row.text(1))) {
      List<String> settings = new ArrayList<>();
      for (int setting = 0; setting < rates.names().size(); setting++) {
        settings.add(row.text(FIGURES.size() + setting));
      }
      rates.merge(settings);
      boolean isDiverged = row.text(1).equals("diverged");
      Row next =
          new Row(
              row.text(0),
              row.text(7),
              row.text(8),
              row.count(2),
              row.number(3),
              row.number(4),
              isDiverged ? Double.NaN : row.number(5),
              isDiverged,
              !isDiverged && row.number(5) != row.number(6),
              settings);
      List<String> sameData = new ArrayList<>(settings);
      sameData.add(next.data());
      rows.merge(sameData, next, SweepTable::newer);
    }
  }

  private static Row newer(Row a, Row b) {
    return a.started().compareTo(b.started()) > 0 ? a : b;
  }

  private static SweepRun run(int place, Row row) {
    return new SweepRun(
        place, row.id(), row.steps(), row.loss(), row.isDiverged(), row.isPenalized());
  }

  private static String text(Row row, int setting) {
    return row.settings().get(setting);
  }

  private static boolean isSeed(SweepKey key) {
    return key.name().equals(SweepKey.SEED);
  }

  private static int rank(SweepKey key) {
    int rank = FIRST.indexOf(key.name());
    return rank < 0 ? FIRST.size() : rank;
  }

  private static OptionalDouble common(Stream<Double> numbers) {
    List<Double> different = numbers.distinct().limit(2).toList();
    return different.size() == 1 && Double.isFinite(different.getFirst())
        ? OptionalDouble.of(different.getFirst())
        : OptionalDouble.empty();
  }

  /// The name of the experiment, empty if its file is not there.
  String name() {
    return name;
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

  /// The best run of the setting with the lowest mean loss, as in the leaderboard, where it need
  /// not be the lowest of all; a mean is over the runs of a setting that did not diverge. Empty if
  /// none is finite.
  Optional<SweepRun> best() {
    return settings.stream()
        .filter(setting -> !setting.isInfinite() && Double.isFinite(setting.finiteLoss()))
        .min(Comparator.comparingDouble(SweepSetting::finiteLoss))
        .flatMap(
            setting ->
                setting.runs().stream()
                    .filter(SweepRun::isFinite)
                    .min(Comparator.comparingDouble(SweepRun::loss)));
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
    return isOfDevWords;
  }

  /// Whether what is minimized has a part that is a penalty.
  boolean isPenalized() {
    return runs.stream().anyMatch(SweepRun::isPenalized);
  }
}
