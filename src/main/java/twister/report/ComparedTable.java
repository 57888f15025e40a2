package twister.report;

import java.util.List;
import java.util.stream.Stream;
import twister.text.TextWidth;
import twister.text.VisibleText;

/// A table of runs beside each other, the names of what is compared in its first column.
final class ComparedTable {
  private static final int LEAST_ROOM = 12;

  private ComparedTable() {}

  /// The table in a format for people.
  ///
  /// @param width of the terminal: where lines are longer, values are cut
  static String text(DataTable sheet, TableFormat format, int width) {
    if (format != TableFormat.TABLE) {
      return format.text(sheet);
    }
    String whole = text(sheet, Integer.MAX_VALUE);
    int names =
        sheet.rows().stream()
            .mapToInt(row -> TextWidth.of(row.getFirst().toString()))
            .max()
            .orElse(0);
    int room = (width - names) / (sheet.columns().size() - 1) - 3;
    return whole.lines().allMatch(line -> TextWidth.of(line) <= width)
        ? whole
        : text(sheet, Math.max(LEAST_ROOM, room));
  }

  private static String text(DataTable sheet, int longest) {
    List<List<String>> cells = sheet.shown().stream().map(row -> cut(row, longest)).toList();
    return new TextTable(cells, sheet.numbers()).text("  ") + System.lineSeparator();
  }

  private static List<String> cut(List<String> row, int longest) {
    return Stream.concat(
            Stream.of(row.getFirst()),
            row.stream().skip(1).map(cell -> VisibleText.cut(cell, longest)))
        .toList();
  }
}
