package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurveTest {
  private static Curve of(double... values) {
    return new Curve(IntStream.range(0, values.length).asDoubleStream().toArray(), values);
  }

  @Test
  void aShortCurveIsNotThinned() {
    Curve curve = of(3, 2, 1);

    assertSame(curve, curve.thinned(4, Scale.LINEAR));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 101, 9_999, 1_000_000})
  void thinningKeepsFirstLastLeastAndGreatest(int size) {
    double[] values = new Random(size).doubles(size, 2, 4).toArray();
    values[size / 3] = 100;
    values[size / 2] = 0.5;

    Curve thinned = of(values).thinned(Math.min(2000, size - 1), Scale.LINEAR);

    assertTrue(thinned.size() <= 2000);
    assertEquals(values[0], thinned.value(0));
    assertEquals(size - 1, thinned.step(thinned.size() - 1));
    assertEquals(100, thinned.finiteValues().max().orElseThrow());
    assertEquals(0.5, thinned.finiteValues().min().orElseThrow());
  }

  @Test
  void thinningKeepsTheOrderOfSteps() {
    Curve thinned = of(new Random(1).doubles(50_000).toArray()).thinned(100, Scale.LINEAR);

    assertTrue(
        IntStream.range(1, thinned.size())
            .allMatch(point -> thinned.step(point - 1) < thinned.step(point)));
  }

  @Test
  void thinningKeepsGaps() {
    double[] values = new Random(1).doubles(10_000).toArray();
    values[7_777] = Double.POSITIVE_INFINITY;

    Curve thinned = of(values).thinned(100, Scale.LINEAR);

    assertEquals(7_777, thinned.step(thinned.divergence().orElseThrow()));
  }

  @Test
  void aRunDivergesAtItsFirstLossThatIsNotFinite() {
    assertEquals(OptionalInt.of(1), of(1, Double.NaN, 2, Double.NaN).divergence());
    assertEquals(OptionalInt.of(0), of(Double.NEGATIVE_INFINITY).divergence());
    assertEquals(OptionalInt.empty(), of(1, 2).divergence());
  }

  @Test
  void smoothedCurveOfALineIsItselfUpToTheFirstGap() {
    double[] values = IntStream.range(0, 300).mapToDouble(i -> 3 - 0.01 * i).toArray();
    values[250] = Double.NaN;
    Curve smoothed = of(values).smoothed(0.02, Scale.LINEAR);
    assertEquals(250, smoothed.size());
    for (int point = 0; point < smoothed.size(); point++) {
      assertEquals(3 - 0.01 * smoothed.step(point), smoothed.value(point), 1e-12);
    }
  }

  @Test
  void smoothedCurveHasLessNoiseAndFewPoints() {
    Random noise = new Random(1);
    Curve noisy = of(noise.doubles(50_000, 2, 3).toArray());
    Curve smoothed = noisy.smoothed(0.02, Scale.LINEAR);
    assertTrue(smoothed.size() <= 1001);
    // Few points count at the beginning, where noise stays.
    assertTrue(
        smoothed
            .between(1000, 50_000)
            .finiteValues()
            .allMatch(loss -> Math.abs(loss - 2.5) < 0.05));
    assertEquals(49_999, smoothed.step(smoothed.size() - 1));
  }

  /// Losses of perceptrons fall from 23 to 4 in a hundredth of their steps.
  @ParameterizedTest
  @EnumSource(Scale.class)
  void smoothedCurveBeginsWhereTheLossesDo(Scale scale) {
    double[] losses = IntStream.range(0, 5000).mapToDouble(i -> 4 + 20 / (1 + 0.1 * i)).toArray();
    Curve smoothed = of(losses).smoothed(0.02, scale);
    assertEquals(0, smoothed.step(0));
    for (int point = 0; point < smoothed.size(); point++) {
      double loss = losses[(int) smoothed.step(point)];
      assertEquals(loss, smoothed.value(point), 0.08 * loss);
    }
  }

  @Test
  void pointsAreSpreadByTheScaleOfTheAxis() {
    Curve thinned = of(new Random(1).doubles(100_000).toArray()).thinned(400, Scale.LOGARITHMIC);
    long early = IntStream.range(0, thinned.size()).filter(i -> thinned.step(i) < 300).count();
    assertTrue(early > 100, () -> early + " points in the first half of the axis");
    assertTrue(thinned.size() <= 400);
    Curve smoothed = of(new Random(1).doubles(100_000).toArray()).smoothed(0.02, Scale.LOGARITHMIC);
    assertEquals(1, smoothed.step(1));
    assertTrue(smoothed.size() <= 1001);
  }

  @Test
  void meanOfCurvesEndsWithTheFirst() {
    Curve mean = Curve.mean(List.of(of(1, 2, 3), of(3, 4)));
    assertEquals(2, mean.size());
    assertEquals(2, mean.value(0));
    assertEquals(3, mean.value(1));
  }

  @Test
  void movingMeansAreThoseOfNeighbours() {
    Random random = new Random(7);
    for (int trial = 0; trial < 200; trial++) {
      int size = 1 + random.nextInt(40);
      int points = 1 + random.nextInt(size);
      double[] steps = IntStream.range(0, size).mapToDouble(step -> 10 * step).toArray();
      double[] values = random.doubles(size, -5, 5).toArray();
      Curve means = new Curve(steps, values).movingMeans(points);
      assertEquals(size - points + 1, means.size());
      for (int i = 0; i < means.size(); i++) {
        double mean = Arrays.stream(values, i, i + points).average().orElseThrow();
        assertEquals(mean, means.value(i), 1e-12);
        assertEquals(10 * (i + (points - 1) / 2.0), means.step(i), 1e-9);
      }
    }
  }

  @Test
  void aHugeLossLeavesNoTraceInTheMeansAfterIt() {
    double[] values = {1e38, Double.POSITIVE_INFINITY, 2, 3, 4, 5};
    Curve means = new Curve(new double[] {0, 1, 2, 3, 4, 5}, values).movingMeans(2);
    assertEquals(2.5, means.value(2), 1e-15);
    assertEquals(4.5, means.value(4), 1e-15);
    assertEquals(Double.POSITIVE_INFINITY, means.value(1));
  }
}
