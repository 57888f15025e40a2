package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RowArithmeticTest {

  @Test
  void exponentialIsExactToAUnitAndAHalfInTheLastPlace() {
    for (int i = 0; i <= 400_000; i++) {
      float x = -40f * i / 400_000;
      double expected = Math.exp(x);
      assertEquals(
          expected, RowArithmetic.exp(x), 1.5 * Math.ulp((float) expected), "exp(" + x + ")");
    }
  }

  @Test
  void exponentialOfZeroIsOne() {
    assertEquals(1f, RowArithmetic.exp(0f));
    assertEquals(1f, RowArithmetic.exp(-0f));
  }

  @Test
  void exponentialFarBelowIsNextToNothing() {
    for (float x : new float[] {-41f, -42f, -1e3f, -Float.MAX_VALUE}) {
      assertEquals(Math.exp(-41), RowArithmetic.exp(x), 1e-24);
    }
  }

  @Test
  void exponentialOfWhatIsNotFiniteIsNotANumber() {
    assertTrue(Float.isNaN(RowArithmetic.exp(Float.NaN)));
    assertTrue(Float.isNaN(RowArithmetic.exp(Float.NEGATIVE_INFINITY)));
  }

  @Test
  void hyperbolicTangentIsRightToWhatItSays() {
    for (int i = -400_000; i <= 400_000; i++) {
      float x = 20f * i / 400_000;
      double expected = Math.tanh(x);
      assertEquals(expected, RowArithmetic.tanh(x), 4e-7 * Math.abs(expected), "tanh(" + x + ")");
    }
    assertTrue(Float.isNaN(RowArithmetic.tanh(Float.NaN)));
  }

  @Test
  void hyperbolicTangentNearOneIsRightToAUnitInTheLastPlace() {
    for (float x = 4; x < 9.02f; x = Math.nextUp(x)) {
      assertEquals(Math.tanh(x), RowArithmetic.tanh(x), 1.01 * 0x1p-24, "tanh(" + x + ")");
    }
  }

  @Test
  void hyperbolicTangentOfSaturatedUnitsIsOne() {
    for (float x : new float[] {9.02f, 15, 1e6f, 1e30f, Float.POSITIVE_INFINITY}) {
      assertEquals(1f, RowArithmetic.tanh(x), "tanh(" + x + ")");
      assertEquals(-1f, RowArithmetic.tanh(-x), "tanh(" + -x + ")");
    }
  }

  @Test
  void sumsAndMaximaOfPaddedRowsAreThoseOfTheirSymbols() {
    for (int symbols = 1; symbols <= 20; symbols++) {
      int width = RowArithmetic.width(symbols);
      assertEquals(0, width % 8);
      float[] row = new float[width];
      for (int k = 0; k < symbols; k++) {
        row[k] = -k - 3;
      }
      RowArithmetic.pad(row, symbols, width, row[0]);
      assertEquals(-3f, RowArithmetic.largest(row, width));
      RowArithmetic.pad(row, symbols, width, 0f);
      assertEquals(-(symbols * (symbols - 1) / 2f + 3 * symbols), RowArithmetic.sum(row, width));
      float squares = 0;
      for (int k = 0; k < symbols; k++) {
        squares += row[k] * row[k];
      }
      assertEquals(squares, RowArithmetic.product(row, row, width));
    }
  }
}
