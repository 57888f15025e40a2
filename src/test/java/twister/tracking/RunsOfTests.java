package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

  /// Writes the table of an experiment, with its checksum.
  public static void write(Path folder, String text) throws IOException {
    write(folder, text.getBytes(StandardCharsets.UTF_8));
  }

  static void write(Path folder, byte[] text) throws IOException {
    RunsSeal.write(new ExperimentFolder(folder).table(), text);
  }
}
