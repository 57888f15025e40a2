package twister.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A record of an event file: the length of its data, the data, and checksums of both.
///
/// The format is TensorFlow's TFRecord: u64 length, u32 masked CRC-32C of the length, the data, u32
/// masked CRC-32C of the data, all little-endian.
final class EventRecord {
  /// Bytes before the data, and after it.
  private static final int HEAD = Long.BYTES + Integer.BYTES;

  private static final int TAIL = Integer.BYTES;

  /// Far more than a record that Twister writes.
  private static final long LONGEST = 1L << 30;

  private EventRecord() {}

  /// The record of some data.
  static byte[] of(byte[] data) {
    ByteBuffer record =
        ByteBuffer.allocate(HEAD + data.length + TAIL).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(masked(record.array(), 0, Long.BYTES));
    record.put(data);
    record.putInt(masked(record.array(), HEAD, data.length));
    return record.array();
  }

  private static int masked(byte[] bytes, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, length);
    return Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
  }

  /// Reads the next record, with its checksums.
  ///
  /// @return nothing at the end, and where the rest is no whole record
  static Optional<byte[]> read(InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    if (head.length < HEAD) {
      return Optional.empty();
    }
    ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    long length = numbers.getLong(0);
    if (numbers.getInt(Long.BYTES) != masked(head, 0, Long.BYTES)
        || length < 0
        || length > LONGEST) {
      return Optional.empty();
    }
    int rest = (int) length + TAIL;
    byte[] data = in.readNBytes(rest);
    if (data.length < rest) {
      return Optional.empty();
    }
    byte[] record = Arrays.copyOf(head, HEAD + rest);
    System.arraycopy(data, 0, record, HEAD, rest);
    int sum = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getInt(HEAD + (int) length);
    return sum == masked(record, HEAD, (int) length) ? Optional.of(record) : Optional.empty();
  }
}
