package twister.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import twister.text.CommandName;

/// Reads `runs.csv`, and refuses what `ExperimentFolder.writeRuns` cannot have written.
final class RunsFile {
  /// How often another process may write a table while one is read.
  private static final int MOST_AT_ONCE = 3;

  private static final List<String> NEEDED = List.of("run", "status", "steps", "loss");

  private final Path file;
  private final InputStream in;
  private final List<List<String>> rows = new ArrayList<>();
  private List<String> header = List.of();
  private List<Integer> figures = List.of();
  private int status;

  private RunsFile(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /// The table in a file.
  ///
  /// @throws IOException naming the file and line if it cannot be read, or is not what was written
  static RunsTable read(Path file) throws IOException {
    for (int others = 0; others < MOST_AT_ONCE; others++) {
      CRC32C sum = new CRC32C();
      RunsTable table;
      try (InputStream in = new CheckedInputStream(PlainFile.open(file), sum)) {
        table = table(file, in);
      }
      if (RunsSeal.of(file).contains(Checksums.word(sum))) {
        return table;
      }
    }
    throw damaged(file + ": is not what was written");
  }

  /// The table that a file would hold.
  ///
  /// @param in what the file would hold
  static RunsTable table(Path file, InputStream in) throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return new RunsFile(file, in).table(String.valueOf(folder == null ? "" : folder.getFileName()));
  }

  private RunsTable table(String experiment) throws IOException {
    try {
      CsvScan.read(file.toString(), in, this::add);
      checkHeader();
    } catch (IOException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
    return RunsTable.of(experiment, header, rows);
  }

  private static IOException damaged(String problem) {
    return new IOException(
        "%s; %s makes it anew from the runs".formatted(problem, CommandName.with("doctor")));
  }

  private void add(CsvScan.Row row) throws IOException {
    if (header.isEmpty()) {
      header = row.texts();
      checkHeader();
      figures = RunsTable.FIGURES.stream().map(header::indexOf).filter(i -> i >= 0).toList();
      status = header.indexOf("status");
    } else {
      List<String> cells = cells(row);
      checkRow(cells, row.line());
      rows.add(cells);
    }
  }

  /// The cells of a row; most of them are those of the row before, which are taken again.
  private List<String> cells(CsvScan.Row row) {
    List<String> before = rows.isEmpty() ? List.of() : rows.getLast();
    List<String> cells = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      cells.add(row.text(i, i < before.size() ? before.get(i) : ""));
    }
    return cells;
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
    return new IOException("%s, line %,d: %s".formatted(file, line, what));
  }
}
