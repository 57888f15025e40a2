package twister.random;

/// The bit source of PyTorch's CPU generator: MT19937 of Matsumoto and Nishimura, "Mersenne
/// Twister: a 623-dimensionally equidistributed uniform pseudo-random number generator", 1998,
/// seeded by their `init_genrand` of 2002, and the uniform numbers PyTorch makes of its bits.
///
/// Commons Math has the same generator, but its `MersenneTwister.setSeed(int)` extends the sign of
/// a seed from 2^31 on and then leaves the sequence of the authors and of PyTorch.
final class Mt19937 {
  private static final int LENGTH = 624;
  private static final int SHIFT = 397;
  private static final int UPPER_BIT = 0x80000000;
  private static final int LOWER_BITS = 0x7fffffff;

  private final int[] state = new int[LENGTH];
  private int position = LENGTH;
  private long twists;

  /// A generator at the start of its sequence; only the low 32 bits of the seed count.
  Mt19937(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < LENGTH; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /// How many times 32 bits were drawn.
  long drawn() {
    return twists == 0 ? 0 : (twists - 1) * LENGTH + position;
  }

  /// The next 32 bits.
  int nextInt() {
    if (position == LENGTH) {
      twist();
    }
    int bits = state[position++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return bits ^ (bits >>> 18);
  }

  /// The next 64 bits, the first 32 of them the high half.
  long nextLong() {
    long high = (long) nextInt() << 32;
    return high | Integer.toUnsignedLong(nextInt());
  }

  /// The next uniform number in [0, 1), a multiple of 2^-24, from 32 bits.
  float nextFloat() {
    return (nextInt() & 0xffffff) * 0x1p-24f;
  }

  /// The next uniform number in [0, 1), a multiple of 2^-53, from 64 bits.
  double nextDouble() {
    return (nextLong() & ((1L << 53) - 1)) * 0x1p-53;
  }

  private void twist() {
    twists++;
    for (int i = 0; i < LENGTH; i++) {
      int bits = (state[i] & UPPER_BIT) | (state[(i + 1) % LENGTH] & LOWER_BITS);
      int odd = (bits & 1) * 0x9908b0df;
      state[i] = state[(i + SHIFT) % LENGTH] ^ (bits >>> 1) ^ odd;
    }
    position = 0;
  }
}
