package twister.report;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import twister.text.TextWidth;
import twister.text.VisibleText;

/// A table of runs beside each other, the names of what is compared in its first column.
final class ComparedTable {
  private static final int LEAST_ROOM = 12;

  /// The names of what is compared, and the first run.
  private static final int FIRST_COLUMNS = 2;

  private ComparedTable() {}

  /// The table in a format for people.
  ///
  /// @param perRun how many columns each run has but the first, which has one
  /// @param width of the terminal: where lines are longer, values are cut, and where that is not
  ///   enough, the runs stand in several tables below each other, each beside the first run
  static String text(DataTable sheet, int perRun, TableFormat format, int width) {
    if (format != TableFormat.TABLE) {
      return format.text(sheet);
    }
    int together = (sheet.columns().size() - FIRST_COLUMNS) / perRun;
    while (together > 1
        && !tables(sheet, perRun * together, width).stream()
            .allMatch(table -> fits(table, width))) {
      together--;
    }
    return String.join(System.lineSeparator(), tables(sheet, perRun * together, width));
  }

  private static boolean fits(String table, int width) {
    return table.lines().allMatch(line -> TextWidth.of(line) <= width);
  }

  /// The tables of so many columns each beside the first run.
  private static List<String> tables(DataTable sheet, int columns, int width) {
    int all = sheet.columns().size();
    return IntStream.iterate(FIRST_COLUMNS, from -> from < all, from -> from + columns)
        .mapToObj(from -> part(sheet, from, Math.min(all, from + columns)))
        .map(part -> cutText(part, width))
        .toList();
  }

  private static DataTable part(DataTable sheet, int from, int to) {
    return new DataTable(
        part(sheet.columns(), from, to),
        sheet.rows().stream().map(row -> part(row, from, to)).toList());
  }

  private static <T> List<T> part(List<T> row, int from, int to) {
    return Stream.concat(row.subList(0, FIRST_COLUMNS).stream(), row.subList(from, to).stream())
        .toList();
  }

  private static String cutText(DataTable sheet, int width) {
    String whole = text(sheet, Integer.MAX_VALUE);
    int names =
        sheet.rows().stream()
            .mapToInt(row -> TextWidth.of(row.getFirst().toString()))
            .max()
            .orElse(0);
    int room = (width - names) / (sheet.columns().size() - 1) - 3;
    return fits(whole, width) ? whole : text(sheet, Math.max(LEAST_ROOM, room));
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
