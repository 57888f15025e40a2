package twister.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import twister.text.VisibleText;

/// A table that can be printed for people and for programs.
///
/// @param columns their names and what is in them
/// @param rows the cells of each row: text, numbers or truth values, as many as there are columns;
///   an empty text where there is nothing
/// @param digits so many digits of the smallest figure count, for people
public record DataTable(List<Column> columns, List<List<Object>> rows, int digits) {
  public DataTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// A table whose figures have six digits that count.
  public DataTable(List<Column> columns, List<List<Object>> rows) {
    this(columns, rows, Figures.DIGITS);
  }

  /// The same with other digits.
  DataTable withDigits(int count) {
    return new DataTable(columns, rows, count);
  }

  /// What the cells of a column are.
  public enum Kind {
    /// Text.
    WORD,
    /// The text of a setting, which may be a number.
    SETTING,
    /// Whole numbers.
    COUNT,
    /// Numbers to be compared with each other.
    FIGURE,
    /// How far the figures in the column before may be off.
    SPREAD,
    /// Probabilities, such as p-values.
    PROBABILITY,
    /// Whether the row is marked.
    MARK
  }

  /// One column.
  ///
  /// @param name for programs
  /// @param heading for people
  public record Column(String name, String heading, Kind kind) {}

  /// The headings, and the cells as people read them.
  public List<List<String>> shown() {
    List<List<String>> shown = new ArrayList<>();
    List<Integer> decimals = decimals();
    for (int column = 0; column < columns.size(); column++) {
      List<Object> cells = cells(column);
      Kind kind = columns.get(column).kind();
      shown.add(
          switch (kind) {
            case WORD, COUNT ->
                cells.stream().map(cell -> VisibleText.visible(cell.toString())).toList();
            case SETTING -> Figures.settings(cells);
            case FIGURE -> Figures.figures(cells, decimals.get(column));
            case SPREAD -> Figures.spreads(cells, decimals.get(column));
            case PROBABILITY -> Figures.probabilities(cells);
            case MARK -> cells.stream().map(cell -> cell.equals(true) ? "=" : "").toList();
          });
    }
    List<List<String>> table = new ArrayList<>();
    table.add(columns.stream().map(Column::heading).toList());
    for (int row = 0; row < rows.size(); row++) {
      int i = row;
      table.add(shown.stream().map(cells -> cells.get(i)).toList());
    }
    return table;
  }

  private List<Object> cells(int column) {
    return rows.stream().map(row -> row.get(column)).toList();
  }

  /// How many decimals the figures of each column are shown with; 0 for other columns.
  public List<Integer> decimals() {
    List<Integer> decimals = new ArrayList<>();
    int last = 0;
    for (int column = 0; column < columns.size(); column++) {
      switch (columns.get(column).kind()) {
        case FIGURE -> {
          last = Figures.decimals(cells(column), digits);
          decimals.add(last);
        }
        case SPREAD -> decimals.add(last);
        case WORD, SETTING, COUNT, PROBABILITY, MARK -> decimals.add(0);
      }
    }
    return decimals;
  }

  /// The columns, from 0, of numbers.
  public Set<Integer> numbers() {
    return new HashSet<>(
        IntStream.range(0, columns.size()).filter(this::isNumeric).boxed().toList());
  }

  private boolean isNumeric(int column) {
    return switch (columns.get(column).kind()) {
      case WORD, MARK -> false;
      case SETTING -> cells(column).stream().allMatch(Figures::isEmptyOrNumber);
      case COUNT, FIGURE, SPREAD, PROBABILITY -> true;
    };
  }
}
