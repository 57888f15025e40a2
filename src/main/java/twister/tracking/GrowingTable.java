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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.apache.commons.csv.CSVPrinter;
import twister.training.Tasks;

/// A CSV file that grows by whole lines while a run is trained. Thousands may be open at once,
/// since none of them holds a file open in between.
///
/// Rows are written in a thread of their own, so that no training waits for a slow disk: what is
/// appended meanwhile is written at once afterwards. What cannot be written is told with the next
/// rows, or at the end.
final class GrowingTable implements Closeable {
  /// The rows of drafts, of which there may be thousands, are written when there are many or when
  /// they are old: somebody may watch.
  private static final int PENDING_OF_DRAFTS = 1 << 14;

  private static final long OLD_NANOSECONDS = 5_000_000_000L;

  /// So many characters are gathered while the disk is busy; whoever appends more waits for it.
  private static final int MOST_GATHERED = 1 << 20;

  /// Of all tables; they mostly wait for disks.
  private static final ExecutorService WRITERS =
      Executors.newFixedThreadPool(16, Thread.ofPlatform().daemon().name("tables").factory());

  private static final Future<?> NOTHING = CompletableFuture.completedFuture(null);

  private final Path file;
  private final int mostPending;
  private final StringBuilder pending = new StringBuilder();
  private final CSVPrinter rows;
  private final NumberRows numbers = new NumberRows(pending);

  /// How many bytes are whole lines, and their checksum.
  private long written;

  private final CRC32C checksum = new CRC32C();

  private long lastWrite = System.nanoTime();
  private boolean isWriting;
  private Future<?> onItsWay = NOTHING;

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
      await();
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
  ///
  /// @throws IOException if rows before them could not be written
  void append(RunTables.Rows content) throws IOException {
    synchronized (this) {
      content.print(rows);
    }
    writeIfMany();
  }

  /// Appends rows that hold nothing but numbers, as [#append].
  ///
  /// @throws IOException if rows before them could not be written
  void appendNumbers(Consumer<NumberRows> content) throws IOException {
    synchronized (this) {
      content.accept(numbers);
    }
    writeIfMany();
  }

  private void writeIfMany() throws IOException {
    int length = beginIfMoreThan(mostPending);
    if (length > MOST_GATHERED) {
      await();
    }
  }

  /// Has the rows written, if there are so many characters or it is long since, and nobody writes.
  ///
  /// @return how many there are
  private synchronized int beginIfMoreThan(int most) throws IOException {
    int length = pending.length();
    boolean isOld = System.nanoTime() - lastWrite > OLD_NANOSECONDS;
    if (length > (isOld ? 0 : most) && !isWriting) {
      await();
      isWriting = true;
      lastWrite = System.nanoTime();
      onItsWay = WRITERS.submit(this::writeAll);
    }
    return length;
  }

  /// Waits until the rows are written that are on their way.
  private void await() throws IOException {
    Future<?> sent = onItsWay;
    onItsWay = NOTHING; // What it throws is told once.
    Tasks.await(sent);
  }

  /// Writes rows until there are none left.
  private Path writeAll() throws IOException {
    try {
      for (Optional<ByteBuffer> text = next(); text.isPresent(); text = next()) {
        write(text.get());
      }
      return file;
    } catch (IOException e) {
      end();
      throw e;
    }
  }

  private synchronized Optional<ByteBuffer> next() {
    if (pending.isEmpty()) {
      end();
      return Optional.empty();
    }
    ByteBuffer text = ByteBuffer.wrap(pending.toString().getBytes(StandardCharsets.UTF_8));
    pending.setLength(0);
    return Optional.of(text);
  }

  private synchronized void end() {
    isWriting = false;
  }

  private void write(ByteBuffer text) throws IOException {
    try (FileChannel channel =
        open(written == 0 ? StandardOpenOption.CREATE_NEW : StandardOpenOption.WRITE)) {
      long end = written;
      try {
        while (text.hasRemaining()) {
          end += channel.write(text, end);
        }
      } catch (IOException e) {
        channel.truncate(written);
        throw new IOException(file + ": " + e.getMessage(), e);
      }
      written = end;
      checksum.update(text.rewind());
    }
  }

  /// Writes what is left and forces it to disk, unless it is a draft.
  ///
  /// @return how much is there
  GrownTable flush() throws IOException {
    beginIfMoreThan(0);
    await();
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
