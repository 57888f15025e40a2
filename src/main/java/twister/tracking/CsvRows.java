package twister.tracking;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// The rows of a CSV file of a run, handed on one by one so that a long file is never held whole.
public final class CsvRows {
  private final Path file;
  private final List<String> columns;

  /// @param columns names of the columns to read; the file may hold others
  public CsvRows(Path file, List<String> columns) {
    this.file = file;
    this.columns = columns;
  }

  /// The names of a file's columns.
  ///
  /// @throws IOException naming the file if it cannot be read
  public static List<String> header(Path file) throws IOException {
    try (Reader in = Files.newBufferedReader(file);
        CSVParser parser = CSVFormat.DEFAULT.parse(in)) {
      Iterator<CSVRecord> records = parser.iterator();
      return records.hasNext() ? records.next().toList() : List.of();
    } catch (NoSuchFileException | UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  /// Takes a row.
  @FunctionalInterface
  public interface Reading {
    void accept(Row row) throws IOException;
  }

  /// One row; its fields are asked for by their place in the list of columns.
  public record Row(CsvRows rows, long line, CSVRecord fields, List<Integer> places) {
    public String text(int column) {
      return fields.get(places.get(column));
    }

    public double number(int column) throws IOException {
      try {
        return Double.parseDouble(text(column));
      } catch (NumberFormatException e) {
        throw problem(column, "a number");
      }
    }

    public long count(int column) throws IOException {
      String text = text(column);
      // Eighteen digits always fit a long.
      if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(Row::isDigit)) {
        throw problem(column, "a whole number of at least 0");
      }
      return Long.parseLong(text);
    }

    private static boolean isDigit(int character) {
      return character >= '0' && character <= '9';
    }

    /// A sentence that says where the field is, what was expected there and what was found.
    public IOException problem(int column, String expected) {
      String found = ": expected " + expected + ", found '" + text(column) + "'";
      return new IOException(rows.at(line) + rows.columns.get(column) + found);
    }
  }

  /// Reads every row; a last line that a killed run left torn is passed over.
  ///
  /// @throws IOException naming file and line if the file is missing, not CSV, lacks a column or a
  ///   row before the last one has too few fields
  public void forEach(Reading reading) throws IOException {
    try (Reader in = Files.newBufferedReader(file);
        CSVParser parser = CSVFormat.DEFAULT.parse(in)) {
      readAll(parser, reading);
    } catch (NoSuchFileException | UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  private static IOException unreadable(Path file, Exception cause) {
    if (cause instanceof NoSuchFileException) {
      return new IOException(file + ": no such file", cause);
    }
    boolean encoding = cause.getCause() instanceof CharacterCodingException;
    return new IOException(
        file + (encoding ? ": not UTF-8 text" : ": not CSV: " + cause.getMessage()), cause);
  }

  private void readAll(CSVParser parser, Reading reading) throws IOException {
    Iterator<CSVRecord> records = parser.iterator();
    if (!records.hasNext()) {
      throw new IOException(at(1) + "expected a header row, found an empty file");
    }
    List<Integer> places = places(records.next().toList());
    int width = 1 + Collections.max(places);
    boolean ends = endsWithNewline();
    while (records.hasNext()) {
      // The parser has just read the record that next() returns, and no further.
      long line = parser.getCurrentLineNumber();
      Row row = new Row(this, line, records.next(), places);
      boolean last = !records.hasNext();
      boolean whole = row.fields().size() >= width;
      if (whole && (ends || !last)) {
        reading.accept(row);
      } else if (!last) {
        throw new IOException(at(line) + "too few fields: found " + row.fields().size());
      }
    }
  }

  private List<Integer> places(List<String> header) throws IOException {
    for (String column : columns) {
      if (!header.contains(column)) {
        throw new IOException(
            at(1) + "expected a column '" + column + "', found " + String.join(",", header));
      }
    }
    return columns.stream().map(header::indexOf).toList();
  }

  private boolean endsWithNewline() throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer end = ByteBuffer.allocate(1);
      channel.read(end, channel.size() - 1);
      return end.get(0) == '\n';
    }
  }

  private String at(long line) {
    return file + ", line " + line + ": ";
  }
}
