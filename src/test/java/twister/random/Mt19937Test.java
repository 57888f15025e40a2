package twister.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.apache.commons.math3.random.MersenneTwister;
import org.junit.jupiter.api.Test;

final class Mt19937Test {
  /// The value that the C++ standard, [rand.predef], requires of std::mt19937 with its own seed.
  @Test
  void theTenThousandthOutputIsThatOfTheStandard() {
    Mt19937 bits = new Mt19937(5489);
    for (int i = 1; i < 10_000; i++) {
      bits.nextInt();
    }
    assertEquals(4_123_659_995L, Integer.toUnsignedLong(bits.nextInt()));
  }

  @Test
  void theBitsAreThoseOfCommonsMathForSeedsBelowTwoToThe31() {
    Random seeds = new Random(1);
    for (int n = 0; n < 20; n++) {
      int seed = seeds.nextInt() & Integer.MAX_VALUE;
      MersenneTwister judge = new MersenneTwister(seed);
      Mt19937 bits = new Mt19937(seed);
      for (int i = 0; i < 2000; i++) {
        assertEquals(judge.nextInt(), bits.nextInt());
      }
    }
  }

  @Test
  void onlyTheLow32BitsOfTheSeedCount() {
    assertEquals(new Mt19937(7).nextLong(), new Mt19937(7 + (5L << 32)).nextLong());
    assertEquals(new Mt19937(-1).nextLong(), new Mt19937(0xffffffffL).nextLong());
  }
}
