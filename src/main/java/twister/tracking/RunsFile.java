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
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// Reads `runs.csv`, and refuses what `ExperimentFolder.writeRuns` cannot have written.
final class RunsFile {
  private static final List<String> NEEDED = List.of("run", "status", "steps", "loss");

  private final Path file;
  private final byte[] bytes;
  private final List<List<String>> rows = new ArrayList<>();
  private List<String> header = List.of();
  private List<Integer> figures = List.of();
  private int status;

  private RunsFile(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /// The table in a file.
  static RunsTable read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder, where a file should be; move it away");
    }
    return table(file, Files.readAllBytes(file));
  }

  /// The table that a file would hold.
  ///
  /// @param bytes of the file
  static RunsTable table(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return new RunsFile(file, bytes)
        .table(String.valueOf(folder == null ? "" : folder.getFileName()));
  }

  private RunsTable table(String experiment) throws IOException {
    String text = text();
    if (text.indexOf('"') < 0) {
      split(text);
    } else {
      parse(text);
    }
    checkHeader();
    return RunsTable.of(experiment, header, rows);
  }

  /// Reads a file without quotes, at the speed of the disk: whoever looks at thousands of runs
  /// waits for this.
  private void split(String text) throws IOException {
    List<String> cells = List.of();
    long line = 0;
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      int last = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      line++;
      if (last > start) {
        cells = cells(text, start, last, cells);
        add(cells, line);
      }
      start = end + 1;
    }
  }

  /// The cells of a line; most of them are those of the line before, which are taken again.
  private static List<String> cells(String text, int start, int end, List<String> before) {
    List<String> cells = new ArrayList<>(before.size());
    for (int from = start; from <= end; ) {
      int comma = text.indexOf(',', from, end);
      int to = comma < 0 ? end : comma;
      String above = cells.size() < before.size() ? before.get(cells.size()) : "";
      boolean same = above.length() == to - from && text.startsWith(above, from);
      cells.add(same ? above : text.substring(from, to));
      from = to + 1;
    }
    return cells;
  }

  /// Reads any CSV file.
  private void parse(String text) throws IOException {
    try (CSVParser parser = CSVFormat.DEFAULT.parse(new StringReader(text))) {
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext()) {
        // The parser has read the record that next() returns, and no further.
        long line = parser.getCurrentLineNumber();
        add(List.of(records.next().values()), line);
      }
    } catch (UncheckedIOException e) {
      throw damaged(file + ": not CSV: " + e.getMessage());
    }
  }

  private void add(List<String> cells, long line) throws IOException {
    if (header.isEmpty()) {
      header = cells;
      checkHeader();
      figures = RunsTable.FIGURES.stream().map(header::indexOf).filter(i -> i >= 0).toList();
      status = header.indexOf("status");
    } else {
      checkRow(cells, line);
      rows.add(cells);
    }
  }

  /// The lines that were written to their end.
  private String text() throws IOException {
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

  private void checkHeader() throws IOException {
    for (String column : NEEDED) {
      if (!header.contains(column)) {
        throw problem(
            1,
            header.isEmpty()
                ? "expected a header, found none"
                : "expected a column '%s', found %s".formatted(column, brief(header)));
      }
    }
    if (new HashSet<>(header).size() < header.size()) {
      throw problem(1, "a column is there twice: " + brief(header));
    }
  }

  private void checkRow(List<String> cells, long line) throws IOException {
    if (cells.size() != header.size()) {
      throw problem(
          line,
          "expected %,d cells as in the header, found %,d".formatted(header.size(), cells.size()));
    }
    if (RunStatus.of(cells.get(status)).isEmpty()) {
      throw problem(
          line,
          "expected a status (%s), found '%s'"
              .formatted(RunStatus.words(), brief(List.of(cells.get(status)))));
    }
    for (int figure : figures) {
      String cell = cells.get(figure);
      if (!cell.equals("NaN") && !isOfDigits(cell) && Double.isNaN(RunsTable.number(cell))) {
        throw problem(
            line,
            "expected a number as %s, found '%s'"
                .formatted(header.get(figure), brief(List.of(cell))));
      }
    }
  }

  /// Most numbers need not be read as such to see that they are some.
  private static boolean isOfDigits(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char letter = cell.charAt(i);
      if ((letter < '0' || letter > '9') && letter != '.') {
        return false;
      }
    }
    return true;
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
