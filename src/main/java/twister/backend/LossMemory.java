package twister.backend;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Memory in which losses of a device are kept as the floats they are, and which those that follow
/// may use again: memory that is touched for the first time costs more than the copy.
///
/// It is cut into chunks that a cache holds. A chunk is taken, copied and looked at before the next
/// one, by all processors where there are many.
public final class LossMemory {
  private static final int SHIFT = 15;
  private static final int CHUNK = 1 << SHIFT;

  /// Chunks that are worth more than one processor.
  private static final int MANY = 32;

  /// The bits of an exponent, all of which are set where a float is infinite or not a number.
  private static final int EXPONENT = 0x7f800000;

  private static final int LOWEST_OF_EXPONENT = 0x00800000;

  /// The bits of the floats, as integers: a look at those is quick even before it is compiled.
  private int[][] chunks = {};

  /// Copies floats, over those that were kept before.
  ///
  /// @return whether all of them are finite
  boolean keep(MemorySegment floats) {
    long size = floats.byteSize() / Float.BYTES;
    int count = Math.toIntExact(Math.ceilDiv(size, CHUNK));
    if (chunks.length < count) {
      int before = chunks.length;
      chunks = Arrays.copyOf(chunks, count);
      Arrays.fill(chunks, before, count, new int[0]);
    }
    if (count >= MANY) {
      int carry =
          IntStream.range(0, count)
              .parallel()
              .map(i -> copied(floats, size, i))
              .reduce(0, (a, b) -> a | b);
      return carry >= 0;
    }
    int carry = 0;
    for (int i = 0; i < count; i++) {
      carry |= copied(floats, size, i);
    }
    return carry >= 0;
  }

  /// @return below 0 if a float is not finite
  private int copied(MemorySegment floats, long size, int number) {
    long first = (long) number << SHIFT;
    int count = (int) Math.min(CHUNK, size - first);
    if (chunks[number].length < count) {
      chunks[number] = new int[count];
    }
    int[] chunk = chunks[number];
    MemorySegment.copy(
        floats, Float.BYTES * first, MemorySegment.ofArray(chunk), 0, (long) Float.BYTES * count);
    return carry(chunk, count);
  }

  /// A sum that reaches the sign where an exponent is full: a loop of nothing but such operations
  /// is compiled to vector instructions, one that ends early is not.
  private static int carry(int[] chunk, int count) {
    int carry = 0;
    for (int i = 0; i < count; i++) {
      carry |= (chunk[i] & EXPONENT) + LOWEST_OF_EXPONENT;
    }
    return carry;
  }

  /// One of the floats that were kept last.
  float at(long place) {
    return Float.intBitsToFloat(chunks[(int) (place >>> SHIFT)][(int) place & (CHUNK - 1)]);
  }
}
