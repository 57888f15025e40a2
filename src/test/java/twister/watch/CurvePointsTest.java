package twister.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurvePointsTest {
  private static CurvePoints of(int steps) {
    CurvePoints points = new CurvePoints();
    for (int step = 0; step < steps; step++) {
      points.accept(step, 2.0 * step);
    }
    return points;
  }

  @Test
  void fewLossesAreTheirOwnPoints() {
    assertEquals(0, of(0).size());
    assertArrayEquals(new double[] {0, 1, 2}, of(3).steps());
    assertArrayEquals(new double[] {0, 2, 4}, of(3).losses());
    assertEquals(CurvePoints.MOST, of(CurvePoints.MOST).size());
  }

  /// Whole numbers below 2^53 are added without rounding.
  @ParameterizedTest
  @ValueSource(ints = {201, 400, 401, 402, 1_000_001})
  void manyLossesAreMeansOfAsManyStepsEach(int steps) {
    CurvePoints points = of(steps);
    int width = Integer.highestOneBit(steps / CurvePoints.MOST);
    width *= width * CurvePoints.MOST < steps ? 2 : 1;
    int size = (steps + width - 1) / width;
    double[] middles = new double[size];
    for (int point = 0; point < size; point++) {
      int to = Math.min(steps, (point + 1) * width);
      middles[point] = (point * width + to - 1) / 2.0;
    }
    assertArrayEquals(middles, points.steps());
    assertArrayEquals(Arrays.stream(middles).map(step -> 2 * step).toArray(), points.losses());
  }
}
