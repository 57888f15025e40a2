package twister.tracking;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The runs of an experiment as `runs.csv` holds them: a row for each run, all cells as text.
///
/// The columns that are settings have the full key of the setting as their name, with a dot in it;
/// no other column has one.
///
/// @param experiment the name of the experiment
/// @param columns the names of the columns, each a different one
/// @param rows as they stand in the file
/// @param rungs how many steps the rungs of the experiment's last sweep have, the first one the
///   fewest; empty where it was no successive halving
public record RunsTable(
    String experiment, List<String> columns, List<Row> rows, List<Integer> rungs) {
  /// The setting by which runs repeat each other.
  public static final String SEED = "model.init.seed";

  /// The columns of results that are numbers, which not every table has all of.
  public static final List<String> FIGURES =
      List.of(
          "training_seconds",
          "steps",
          "uniform_loss",
          "lowest_loss",
          "loss",
          "nll",
          "train_loss",
          "dev_loss",
          "test_loss");

  public RunsTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    rungs = List.copyOf(rungs);
  }

  /// A table of runs that are in no rungs.
  public RunsTable(String experiment, List<String> columns, List<Row> rows) {
    this(experiment, columns, rows, List.of());
  }

  /// A table of cells.
  ///
  /// @param rows the cells of each row, as many as there are columns
  public static RunsTable of(String experiment, List<String> columns, List<List<String>> rows) {
    Map<String, Integer> places = new HashMap<>();
    for (int place = 0; place < columns.size(); place++) {
      places.put(columns.get(place), place);
    }
    return new RunsTable(
        experiment, columns, rows.stream().map(cells -> new Row(places, cells)).toList());
  }

  /// The table of an experiment. Where its `runs.csv` is missing, it is made from the runs first,
  /// unless the folder may not be written; one without a checksum, of an older version, is not
  /// read. Runs whose process was killed are `interrupted` in it, whatever the file says.
  ///
  /// @throws IOException naming file and line if the file cannot be read, or is not what was
  ///   written
  public static RunsTable read(ExperimentFolder folder) throws IOException {
    Path file = folder.table();
    if (!Files.exists(file) && Files.isWritable(folder.path())) {
      folder.writeRuns(List.of());
    }
    return Liveness.in(readOnly(folder), folder);
  }

  /// The table of an experiment as it stands in the file, without making one that is missing.
  ///
  /// @throws IOException naming file and line if the file cannot be read, or is not what was
  ///   written
  static RunsTable readOnly(ExperimentFolder folder) throws IOException {
    Path file = folder.table();
    RunsTable table =
        RunsSeal.of(file).isEmpty() || !Files.exists(file)
            ? RunsFile.table(file, new ByteArrayInputStream(folder.tableOfRuns()))
            : RunsFile.read(file);
    return table.in(folder.rungs());
  }

  /// One run.
  ///
  /// @param places where each column is in the cells, the same for all rows of a table
  /// @param cells the text in each column
  public record Row(Map<String, Integer> places, List<String> cells) {

    /// The cell of a column; empty where the table has no such column.
    public String text(String column) {
      Integer place = places.get(column);
      return place == null ? "" : cells.get(place);
    }

    /// The cell of a column as a number; NaN where it is none.
    public double number(String column) {
      return RunsTable.number(text(column));
    }

    /// How far the run has come.
    public RunStatus status() {
      return RunStatus.of(text("status")).orElseThrow();
    }
  }

  /// A cell as a number, as Twister writes them; NaN where it is none.
  public static double number(String cell) {
    if (!endsAsNumber(cell)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /// Java also reads `1d` and `1f`, which are ends of names of runs.
  private static boolean endsAsNumber(String cell) {
    if (cell.isEmpty()) {
      return false;
    }
    char last = cell.charAt(cell.length() - 1);
    return (last >= '0' && last <= '9') || last == '.' || cell.endsWith("Infinity");
  }

  /// Whether a column tells of the names that are drawn after a training, which make it no other
  /// one. Versions that named runs by them wrote such columns.
  static boolean isOfSamples(String column) {
    return column.startsWith("samples.");
  }

  /// Whether a column is a setting.
  public static boolean isSetting(String column) {
    return column.indexOf('.') >= 0;
  }

  /// Whether a column holds text even where that looks like numbers, as the name of a run may.
  public static boolean isText(String column) {
    return !isSetting(column) && !FIGURES.contains(column);
  }

  /// The columns that are settings.
  public List<String> settings() {
    return columns.stream().filter(RunsTable::isSetting).toList();
  }

  /// The settings that vary between the runs, but for the seed.
  public List<String> varying() {
    return settings().stream().filter(key -> !key.equals(SEED) && varies(key)).toList();
  }

  /// Whether a setting has different values; one that some kinds of models have and others do not
  /// says no more than the kind.
  public boolean varies(String key) {
    return differs(key)
        && (cells(key).filter(cell -> !cell.isEmpty()).distinct().limit(2).count() > 1
            || !isOfKinds(key));
  }

  /// Whether all runs of a kind of model have a setting, or none of them.
  private boolean isOfKinds(String key) {
    Map<String, Boolean> has = new HashMap<>();
    return rows.stream()
        .allMatch(
            row -> {
              boolean isThere = !row.text(key).isEmpty();
              Boolean former = has.putIfAbsent(row.text("model.kind"), isThere);
              return former == null || former == isThere;
            });
  }

  private Stream<String> cells(String column) {
    int place = columns.indexOf(column);
    return place < 0 ? Stream.empty() : rows.stream().map(row -> row.cells.get(place));
  }

  /// Whether not all rows have the same in a column.
  public boolean differs(String column) {
    int place = columns.indexOf(column);
    if (place < 0 || rows.isEmpty()) {
      return false;
    }
    String first = rows.getFirst().cells.get(place);
    for (Row row : rows) {
      if (!row.cells.get(place).equals(first)) {
        return true;
      }
    }
    return false;
  }

  /// Whether any row has something in a column.
  public boolean has(String column) {
    return cells(column).anyMatch(cell -> !cell.isEmpty());
  }

  /// Whether a column holds nothing but numbers, and at least one.
  public boolean isNumeric(String column) {
    return has(column)
        && cells(column)
            .allMatch(cell -> cell.isEmpty() || cell.equals("NaN") || !Double.isNaN(number(cell)));
  }

  /// The same table with some of its rows.
  public RunsTable where(Predicate<Row> condition) {
    return with(rows.stream().filter(condition).toList());
  }

  /// The same table with other rows.
  public RunsTable with(List<Row> others) {
    return new RunsTable(experiment, columns, others, rungs);
  }

  /// The same table of runs in rungs.
  ///
  /// @param steps of each rung, the first one the fewest
  public RunsTable in(List<Integer> steps) {
    return new RunsTable(experiment, columns, rows, steps);
  }

  /// The same table, as if no rung came after the longest of which it has runs: where somebody
  /// chose the runs of a shorter one, that is what is asked for.
  public RunsTable toItsLongestRung() {
    Set<String> steps = cells("training.steps").collect(Collectors.toSet());
    int last = rungs.size();
    while (last > 0 && !steps.contains(rungs.get(last - 1).toString())) {
      last--;
    }
    return in(rungs.subList(0, last));
  }

  /// The same table without some of its columns.
  public RunsTable without(Predicate<String> unwanted) {
    List<String> left = columns.stream().filter(unwanted.negate()).toList();
    if (left.size() == columns.size()) {
      return this;
    }
    List<List<String>> cells =
        rows.stream().map(row -> left.stream().map(row::text).toList()).toList();
    return of(experiment, left, cells).in(rungs);
  }

  /// How many of some rows have each status, in the order of [RunStatus].
  public static Map<RunStatus, Long> statuses(List<Row> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                Row::status, () -> new EnumMap<>(RunStatus.class), Collectors.counting()));
  }

  /// How many runs were interrupted, in words; nothing where none was.
  public Optional<String> interruption() {
    long runs = statuses(rows).getOrDefault(RunStatus.INTERRUPTED, 0L);
    return runs == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d %s interrupted; run the same command again",
                runs,
                runs == 1 ? "run was" : "runs were"));
  }
}
