package twister.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.ranking.Ranking.Standing;
import twister.text.TextWidth;
import twister.text.VisibleText;

/// A leaderboard on a terminal: columns that matter less give way until the lines fit.
///
/// @param chosen the columns a user asked for, all of which stay
/// @param remarks sentences to stand below it
/// @param digits so many digits of the smallest figure count
record FittedTable(
    LeaderboardColumns columns,
    Optional<List<String>> chosen,
    List<Standing> rows,
    List<String> remarks,
    int digits) {
  private static final int LONGEST_CELL = 24;

  /// The table and its legend.
  ///
  /// @param more how many rows there are besides these
  /// @param all what shows those, too
  String text(int width, int more, String all) {
    List<String> names = new ArrayList<>(chosen.orElseGet(() -> columns.forPeople(rows)));
    List<String> dispensable =
        new ArrayList<>(chosen.isPresent() ? List.of() : columns.lessImportant());
    dispensable.retainAll(names);
    List<String> left = new ArrayList<>();
    DataTable sheet = columns.sheet(names, rows).withDigits(digits);
    String table = table(sheet, Integer.MAX_VALUE);
    if (width(table) > width) {
      table = table(sheet, LONGEST_CELL);
    }
    while (width(table) > width && !dispensable.isEmpty()) {
      String name = dispensable.removeFirst();
      names.remove(name);
      left.add(columns.names().brief(name));
      sheet = columns.sheet(names, rows).withDigits(digits);
      table = table(sheet, LONGEST_CELL);
    }
    List<String> lines = new ArrayList<>();
    if (more > 0) {
      lines.add(String.format(Locale.ROOT, "... and %,d more (%s shows all)", more, all));
    }
    lines.addAll(columns.legend(sheet));
    lines.addAll(remarks);
    if (!left.isEmpty()) {
      lines.add("no room for the columns: " + String.join(", ", left));
    }
    return Stream.concat(Stream.of(table), lines.stream().map(line -> WrappedLines.of(line, width)))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static int width(String table) {
    return table.lines().mapToInt(TextWidth::of).max().orElse(0);
  }

  private static String table(DataTable sheet, int longest) {
    List<List<String>> cells =
        sheet.shown().stream()
            .map(row -> row.stream().map(cell -> VisibleText.cut(cell, longest)).toList())
            .toList();
    return new TextTable(cells, sheet.numbers()).text("");
  }
}
