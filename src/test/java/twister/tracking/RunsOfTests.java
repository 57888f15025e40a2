package twister.tracking;

import java.util.ArrayList;
import java.util.List;

/// Tables of runs for tests, written as CSV.
public final class RunsOfTests {
  private RunsOfTests() {}

  /// A table of lines, the header first, without quotes.
  public static RunsTable table(String... lines) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines) {
      rows.add(List.of(line.split(",", -1)));
    }
    return RunsTable.of("test", rows.getFirst(), rows.subList(1, rows.size()));
  }
}
