package twister.random;

/// The bit source of PyTorch's CUDA generator: Philox4x32-10 of Salmon, Moraes, Dror and Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3", 2011.
///
/// It has no state but its key: every block of four words is a function of the key and of a counter
/// of 128 bits, so that blocks can be computed in any order.
///
/// @param key the 64-bit seed, of which the low half is the first word
record Philox(long key) {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xd2511f53L;
  private static final long MULTIPLIER_1 = 0xcd9e8d57L;
  private static final int WEYL_0 = 0x9e3779b9;
  private static final int WEYL_1 = 0xbb67ae85;

  /// The four words at one place, in the order of the authors.
  ///
  /// @param offset the low 64 bits of the counter
  /// @param subsequence the high 64 bits of the counter
  int[] block(long offset, long subsequence) {
    int c0 = (int) offset;
    int c1 = (int) (offset >>> 32);
    int c2 = (int) subsequence;
    int c3 = (int) (subsequence >>> 32);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * Integer.toUnsignedLong(c0);
      long product1 = MULTIPLIER_1 * Integer.toUnsignedLong(c2);
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    return new int[] {c0, c1, c2, c3};
  }
}
