package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeSeriesTest {
  private static double[] logarithmic(int steps) {
    return IntStream.range(0, steps)
        .mapToDouble(s -> Math.pow(10, -3 + 3.0 * s / (steps - 1)))
        .toArray();
  }

  private static RangeSeries of(double[] rates, DoubleUnaryOperator loss) {
    return new RangeSeries(rates, Arrays.stream(rates).map(loss).toArray(), true);
  }

  @Test
  void theLocalLineOfALineIsItself() {
    double[] line = IntStream.range(0, 40).mapToDouble(i -> 3 - 0.25 * i).toArray();
    for (int point : new int[] {0, 1, 20, 39}) {
      assertEquals(line[point], LocalLine.at(line, point, 5).value(), 1e-12);
      assertEquals(-0.25, LocalLine.at(line, point, 5).slope(), 1e-12);
    }
    assertEquals(new LocalLine(7, 0), LocalLine.at(new double[] {7}, 0, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 1000, 50_000})
  void theSteepestAndLowestRatesOfANoisyCurveAreFound(int steps) {
    Random noise = new Random(steps);
    // Falls around 0.01, has its least value at 0.1, and blows up.
    RangeSeries series =
        of(
            logarithmic(steps),
            rate -> {
              double x = Math.log10(rate);
              return 3
                  - Math.tanh(2 * (x + 2))
                  + Math.pow(Math.max(0, x + 1), 2) * 4
                  + 0.05 * noise.nextGaussian()
                  + (x > -0.5 ? 1e6 : 0);
            });
    double steepest = series.smoothed().step(series.steepest().orElseThrow());
    double lowest = series.smoothed().step(series.lowest().orElseThrow());
    assertEquals(-2, Math.log10(steepest), 0.15);
    assertEquals(-1, Math.log10(lowest), 0.25);
    assertTrue(series.smoothed().size() <= 2000);
    assertEquals(Scale.LOGARITHMIC, series.scale());
  }

  /// A rise that follows at once does not move the lowest point where nothing jumps.
  @Test
  void lossesOverEveryExampleAreTakenAsTheyAre() {
    double[] rates = logarithmic(100);
    double[] losses = new double[100];
    for (int step = 0; step < 100; step++) {
      losses[step] = step <= 80 ? 3 - 0.005 * step : 2.6 + 0.3 * (step - 80);
    }
    RangeSeries series = new RangeSeries(rates, losses, false);
    assertEquals(80, series.lowest().orElseThrow());
    assertEquals(losses[80], series.smoothed().value(80));
    assertTrue(new RangeSeries(rates, losses, true).lowest().orElseThrow() < 80);
  }

  @Test
  void theRatesTellHowTheyWereSpread() {
    double[] linear = IntStream.range(0, 50).mapToDouble(s -> 0.1 + s * 0.02).toArray();
    assertEquals(Scale.LINEAR, of(linear, rate -> -rate).scale());
    assertEquals(Scale.LOGARITHMIC, of(logarithmic(50), rate -> -rate).scale());
  }

  @Test
  void aLossThatOnlyGrowsHasNoSteepestDescent() {
    RangeSeries series = of(logarithmic(100), rate -> 3 + rate);
    assertTrue(series.steepest().isEmpty());
    assertEquals(0, series.lowest().orElseThrow());
  }

  @Test
  void aLossThatOnlyFallsIsLowestAtTheEnd() {
    RangeSeries series = of(logarithmic(100), rate -> 3 - rate);
    assertEquals(99, series.lowest().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void nothingCountsFromTheFirstLossThatIsNotFinite(double loss) {
    RangeSeries series = of(logarithmic(100), rate -> rate > 0.1 ? loss : 3 - rate);
    assertEquals(67, series.smoothed().size());
    assertEquals(66, series.lowest().orElseThrow());
    assertTrue(of(logarithmic(3), rate -> loss).lowest().isEmpty());
  }

  @Test
  void aBlowUpDoesNotMoveTheAxis() {
    Axis calm = RangeAxes.losses(of(logarithmic(300), rate -> 3 - rate), 700, 100);
    Axis wild =
        RangeAxes.losses(of(logarithmic(300), rate -> rate > 0.5 ? 1e9 : 3 - rate), 700, 100);
    assertTrue(calm.low() > 1.8 && calm.high() < 3.5, calm::toString);
    assertTrue(wild.low() > 2.3 && wild.high() < 3.5, wild::toString);
  }

  @Test
  void theTicksOfRatesAreRoundAndAtLeastThree() {
    for (double high : new double[] {0.2, 0.5, 3, 40, 1e3, 1e12}) {
      Axis axis =
          RangeAxes.rates(new RangeSeries(new double[] {0.1, high}, new double[2], true), 0, 1000);
      assertTrue(RangeAxes.ticks(axis, 6).size() >= 3, axis::toString);
    }
    Axis decades =
        RangeAxes.rates(new RangeSeries(new double[] {1e-3, 1}, new double[2], true), 0, 1000);
    assertEquals(
        "0.001 0.01 0.1 1",
        String.join(" ", RangeAxes.ticks(decades, 6).stream().map(Axis.Tick::label).toList()));
  }
}
