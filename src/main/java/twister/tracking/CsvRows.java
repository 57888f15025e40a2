package twister.tracking;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The rows of a CSV file with a header, handed on one by one so that a long file is never held
/// whole.
final class CsvRows {
  private final Path file;
  private final List<String> columns;

  /// @param columns names of the columns to read; the file may hold others
  CsvRows(Path file, List<String> columns) {
    this.file = file;
    this.columns = List.copyOf(columns);
  }

  /// Takes a row.
  @FunctionalInterface
  interface Reading {
    /// Takes the next row, which the one after it overwrites.
    void accept(Row row) throws IOException;
  }

  /// Reads every row; a last line that a killed run left torn is passed over.
  ///
  /// @throws IOException naming file and line if the file is missing, not CSV, lacks a column, a
  ///   row before the last one has too few fields, or it is not what was written
  void forEach(Reading reading) throws IOException {
    try (InputStream in = Checksums.open(file)) {
      read(in, reading);
    }
  }

  /// Reads every row of a part of the file, which has the header too. Messages count its own lines.
  void forEachIn(byte[] part, Reading reading) throws IOException {
    read(new ByteArrayInputStream(part), reading);
  }

  private void read(InputStream in, Reading reading) throws IOException {
    Body body = new Body(reading);
    CsvScan.read(file.toString(), in, body);
    if (body.row.isEmpty()) {
      throw new IOException(at(1) + "expected a header row, found an empty file");
    }
  }

  /// The rows below the header, each with all columns.
  private final class Body implements CsvScan.Rows {
    private final Reading reading;
    private Optional<Row> row = Optional.empty();
    private Optional<IOException> torn = Optional.empty();

    Body(Reading reading) {
      this.reading = reading;
    }

    @Override
    public void accept(CsvScan.Row cells) throws IOException {
      if (torn.isPresent()) {
        throw torn.get();
      }
      if (row.isEmpty()) {
        row = Optional.of(new Row(cells, places(cells)));
      } else if (cells.size() < row.get().width) {
        torn =
            Optional.of(
                new IOException(at(cells.line()) + "too few fields: found " + cells.size()));
      } else {
        row.get().cells = cells;
        reading.accept(row.get());
      }
    }
  }

  private int[] places(CsvScan.Row header) throws IOException {
    List<String> names = header.texts();
    for (String column : columns) {
      if (!names.contains(column)) {
        throw new IOException(
            at(1) + "expected a column '" + column + "', found " + String.join(",", names));
      }
    }
    return columns.stream().mapToInt(names::indexOf).toArray();
  }

  private String at(long line) {
    return file + ", line " + line + ": ";
  }

  /// One row; its cells are asked for by their place in the list of columns.
  final class Row {
    private final int[] places;
    private final int width;
    private CsvScan.Row cells;

    private Row(CsvScan.Row cells, int[] places) {
      this.cells = cells;
      this.places = places;
      width = 1 + Arrays.stream(places).max().orElse(-1);
    }

    /// The text of a cell.
    String text(int column) {
      return cells.text(places[column]);
    }

    /// The text of a cell, without a copy of it if it is a likely one.
    String text(int column, String likely) {
      return cells.text(places[column], likely);
    }

    /// A cell as a number, the same bits that were written.
    ///
    /// @throws IOException naming file and line if it is none
    double number(int column) throws IOException {
      try {
        return cells.number(places[column]);
      } catch (NumberFormatException e) {
        throw problem(column, "a number");
      }
    }

    /// A cell as a whole number from 0.
    ///
    /// @throws IOException naming file and line if it is none
    long count(int column) throws IOException {
      String text = text(column);
      // Eighteen digits always fit a long.
      if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(CsvRows::isDigit)) {
        throw problem(column, "a whole number of at least 0");
      }
      return Long.parseLong(text);
    }

    /// A sentence that says where the field is, what was expected there and what was found.
    IOException problem(int column, String expected) {
      String found = ": expected " + expected + ", found '" + text(column) + "'";
      return new IOException(at(cells.line()) + columns.get(column) + found);
    }
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
