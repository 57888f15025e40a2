package twister.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A message of Protocol Buffers in the making, field by field, in the order of their numbers.
///
/// The encoding is that of Google's "Protocol Buffers Encoding": a key of field number and wire
/// type, then the value, whole numbers in groups of seven bits, the lowest first.
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int OF_LENGTH = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private void key(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /// Adds a whole number; 0 is what a field has that is left out.
  ProtoMessage whole(int field, long value) {
    if (value != 0) {
      key(field, VARINT);
      varint(value);
    }
    return this;
  }

  /// Adds a whole number, or an enumeration or a truth value as one, also 0: one of several fields
  /// of which one is there.
  ProtoMessage choice(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  /// Adds a number of eight bytes.
  ProtoMessage number(int field, double value) {
    key(field, EIGHT_BYTES);
    littleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    return this;
  }

  /// Adds a number of four bytes.
  ProtoMessage single(int field, float value) {
    key(field, FOUR_BYTES);
    littleEndian(Float.floatToRawIntBits(value), Float.BYTES);
    return this;
  }

  private void littleEndian(long bits, int bytes) {
    for (int place = 0; place < bytes; place++) {
      out.write((int) (bits >>> (Byte.SIZE * place)));
    }
  }

  /// Adds bytes.
  ProtoMessage bytes(int field, byte[] value) {
    key(field, OF_LENGTH);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  /// Adds text.
  ProtoMessage text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /// Adds a message.
  ProtoMessage message(int field, ProtoMessage value) {
    return bytes(field, value.bytes());
  }

  /// The message as it is written.
  byte[] bytes() {
    return out.toByteArray();
  }
}
