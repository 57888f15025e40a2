package twister.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlotBandTest {
  private static PlotAxis axis(Scale scale, double low, double high) {
    return new PlotAxis(new Axis(scale, low, high, 0, 1), "", List.of());
  }

  @Test
  void aBandThatLeavesThePlotHasACornerWhereItDoes() {
    PlotAxis x = axis(Scale.LINEAR, 0, 2);
    PlotAxis y = axis(Scale.LINEAR, 1, 3);
    PlotBand band = new PlotBand(x, y);
    Curve lower = new Curve(new double[] {0, 1, 2}, new double[] {2, 0, 2});
    Curve upper = new Curve(new double[] {0, 1, 2}, new double[] {2.5, 2.5, 4.5});
    PlotLine.Points corners = band.corners(lower, upper);
    // Down through the foot at half a step and up again, back from the top at a step and a quarter.
    double[] steps = {0, 0.5, 1, 1.5, 2, 2, 1.25, 1, 0};
    double[] losses = {2, 1, 1, 1, 2, 3, 3, 2.5, 2.5};
    assertArrayEquals(Arrays.stream(steps).map(x::coordinate).toArray(), corners.x(), 1e-12);
    assertArrayEquals(Arrays.stream(losses).map(y::coordinate).toArray(), corners.y(), 1e-12);
  }

  @Test
  void noCornerIsOutsideOfThePlot() {
    Random random = new Random(7);
    for (int trial = 0; trial < 300; trial++) {
      int size = 2 + random.nextInt(20);
      double[] steps = new double[size];
      double[] low = new double[size];
      double[] high = new double[size];
      for (int point = 0; point < size; point++) {
        steps[point] = point;
        low[point] = random.nextInt(9) == 0 ? Double.NaN : 6 * random.nextDouble() - 1;
        high[point] = random.nextInt(9) == 0 ? 1e300 : low[point] + 3 * random.nextDouble();
      }
      PlotAxis x = axis(Scale.LINEAR, 0, size);
      PlotAxis y = axis(Scale.LINEAR, 1, 3);
      PlotLine.Points corners =
          new PlotBand(x, y).corners(new Curve(steps, low), new Curve(steps, high));
      assertTrue(Arrays.stream(corners.y()).allMatch(up -> up >= y.low() && up <= y.high()));
      assertTrue(Arrays.stream(corners.x()).allMatch(to -> to >= x.low() && to <= x.high()));
    }
  }
}
