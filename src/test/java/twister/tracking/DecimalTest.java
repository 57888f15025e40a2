package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The library of Java is the judge.
class DecimalTest {
  private static double parse(String text) {
    byte[] bytes = ("," + text + ",").getBytes(StandardCharsets.UTF_8);
    return Decimal.parse(bytes, 1, bytes.length - 1);
  }

  /// @return whether it was read as a plain decimal
  private static boolean isSame(String text) {
    double number = parse(text);
    if (Double.isNaN(number)) {
      return false;
    }
    assertEquals(
        Double.doubleToRawLongBits(Double.parseDouble(text)),
        Double.doubleToRawLongBits(number),
        text);
    return true;
  }

  @Test
  void lossesAndWeightsAreTheSameBits() {
    Random random = new Random(1);
    int fast = 0;
    for (int i = 0; i < 300_000; i++) {
      fast += isSame(Double.toString(random.nextGaussian() * 3)) ? 1 : 0;
      fast += isSame(Double.toString((float) random.nextGaussian())) ? 1 : 0;
    }
    assertTrue(fast > 580_000, "" + fast);
  }

  @Test
  void anyDigitsWithAPointAnywhereAreTheSameBits() {
    Random random = new Random(2);
    for (int i = 0; i < 500_000; i++) {
      StringBuilder text = new StringBuilder();
      int digits = random.nextInt(1, 20);
      for (int digit = 0; digit < digits; digit++) {
        text.append((char) ('0' + random.nextInt(10)));
      }
      text.insert(random.nextInt(digits + 1), random.nextInt(8) == 0 ? "" : ".");
      assertEquals(digits <= 18, isSame(text.toString()), text.toString());
    }
  }

  /// Where rounding is hardest: decimals that are halfway between doubles, and their neighbours.
  @Test
  void digitsHalfwayBetweenDoublesAreTheSameBits() {
    Random random = new Random(3);
    int tried = 0;
    while (tried < 20_000) {
      double below = random.nextLong(1L << 53, 1L << 54) * Math.pow(2, random.nextInt(-60, 6));
      BigDecimal half =
          new BigDecimal(below).add(new BigDecimal(Math.nextUp(below))).divide(BigDecimal.TWO);
      BigDecimal near = half.round(new MathContext(random.nextInt(16, 19)));
      for (int step = -1; step <= 1; step++) {
        BigDecimal number = near.add(near.ulp().multiply(BigDecimal.valueOf(step)));
        tried += isSame(number.toPlainString()) ? 1 : 0;
      }
    }
  }

  @Test
  void tiesAreRoundedToEven() {
    for (long odd = (1L << 53) + 1; odd < (1L << 53) + 2000; odd += 2) {
      assertTrue(isSame(Long.toString(odd)));
      assertTrue(isSame(odd + ".0"));
      assertTrue(isSame(new BigDecimal(odd).divide(BigDecimal.TWO).toPlainString()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "-0.0", "-7", "7.", ".5", "00012.500", "999999999999999999"})
  void plainDecimalsAreRead(String text) {
    assertTrue(isSame(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "--1",
        "+1",
        "1-",
        "1.2.3",
        "1e5",
        "1d",
        " 1",
        "NaN",
        "Infinity",
        "1234567890123456789"
      })
  void whateverElseIsLeftToTheLibrary(String text) {
    assertTrue(Double.isNaN(parse(text)));
  }
}
