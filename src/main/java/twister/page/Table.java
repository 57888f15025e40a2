package twister.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import twister.report.DataTable;
import twister.tracking.RunId;

/// A table as a reader sees it.
///
/// @param legend what its marks mean, a line each
record Table(List<Heading> headings, List<Row> rows, List<String> legend) {
  /// The heading of a column.
  ///
  /// @param isNumber whether numbers stand below it
  record Heading(String text, boolean isNumber) {}

  /// A row.
  record Row(List<Cell> cells) {}

  /// A cell.
  ///
  /// @param link to files; empty where there are none to see
  record Cell(String text, boolean isNumber, String link) {
    boolean isLinked() {
      return !link.isEmpty();
    }
  }

  /// A table of text and numbers.
  static Table of(DataTable table, List<String> legend) {
    return of(table, legend, Optional.empty());
  }

  /// A table in which names of runs are links to their folders.
  ///
  /// @param files what stands before a run's name in the link; empty where there is nothing to see
  static Table of(DataTable table, List<String> legend, Optional<String> files) {
    List<List<String>> shown = table.shown();
    Set<Integer> numbers = table.numbers();
    List<Heading> headings = new ArrayList<>();
    for (int column = 0; column < table.columns().size(); column++) {
      headings.add(new Heading(shown.getFirst().get(column), numbers.contains(column)));
    }
    List<Row> rows = new ArrayList<>();
    for (List<String> cells : shown.subList(1, shown.size())) {
      List<Cell> row = new ArrayList<>();
      for (int column = 0; column < cells.size(); column++) {
        boolean isRun = table.columns().get(column).name().equals("run");
        String text = cells.get(column);
        // Why there is no rank stands after the name, or in its place.
        String run = text.split(",", 2)[0];
        String link =
            isRun ? files.filter(_ -> RunId.isOne(run)).map(to -> to + run + "/").orElse("") : "";
        row.add(new Cell(text, numbers.contains(column), link));
      }
      rows.add(new Row(row));
    }
    return new Table(headings, rows, legend);
  }
}
