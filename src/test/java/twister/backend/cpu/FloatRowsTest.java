package twister.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processor")
class FloatRowsTest {

  @Test
  void tanhIsRightToSinglePrecision() {
    for (float x = 1e-30f; x < 100; x *= 1.0001f) {
      float[] values = {x, -x};
      FloatRows.tanh(values, 2);
      assertEquals(1, values[0] / Math.tanh(x), 3.5e-7, "x = " + x);
      assertEquals(-values[0], values[1]);
    }
  }

  /// Against tanh rounded to single precision, of which it is at most two units off; the slope is
  /// twice that.
  @Test
  void slopeOfTanhIsThatOfSinglePrecisionToFourUnits() {
    for (float x = 4; x < 9.02f; x = Math.nextUp(x)) {
      float[] values = {x};
      float[] slopes = {1};
      FloatRows.tanh(values, 1);
      FloatRows.multiplyByTanhSlope(slopes, values, 1);
      float rounded = (float) Math.tanh(x);
      assertEquals(1 - (double) rounded * rounded, slopes[0], 4.1 * 0x1p-24, "x = " + x);
    }
  }

  @Test
  void tanhOfSaturatedUnitsIsOneAndTheirSlopeZero() {
    float infinity = Float.POSITIVE_INFINITY;
    float[] values = {9.02f, 15, 1e6f, 1e30f, infinity, -9.02f, -15, -1e6f, -1e30f, -infinity};
    float[] slopes = new float[10];
    Arrays.fill(slopes, 1e30f);
    FloatRows.tanh(values, 10);
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, -1, -1, -1, -1, -1}, values);
    FloatRows.multiplyByTanhSlope(slopes, values, 10);
    assertArrayEquals(new float[10], slopes);
  }

  @Test
  void tanhOfNothingIsNothingAndOfNoNumberNone() {
    float[] values = {0, -0f, Float.NaN, Float.MIN_VALUE};
    FloatRows.tanh(values, 4);
    assertArrayEquals(new float[] {0, -0f, Float.NaN}, Arrays.copyOf(values, 3));
    assertEquals(0, values[3], Float.MIN_VALUE);
  }

  @Test
  void transposedRowsAreColumns() {
    for (int count = 1; count <= 9; count++) {
      float[][] rows = new float[count][3];
      for (int r = 0; r < count; r++) {
        rows[r] = new float[] {10 * r, 10 * r + 1, 10 * r + 2};
      }
      float[][] columns = new float[3][count];
      FloatRows.transpose(columns, rows, count, 3);
      for (int r = 0; r < count; r++) {
        assertArrayEquals(rows[r], new float[] {columns[0][r], columns[1][r], columns[2][r]});
      }
    }
  }
}
