package twister.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Parts of a long CSV file that lie evenly over it, from its first row to its last: what lies
/// between them is not read. The file has no quotes.
///
/// The checksum of the file is not looked at, as that needs all of it.
final class CsvWindows {
  /// Some hundred rows of numbers.
  private static final int BYTES = 1 << 14;

  private final Path file;
  private final int count;

  /// @param count how many parts
  CsvWindows(Path file, int count) {
    this.file = file;
    this.count = count;
  }

  /// Takes a part.
  @FunctionalInterface
  interface Reading {
    /// Takes the next part.
    ///
    /// @param text the file's header, and rows of the file below it
    void accept(byte[] text) throws IOException;
  }

  /// Whether the file is so long that much is left out.
  boolean isLong() throws IOException {
    return Files.size(file) > 2L * count * BYTES;
  }

  /// Reads the parts of a long file; a last line that has no end is passed over.
  ///
  /// @throws IOException naming the file if it is of no run that can be believed
  void forEach(Reading reading) throws IOException {
    byte[] header = header();
    try (InputStream in = PlainFile.open(file)) {
      long first = header.length - 1L;
      long most = Files.size(file) - BYTES - first;
      long at = 0;
      for (int part = 0; part < count; part++) {
        long from = first + most * part / (count - 1);
        in.skipNBytes(from - at);
        byte[] window = in.readNBytes(BYTES);
        at = from + window.length;
        reading.accept(below(header, window));
      }
    }
  }

  private byte[] header() throws IOException {
    try (InputStream in = Checksums.open(file)) {
      byte[] bytes = in.readNBytes(BYTES);
      return Arrays.copyOf(bytes, 1 + text(bytes).indexOf('\n'));
    }
  }

  /// The whole lines behind the first end of a line, below a header.
  private static byte[] below(byte[] header, byte[] window) {
    String text = text(window);
    int from = 1 + text.indexOf('\n');
    int to = 1 + text.lastIndexOf('\n');
    byte[] all = Arrays.copyOf(header, header.length + to - from);
    System.arraycopy(window, from, all, header.length, to - from);
    return all;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
