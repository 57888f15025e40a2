package twister.chart;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import twister.tracking.CsvRows;

/// Reads the losses of a metrics file as [CsvRows] would, about ten times as fast: charts of a
/// sweep need thousands of such files. The files hold numbers only, so that a comma ends a field;
/// the numbers are those of `Double.parseDouble` but for their last bit.
final class LossScan {
  private static final int BUFFER = 1 << 14;

  /// So many digits fit a long.
  private static final int DIGITS = 18;

  private static final double[] POWERS = new double[DIGITS + 1];

  static {
    Arrays.setAll(POWERS, exponent -> Double.parseDouble("1e" + exponent));
  }

  private final Path file;
  private final Losses losses;
  private byte[] bytes = new byte[BUFFER];
  private long line;
  private int stepPlace;
  private int lossPlace;

  /// Takes the loss of a step, in nats per character.
  @FunctionalInterface
  interface Losses {
    void accept(double step, double loss);
  }

  private LossScan(Path file, Losses losses) {
    this.file = file;
    this.losses = losses;
  }

  /// Reads all whole lines; a last one without an end is passed over.
  ///
  /// @throws IOException naming file and line if the file cannot be read
  static void read(Path file, Losses losses) throws IOException {
    new LossScan(file, losses).read();
  }

  private void read() throws IOException {
    try (InputStream in = new FileInputStream(file.toFile())) {
      int filled = 0;
      int count = in.read(bytes, 0, bytes.length);
      while (count > 0) {
        filled += count;
        int used = lines(filled);
        System.arraycopy(bytes, used, bytes, 0, filled - used);
        filled -= used;
        if (filled == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        count = in.read(bytes, filled, bytes.length - filled);
      }
    } catch (FileNotFoundException e) {
      throw new IOException(file + ": no such file", e);
    }
    if (line == 0) {
      throw new IOException(file + ", line 1: expected a header row, found an empty file");
    }
  }

  /// Takes the lines that end before a place.
  ///
  /// @return the place after the last of them
  private int lines(int filled) throws IOException {
    int start = 0;
    for (int at = 0; at < filled; at++) {
      if (bytes[at] == '\n') {
        line(start, at > start && bytes[at - 1] == '\r' ? at - 1 : at);
        start = at + 1;
      }
    }
    return start;
  }

  private void line(int from, int to) throws IOException {
    line++;
    if (line == 1) {
      List<String> header = List.of(text(from, to).split(",", -1));
      stepPlace = header.indexOf("step");
      lossPlace = header.indexOf("loss");
      if (stepPlace < 0 || lossPlace < 0) {
        throw problem("columns 'step' and 'loss'", from, to);
      }
    } else {
      losses.accept(number(stepPlace, from, to), number(lossPlace, from, to));
    }
  }

  private double number(int place, int from, int to) throws IOException {
    int start = from;
    for (int field = 0; field < place; field++) {
      start = comma(start, to) + 1;
    }
    return start > to ? number(to, to) : number(start, comma(start, to));
  }

  private int comma(int from, int to) {
    int at = from;
    while (at < to && bytes[at] != ',') {
      at++;
    }
    return at;
  }

  private double number(int from, int to) throws IOException {
    long digits = 0;
    int count = 0;
    int point = to;
    for (int at = from; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = 10 * digits + digit;
        count++;
      } else if (bytes[at] == '.' && point == to) {
        point = at + 1;
      } else {
        return spelled(from, to);
      }
    }
    return count == 0 || count > DIGITS ? spelled(from, to) : digits / POWERS[to - point];
  }

  /// A number with a sign, an exponent, many digits, or none such as `NaN`.
  private double spelled(int from, int to) throws IOException {
    try {
      return Double.parseDouble(text(from, to));
    } catch (NumberFormatException e) {
      throw problem("a number", from, to);
    }
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private IOException problem(String expected, int from, int to) {
    return new IOException(
        file + ", line " + line + ": expected " + expected + ", found '" + text(from, to) + "'");
  }
}
