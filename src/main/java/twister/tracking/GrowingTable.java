package twister.tracking;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
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

  /// How many bytes are whole lines.
  private long written;

  /// Creates the file; that of a draft when its first rows are written.
  GrowingTable(Path file, List<String> header) throws IOException {
    this.file = file;
    mostPending = Draft.holds(file) ? PENDING_OF_DRAFTS : 0;
    rows = new CSVPrinter(pending, Csv.format(header));
    writeIfMany();
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
    StandardOpenOption how =
        written == 0 ? StandardOpenOption.CREATE_NEW : StandardOpenOption.WRITE;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, how, LinkOption.NOFOLLOW_LINKS)) {
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
    }
  }

  /// Writes what is left and forces it to disk, unless it is a draft.
  @Override
  public void close() throws IOException {
    if (!pending.isEmpty()) {
      write();
    }
    if (!Draft.holds(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }
}
