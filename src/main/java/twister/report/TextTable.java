package twister.report;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> TextWidth.of(row.get(column))).max().orElse(0))
            .toArray();
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
}
