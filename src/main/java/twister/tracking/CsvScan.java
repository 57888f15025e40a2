package twister.tracking;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// The rows of any CSV file, one by one, the header among them. Empty lines are passed over, and so
/// is a last line without an end, which a killed process has left.
///
/// Most tables hold no quotes, so that commas end their cells: their lines are split as they lie in
/// the buffer, at the speed of the disk, and make no objects that are not asked for. From the first
/// quote on, the library reads the rest.
final class CsvScan {
  private static final int BUFFER = 1 << 14;

  /// Far longer than any line that Twister writes.
  private static final int LONGEST_LINE = 1 << 24;

  private final String file;
  private final InputStream in;
  private final Line line = new Line();
  private byte[] bytes = new byte[BUFFER];

  /// How many lines are read.
  private long lines;

  /// Takes a row.
  @FunctionalInterface
  interface Rows {
    /// Takes the next row, which the one after it overwrites.
    void accept(Row row) throws IOException;
  }

  /// One row; its cells are asked for by their place, from 0.
  interface Row {
    /// The line of the file that it ends in, from 1.
    long line();

    /// How many cells it has.
    int size();

    /// The text of a cell.
    String text(int place);

    /// The texts of all cells.
    default List<String> texts() {
      return IntStream.range(0, size()).mapToObj(this::text).toList();
    }

    /// The text of a cell, taken from elsewhere if it is the same there.
    default String text(int place, String likely) {
      String text = text(place);
      return text.equals(likely) ? likely : text;
    }

    /// A cell as a number.
    ///
    /// @throws NumberFormatException if it is none
    default double number(int place) {
      return Double.parseDouble(text(place));
    }
  }

  private CsvScan(String file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /// Reads all rows.
  ///
  /// @param file what it is called in messages
  /// @throws IOException naming the file, and the line if there are no quotes above it, where it is
  ///   not CSV in UTF-8
  static void read(String file, InputStream in, Rows rows) throws IOException {
    new CsvScan(file, in).read(rows);
  }

  private void read(Rows rows) throws IOException {
    int filled = 0;
    int count = in.read(bytes, 0, bytes.length);
    while (count > 0) {
      filled += count;
      if (!split(filled, rows)) {
        readRest(filled, rows);
        return;
      }
      filled -= line.from;
      System.arraycopy(bytes, line.from, bytes, 0, filled);
      line.begin(0);
      if (filled == LONGEST_LINE) {
        throw new IOException(
            "%s, line %,d: is longer than %,d bytes".formatted(file, lines + 1, LONGEST_LINE));
      }
      if (filled == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      count = in.read(bytes, filled, bytes.length - filled);
    }
  }

  /// Takes the lines that end before a place in the buffer.
  ///
  /// @return whether they could be split, so that the line is the one that has no end yet
  private boolean split(int filled, Rows rows) throws IOException {
    byte[] letters = bytes;
    for (int at = line.from; at < filled; at++) {
      byte letter = letters[at];
      if (letter > ',') {
        continue;
      }
      if (letter == ',') {
        line.endCell(at);
      } else if (letter == '\n') {
        int end = at > line.from && letters[at - 1] == '\r' ? at - 1 : at;
        if (line.returns > at - end) {
          return false;
        }
        take(end, rows);
        line.begin(at + 1);
      } else if (letter == '\r') {
        line.returns++;
      } else if (letter == '"') {
        return false;
      } else if (letter < 0) {
        line.isAscii = false;
      }
    }
    return true;
  }

  private void take(int end, Rows rows) throws IOException {
    lines++;
    if (end > line.from) {
      line.endCell(end);
      line.check(end);
      rows.accept(line);
    }
  }

  /// A line in the buffer, which has no quotes.
  private final class Line implements Row {
    private int from;
    private int[] ends = new int[16];
    private int size;
    private int returns;
    private boolean isAscii = true;

    void begin(int start) {
      from = start;
      size = 0;
      returns = 0;
      isAscii = true;
    }

    void endCell(int end) {
      if (size == ends.length) {
        ends = Arrays.copyOf(ends, 2 * size);
      }
      ends[size++] = end;
    }

    void check(int end) throws IOException {
      if (!isAscii) {
        try {
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, end - from));
        } catch (CharacterCodingException e) {
          throw new IOException(file + ", line " + lines + ": not UTF-8 text", e);
        }
      }
    }

    private int start(int place) {
      return place == 0 ? from : ends[place - 1] + 1;
    }

    @Override
    public long line() {
      return lines;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public String text(int place) {
      int start = start(place);
      return new String(
          bytes,
          start,
          ends[place] - start,
          isAscii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    @Override
    public String text(int place, String likely) {
      int start = start(place);
      if (likely.length() != ends[place] - start) {
        return text(place);
      }
      for (int i = 0; i < likely.length(); i++) {
        if (bytes[start + i] != likely.charAt(i)) {
          return text(place);
        }
      }
      return likely;
    }

    @Override
    public double number(int place) {
      double number = Decimal.parse(bytes, start(place), ends[place]);
      return Double.isNaN(number) ? Double.parseDouble(text(place)) : number;
    }
  }

  /// Reads what begins with the line, by the library.
  private void readRest(int filled, Rows rows) throws IOException {
    InputStream begun = new ByteArrayInputStream(bytes, line.from, filled - line.from);
    LastByte rest = new LastByte(new SequenceInputStream(begun, in));
    try (CSVParser parser =
        CSVFormat.DEFAULT.parse(new InputStreamReader(rest, StandardCharsets.UTF_8.newDecoder()))) {
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext()) {
        // The parser has read the record that next() returns, and no further.
        long number = lines + parser.getCurrentLineNumber();
        CSVRecord cells = records.next();
        if (records.hasNext() || rest.last == '\n') {
          rows.accept(new Quoted(number, cells));
        }
      }
    } catch (UncheckedIOException e) {
      boolean encoding = e.getCause() instanceof CharacterCodingException;
      throw new IOException(
          file + (encoding ? ": not UTF-8 text" : ": not CSV: " + e.getMessage()), e);
    }
  }

  private record Quoted(long line, CSVRecord cells) implements Row {
    @Override
    public int size() {
      return cells.size();
    }

    @Override
    public String text(int place) {
      return cells.get(place);
    }
  }

  /// Keeps the last byte that was read.
  private static final class LastByte extends FilterInputStream {
    private int last;

    LastByte(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      last = next < 0 ? last : next;
      return next;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
      int count = super.read(to, from, most);
      last = count > 0 ? to[from + count - 1] : last;
      return count;
    }
  }
}
