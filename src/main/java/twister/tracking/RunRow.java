package twister.tracking;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import twister.spec.ExperimentSpec;

/// What `runs.csv` says of a run.
///
/// @param cells by column, in the order of the columns; without those that are empty
record RunRow(Map<String, String> cells) {
  /// Columns and the keys of run.yaml, before the settings.
  private static final Map<String, String> FIRST =
      columns(
          "run", "run",
          "status", "status",
          "started", "started",
          "training_seconds", "training-seconds",
          "device", "device.name",
          "data_sha256", "data.sha256");

  /// Columns and the keys of run.yaml, after the settings.
  private static final Map<String, String> LAST =
      columns(
          "steps", "steps",
          "uniform_loss", "data.uniform-loss",
          "lowest_loss", "data.lowest-loss",
          "loss", "loss",
          "nll", "nll",
          "train_loss", "split-loss.train",
          "dev_loss", "split-loss.dev",
          "test_loss", "split-loss.test");

  private static Map<String, String> columns(String... columnsAndKeys) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = 0; i < columnsAndKeys.length; i += 2) {
      columns.put(columnsAndKeys[i], columnsAndKeys[i + 1]);
    }
    return columns;
  }

  /// The row of a run.
  static RunRow of(RunRecord run) {
    Map<String, Object> flat = Yaml.flat(RecordFields.of(run));
    Map<String, String> cells = new LinkedHashMap<>();
    FIRST.forEach((column, key) -> put(cells, column, flat.get(key)));
    run.settings().forEach((key, value) -> put(cells, key, value));
    LAST.forEach((column, key) -> put(cells, column, flat.get(key)));
    return new RunRow(cells);
  }

  /// The row of a run whose record cannot be believed.
  ///
  /// @param run its name
  /// @param spec its experiment, if that can be read
  static RunRow damaged(String run, Optional<ExperimentSpec> spec) {
    Map<String, String> cells = new LinkedHashMap<>();
    put(cells, "run", run);
    put(cells, "status", RunStatus.FAILED.word());
    spec.flatMap(known -> known.data().sha256()).ifPresent(hash -> put(cells, "data_sha256", hash));
    spec.map(RunSettings::of)
        .ifPresent(known -> known.values().forEach((key, value) -> put(cells, key, value)));
    return new RunRow(cells);
  }

  /// The row of a run that is being trained.
  ///
  /// @param device empty where it is not known
  static RunRow inTraining(String run, ExperimentSpec spec, String device) {
    Map<String, String> cells = new LinkedHashMap<>();
    put(cells, "run", run);
    put(cells, "status", RunStatus.RUNNING.word());
    put(cells, "device", device);
    put(cells, "data_sha256", spec.data().sha256().orElse(""));
    RunSettings.of(spec).values().forEach((key, value) -> put(cells, key, value));
    return new RunRow(cells);
  }

  /// The same row with the step and the loss that a training has come to.
  RunRow with(LiveRuns.Last last) {
    Map<String, String> more = new LinkedHashMap<>(cells);
    put(more, "steps", last.step());
    put(more, "loss", last.loss());
    return new RunRow(more);
  }

  /// The same row of a run whose process was killed.
  RunRow interrupted() {
    Map<String, String> more = new LinkedHashMap<>(cells);
    put(more, "status", RunStatus.INTERRUPTED.word());
    return new RunRow(more);
  }

  /// The row that stood in a table.
  static RunRow of(RunsTable.Row row, List<String> columns) {
    Map<String, String> cells = new LinkedHashMap<>();
    columns.forEach(column -> put(cells, column, row.text(column)));
    return new RunRow(cells);
  }

  private static void put(Map<String, String> cells, String column, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty() && !RunsTable.isOfSamples(column)) {
      cells.put(column, value.toString());
    }
  }

  /// The columns of some rows.
  static List<String> columns(Collection<RunRow> rows) {
    Set<String> settings = new LinkedHashSet<>();
    rows.stream()
        .sorted(Comparator.comparing(RunRow::run))
        .forEach(
            row -> row.cells.keySet().stream().filter(RunsTable::isSetting).forEach(settings::add));
    return Stream.of(FIRST.keySet(), settings, LAST.keySet()).flatMap(Set::stream).toList();
  }

  /// Whether a table has the columns of this version of Twister.
  static boolean hasColumns(List<String> columns) {
    return columns.stream()
        .filter(column -> !RunsTable.isSetting(column))
        .toList()
        .equals(Stream.concat(FIRST.keySet().stream(), LAST.keySet().stream()).toList());
  }

  /// The order of the rows: by the settings, one after the other. It does not follow the clock, so
  /// that the same runs make the same table, however they came to be trained.
  static Comparator<RunRow> order(List<String> columns) {
    Comparator<RunRow> order = (_, _) -> 0;
    List<String> keys =
        Stream.concat(
                columns.stream().filter(RunsTable::isSetting),
                Stream.of("data_sha256", "device", "run"))
            .toList();
    for (String key : keys) {
      order = order.thenComparing(row -> row.text(key), RunRow::compare);
    }
    return order;
  }

  /// Numbers by their size, then text by its letters.
  private static int compare(String a, String b) {
    double left = RunsTable.number(a);
    double right = RunsTable.number(b);
    return Double.isNaN(left) && Double.isNaN(right) ? a.compareTo(b) : Double.compare(left, right);
  }

  /// The cell of a column, or nothing.
  String text(String column) {
    return cells.getOrDefault(column, "");
  }

  /// Whether it tells of the run in a folder all that a table of runs has to say: other folders,
  /// such as copies of runs and what a full disk has left, are no runs.
  boolean isOf(String folder) {
    return run().equals(folder)
        && status().isPresent()
        && (!status().get().isComplete() || hasNumbers("uniform_loss", "lowest_loss", "steps"))
        && (status().get() != RunStatus.FINISHED || hasNumbers("loss", "nll"));
  }

  private boolean hasNumbers(String... columns) {
    return Stream.of(columns).noneMatch(column -> Double.isNaN(RunsTable.number(text(column))));
  }

  /// The name of the run.
  String run() {
    return text("run");
  }

  /// How far the run has come.
  Optional<RunStatus> status() {
    return RunStatus.of(text("status"));
  }
}
