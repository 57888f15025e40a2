package twister.tracking;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// Reads `runs.csv`, and refuses what `ExperimentFolder.writeRuns` cannot have written.
final class RunsFile {
  private static final List<String> NEEDED = List.of("run", "status", "steps", "loss");

  private static final List<String> NUMBERS =
      List.of(
          "training_seconds",
          "steps",
          "uniform_loss",
          "lowest_loss",
          "loss",
          "nll",
          "train_loss",
          "dev_loss",
          "test_loss");

  private static final List<String> STATUSES =
      Stream.of(RunStatus.values()).map(RunStatus::word).toList();

  private final Path file;

  private RunsFile(Path file) {
    this.file = file;
  }

  /// The table of an experiment; where its file is missing, it is written from the runs first.
  static RunsTable read(ExperimentFolder folder) throws IOException {
    Path file = folder.path().resolve("runs.csv");
    if (!Files.exists(file)) {
      folder.writeRuns();
    }
    Path name = folder.path().toAbsolutePath().normalize().getFileName();
    return new RunsFile(file).table(String.valueOf(name));
  }

  private RunsTable table(String experiment) throws IOException {
    List<String> columns = List.of();
    List<List<String>> rows = new ArrayList<>();
    try (CSVParser parser = CSVFormat.DEFAULT.parse(new StringReader(text()))) {
      Iterator<CSVRecord> records = parser.iterator();
      columns = records.hasNext() ? List.of(records.next().values()) : List.of();
      checkHeader(columns);
      List<Integer> numbers = NUMBERS.stream().map(columns::indexOf).filter(i -> i >= 0).toList();
      while (records.hasNext()) {
        // The parser has read the record that next() returns, and no further.
        long line = parser.getCurrentLineNumber();
        List<String> cells = List.of(records.next().values());
        checkRow(cells, columns, numbers, line);
        rows.add(cells);
      }
    } catch (UncheckedIOException e) {
      throw damaged(file + ": not CSV: " + e.getMessage());
    }
    return RunsTable.of(experiment, columns, rows);
  }

  /// The lines that were written to their end.
  private String text() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    ByteBuffer lines = ByteBuffer.wrap(bytes, 0, end);
    CharBuffer text = CharBuffer.allocate(end);
    if (StandardCharsets.UTF_8.newDecoder().decode(lines, text, true).isError()) {
      throw problem(line(bytes, lines.position()), "not UTF-8 text");
    }
    return text.flip().toString();
  }

  private static long line(byte[] bytes, int position) {
    long line = 1;
    for (int i = 0; i < position; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private void checkHeader(List<String> columns) throws IOException {
    for (String column : NEEDED) {
      if (!columns.contains(column)) {
        throw problem(
            1,
            columns.isEmpty()
                ? "expected a header, found none"
                : "expected a column '%s', found %s".formatted(column, brief(columns)));
      }
    }
    if (new HashSet<>(columns).size() < columns.size()) {
      throw problem(1, "a column is there twice: " + brief(columns));
    }
  }

  private void checkRow(
      List<String> cells, List<String> columns, List<Integer> numbers, long line)
      throws IOException {
    if (cells.size() != columns.size()) {
      throw problem(
          line,
          "expected %,d cells as in the header, found %,d".formatted(columns.size(), cells.size()));
    }
    String status = cells.get(columns.indexOf("status"));
    if (!STATUSES.contains(status)) {
      throw problem(
          line,
          "expected a status (%s), found '%s'"
              .formatted(String.join(", ", STATUSES), brief(List.of(status))));
    }
    for (int column : numbers) {
      String cell = cells.get(column);
      if (!cell.isEmpty() && !cell.equals("NaN") && Double.isNaN(RunsTable.number(cell))) {
        throw problem(
            line,
            "expected a number as %s, found '%s'"
                .formatted(columns.get(column), brief(List.of(cell))));
      }
    }
  }

  /// At most 60 characters, none of which moves the cursor of a terminal.
  private static String brief(List<String> cells) {
    int[] shown =
        String.join(",", cells)
            .codePoints()
            .limit(60)
            .map(letter -> Character.isISOControl(letter) ? '?' : letter)
            .toArray();
    return new String(shown, 0, shown.length);
  }

  private IOException problem(long line, String what) {
    return damaged("%s, line %,d: %s".formatted(file, line, what));
  }

  private static IOException damaged(String what) {
    return new IOException(what + "; delete the file, and it is made anew from the runs");
  }
}
