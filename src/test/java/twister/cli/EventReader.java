package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads event files by their specification alone: checksums bit by bit, fields by their wire
/// types.
final class EventReader {
  /// An event.
  ///
  /// @param scalar NaN where it is none
  /// @param value of its summary
  record Event(double wallTime, long step, String tag, float scalar, Message value) {
    boolean isScalar() {
      return value.has(2);
    }

    /// What the plugin of hyperparameters was told.
    Message ofPlugin() {
      return value.at(9).at(1).at(2);
    }

    /// The strings of its tensor.
    List<byte[]> strings() {
      return value.at(8).all(8).stream().map(Field::bytes).toList();
    }

    /// The strings of its tensor, as text.
    List<String> texts() {
      return value.at(8).all(8).stream().map(Field::text).toList();
    }
  }

  /// A field of a message.
  record Field(long number, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    Message message() {
      return fields(bytes);
    }
  }

  /// The fields of a message, by their numbers.
  record Message(Map<Integer, List<Field>> fields) {
    boolean has(int number) {
      return fields.containsKey(number);
    }

    List<Field> all(int number) {
      return fields.getOrDefault(number, List.of());
    }

    Field field(int number) {
      return all(number).getFirst();
    }

    Message at(int number) {
      return field(number).message();
    }
  }

  private EventReader() {}

  /// The CRC-32C of some bytes, bit by bit (polynomial 0x1edc6f41, reflected).
  private static int crc32c(byte[] bytes) {
    int sum = -1;
    for (byte next : bytes) {
      sum ^= next & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        sum = (sum & 1) != 0 ? sum >>> 1 ^ 0x82f63b78 : sum >>> 1;
      }
    }
    return ~sum;
  }

  private static int masked(byte[] bytes) {
    int sum = crc32c(bytes);
    return (sum >>> 15 | sum << 17) + 0xa282ead8;
  }

  /// The events of a file, all of whose records must be whole.
  static List<Event> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] head = new byte[8];
      in.get(head);
      assertEquals(masked(head), in.getInt(), "checksum of a length");
      byte[] data = new byte[(int) ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(data);
      assertEquals(masked(data), in.getInt(), "checksum of a record");
      events.add(event(fields(data)));
    }
    assertEquals("brain.Event:2", events.getFirst().tag, file.toString());
    return events.subList(1, events.size());
  }

  private static Event event(Message event) {
    double time = Double.longBitsToDouble(event.field(1).number);
    if (event.has(3)) {
      return new Event(time, 0, event.field(3).text(), Float.NaN, new Message(Map.of()));
    }
    long step = event.has(2) ? event.field(2).number : 0;
    Message value = event.at(5).at(1);
    float scalar = value.has(2) ? Float.intBitsToFloat((int) value.field(2).number) : Float.NaN;
    assertTrue(value.has(2) != value.has(8), "neither a number nor a tensor");
    return new Event(time, step, value.field(1).text(), scalar, value);
  }

  private static Message fields(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, List<Field>> fields = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      long key = varint(in);
      fields
          .computeIfAbsent((int) (key >>> 3), _ -> new ArrayList<>())
          .add(field(in, (int) key & 7));
    }
    return new Message(fields);
  }

  private static Field field(ByteBuffer in, int wireType) {
    return switch (wireType) {
      case 0 -> new Field(varint(in), new byte[0]);
      case 1 -> new Field(in.getLong(), new byte[0]);
      case 5 -> new Field(in.getInt(), new byte[0]);
      case 2 -> {
        byte[] bytes = new byte[(int) varint(in)];
        in.get(bytes);
        yield new Field(bytes.length, bytes);
      }
      default -> throw new AssertionError("wire type " + wireType);
    };
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
