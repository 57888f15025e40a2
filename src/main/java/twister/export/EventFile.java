package twister.export;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import twister.tracking.PlainFile;

/// An event file that is there, compared with the records that it should have.
///
/// TensorBoard reads a file on from where it was. So records are only ever appended, in one piece,
/// and the bytes that are there stay; a record that a killed process left torn is cut off first.
/// Records need not come in the order in which they would be written at once: the losses on dev
/// words of a run in training appear later than others of the same step. Records that are there and
/// should not be, such as names that were drawn anew, make the file stale.
final class EventFile {
  /// What is appended is gathered; more than this is a reason to write the file anew.
  private static final int MOST_APPENDED = 1 << 26;

  private final InputStream there;
  private final ByteArrayOutputStream more = new ByteArrayOutputStream();

  /// The next record that is there and was not yet compared, while all before it came in order.
  private Optional<byte[]> next;

  /// How many bytes are whole records.
  private long whole;

  /// Records that are there, and out of order from the first of them.
  private Map<ByteBuffer, Integer> others = Map.of();

  /// Takes a record.
  @FunctionalInterface
  interface Sink {
    void accept(byte[] record) throws IOException;
  }

  /// The records that a file should have.
  @FunctionalInterface
  interface Records {
    void writeTo(Sink sink) throws IOException;
  }

  private EventFile(InputStream there) throws IOException {
    this.there = there;
    next = read();
  }

  /// Appends the records that a file lacks.
  ///
  /// @return whether the file has all records now, and no others; if not, it is as it was
  /// @throws IOException if the file or the records cannot be read, or the file not be written
  static boolean append(Path file, Records records) throws IOException {
    try (InputStream in = new BufferedInputStream(PlainFile.open(file), 1 << 16)) {
      EventFile events = new EventFile(in);
      records.writeTo(events::take);
      if (events.isStale()) {
        return false;
      }
      events.appendTo(file);
      return true;
    }
  }

  private Optional<byte[]> read() throws IOException {
    Optional<byte[]> record = EventRecord.read(there);
    record.ifPresent(bytes -> whole += bytes.length);
    return record;
  }

  private void take(byte[] record) throws IOException {
    if (next.isPresent() && Arrays.equals(next.get(), record)) {
      next = read();
      return;
    }
    gatherOthers();
    ByteBuffer key = ByteBuffer.wrap(record);
    if (others.containsKey(key)) {
      others.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    } else if (more.size() <= MOST_APPENDED) {
      more.writeBytes(record);
    }
  }

  private void gatherOthers() throws IOException {
    if (next.isPresent()) {
      others = new HashMap<>();
      for (; next.isPresent(); next = read()) {
        others.merge(ByteBuffer.wrap(next.get()), 1, Integer::sum);
      }
    }
  }

  private boolean isStale() {
    return next.isPresent() || !others.isEmpty() || more.size() > MOST_APPENDED;
  }

  private void appendTo(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.size() > whole) {
        channel.truncate(whole);
      }
      ByteBuffer bytes = ByteBuffer.wrap(more.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes, whole + bytes.position());
      }
    }
  }
}
