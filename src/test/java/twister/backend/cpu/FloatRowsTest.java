package twister.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FloatRowsTest {

  @Test
  void tanhIsRightToSinglePrecision() {
    for (float x = 1e-30f; x < 100; x *= 1.0001f) {
      float[] values = {x, -x};
      FloatRows.tanh(values, 2);
      assertEquals(1, values[0] / Math.tanh(x), 4e-7, "x = " + x);
      assertEquals(-values[0], values[1]);
    }
  }

  @Test
  void tanhOfInfinityIsOneAndOfNoNumberNone() {
    float[] values = {Float.NEGATIVE_INFINITY, 0, Float.POSITIVE_INFINITY, Float.NaN};
    FloatRows.tanh(values, 4);
    assertArrayEquals(new float[] {-1, 0, 1, Float.NaN}, values, 4e-7f);
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
        assertArrayEquals(
            rows[r], new float[] {columns[0][r], columns[1][r], columns[2][r]});
      }
    }
  }
}
