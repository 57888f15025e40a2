package twister.export;

import java.util.List;
import java.util.stream.Stream;
import twister.ranking.ColumnNames;
import twister.tracking.RunsTable;

/// A setting as TensorBoard shows it.
///
/// @param key its full key
/// @param shortName the shortest end of the key that means it
record Hyperparameter(String key, String shortName, Kind kind) {
  /// What its values are, by TensorBoard's numbers.
  enum Kind {
    /// Text.
    TEXT(1),
    /// True or false.
    TRUTH(2),
    /// Numbers.
    NUMBER(3);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /// All settings of some runs but the seeds, which are no hyperparameters: runs that differ in
  /// nothing else are one group. They come by their keys, whatever runs there are.
  static List<Hyperparameter> all(RunsTable runs) {
    ColumnNames names = new ColumnNames(runs.columns());
    return runs.settings().stream()
        .filter(key -> !key.equals(RunsTable.SEED))
        .sorted()
        .map(key -> new Hyperparameter(key, names.brief(key), kind(runs, key)))
        .toList();
  }

  /// Those that are worth a column: those that differ between the runs, or all where none does.
  static List<Hyperparameter> shown(RunsTable runs) {
    List<String> varying = runs.varying();
    return all(runs).stream()
        .filter(next -> varying.isEmpty() || varying.contains(next.key))
        .toList();
  }

  /// What the values of a setting are.
  static Kind kind(RunsTable runs, String key) {
    if (runs.isNumeric(key)) {
      return Kind.NUMBER;
    }
    Stream<String> cells = runs.rows().stream().map(row -> row.text(key));
    return cells.allMatch(cell -> cell.isEmpty() || cell.equals("true") || cell.equals("false"))
        ? Kind.TRUTH
        : Kind.TEXT;
  }

  /// What a cell of the table of runs means.
  Object value(String cell) {
    return switch (kind) {
      case TEXT -> cell;
      case TRUTH -> Boolean.valueOf(cell);
      case NUMBER -> RunsTable.number(cell);
    };
  }
}
