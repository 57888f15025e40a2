package twister.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import twister.text.CommandName;

/// Reads `runs.csv`, and refuses what `ExperimentFolder.writeRuns` cannot have written.
final class RunsFile {
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
  static RunsTable read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder, where a file should be; move it away");
    }
    try (InputStream in = PlainFile.open(file)) {
      return table(file, in);
    }
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
      throw new IOException(
          "%s; %s makes it anew from the runs"
              .formatted(e.getMessage(), CommandName.with("doctor")),
          e);
    }
    return RunsTable.of(experiment, header, rows);
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
