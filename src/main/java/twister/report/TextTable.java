package twister.report;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.text.TextWidth;
import twister.text.VisibleText;

/// A table of text in columns two spaces apart, each as wide as its widest cell on a terminal.
///
/// @param rows the header first; all of them as long
/// @param numbers the columns, from 0, whose cells end below each other
public record TextTable(List<List<String>> rows, Set<Integer> numbers) {
  public TextTable {
    rows = List.copyOf(rows);
    numbers = Set.copyOf(numbers);
  }

  /// The lines of the table, without spaces at their ends.
  ///
  /// @param indent what every line begins with
  public String text(String indent) {
    int[] widths = widths();
    return rows.stream()
        .map(row -> (indent + line(row, widths)).stripTrailing())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      String space = " ".repeat(widths[column] - TextWidth.of(cell));
      line.append(numbers.contains(column) ? space + cell : cell + space).append("  ");
    }
    return line.toString();
  }

  private int[] widths() {
    return IntStream.range(0, rows.getFirst().size())
        .map(column -> rows.stream().mapToInt(row -> TextWidth.of(row.get(column))).max().orElse(0))
        .toArray();
  }

  /// The number of columns of a terminal that the lines take.
  int width() {
    return text("").lines().mapToInt(TextWidth::of).max().orElse(0);
  }

  /// The same table with the widest of some columns cut until the lines fit.
  ///
  /// @param columns those whose cells may be cut
  /// @param least how wide each of them stays
  TextTable cut(int width, Set<Integer> columns, int least) {
    int[] widths = widths();
    int over = width() - width;
    while (over > 0) {
      int widest =
          columns.stream().max(Comparator.comparingInt(column -> widths[column])).orElseThrow();
      if (widths[widest] <= least) {
        break;
      }
      widths[widest]--;
      over--;
    }
    return new TextTable(
        rows.stream()
            .map(
                row ->
                    IntStream.range(0, widths.length)
                        .mapToObj(
                            column -> VisibleText.cut(row.get(column), Math.max(1, widths[column])))
                        .toList())
            .toList(),
        numbers);
  }

  /// The same table without some columns.
  TextTable without(Set<Integer> columns) {
    List<Integer> left =
        IntStream.range(0, rows.getFirst().size())
            .boxed()
            .filter(column -> !columns.contains(column))
            .toList();
    return new TextTable(
        rows.stream().map(row -> left.stream().map(row::get).toList()).toList(),
        numbers.stream().filter(left::contains).map(left::indexOf).collect(Collectors.toSet()));
  }
}
