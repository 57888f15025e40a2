package twister.tracking;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.apache.commons.csv.CSVPrinter;

/// A CSV file that grows by whole lines while a run is trained. Thousands may be open at once,
/// since none of them holds a file open in between.
final class GrowingTable implements Closeable {
  /// Nobody looks at a draft, whose rows are written when there are many.
  private static final int PENDING_OF_DRAFTS = 1 << 14;

  private final Path file;
  private final int mostPending;
  private final StringBuilder pending = new StringBuilder();
  private final CSVPrinter rows;
  private final NumberRows numbers = new NumberRows(pending);

  /// How many bytes are whole lines, and their checksum.
  private long written;

  private final CRC32C checksum = new CRC32C();

  /// Creates the file, that of a draft when its first rows are written; or goes on with it.
  ///
  /// @param there what is there of it; more than that is cut off
  /// @throws IOException if the file cannot be written, or what is there is something else
  GrowingTable(Path file, List<String> header, Optional<GrownTable> there) throws IOException {
    this.file = file;
    mostPending = Draft.holds(file) ? PENDING_OF_DRAFTS : 0;
    rows = new CSVPrinter(pending, Csv.format(header));
    if (there.isPresent()) {
      pending.setLength(0);
      resume(there.get());
    } else {
      writeIfMany();
    }
  }

  private void resume(GrownTable there) throws IOException {
    if (!addUp(file, there.bytes(), checksum) || checksum.getValue() != there.checksum()) {
      throw new IOException(file + ": is not what was written");
    }
    try (FileChannel channel = open(StandardOpenOption.WRITE)) {
      channel.truncate(there.bytes());
    }
    written = there.bytes();
  }

  /// Whether a file begins with what was written of it.
  ///
  /// @throws IOException if it cannot be read
  static boolean begins(Path file, GrownTable there) throws IOException {
    CRC32C sum = new CRC32C();
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && addUp(file, there.bytes(), sum)
        && sum.getValue() == there.checksum();
  }

  /// Adds the first bytes of a file to a checksum.
  ///
  /// @return whether there are as many
  private static boolean addUp(Path file, long bytes, CRC32C sum) throws IOException {
    long left = bytes;
    try (InputStream in = PlainFile.open(file)) {
      byte[] part = new byte[1 << 16];
      while (left > 0) {
        int length = in.read(part, 0, (int) Math.min(part.length, left));
        if (length < 0) {
          return false;
        }
        sum.update(part, 0, length);
        left -= length;
      }
    }
    return true;
  }

  private FileChannel open(StandardOpenOption how) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE, how, LinkOption.NOFOLLOW_LINKS);
  }

  /// Appends rows; when they cannot be written, none of them is kept.
  void append(RunTables.Rows content) throws IOException {
    content.print(rows);
    writeIfMany();
  }

  /// Appends rows that hold nothing but numbers; when they cannot be written, none of them is kept.
  void appendNumbers(Consumer<NumberRows> content) throws IOException {
    content.accept(numbers);
    writeIfMany();
  }

  private void writeIfMany() throws IOException {
    if (pending.length() > mostPending) {
      write();
    }
  }

  private void write() throws IOException {
    ByteBuffer text = ByteBuffer.wrap(pending.toString().getBytes(StandardCharsets.UTF_8));
    pending.setLength(0);
    try (FileChannel channel =
        open(written == 0 ? StandardOpenOption.CREATE_NEW : StandardOpenOption.WRITE)) {
      long end = written;
      try {
        while (text.hasRemaining()) {
          end += channel.write(text, end);
        }
      } catch (IOException e) {
        channel.truncate(written);
        throw e;
      }
      written = end;
      checksum.update(text.rewind());
    }
  }

  /// Writes what is left and forces it to disk, unless it is a draft.
  ///
  /// @return how much is there
  GrownTable flush() throws IOException {
    if (!pending.isEmpty()) {
      write();
    }
    if (!Draft.holds(file)) {
      try (FileChannel channel = open(StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    return new GrownTable(written, checksum.getValue());
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
