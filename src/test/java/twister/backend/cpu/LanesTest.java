package twister.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final int LANES = 1000;

  @Test
  void exponentialsAreExactBesideOne() {
    double[] logits = values(-64, 4);
    double[] shifts = shifts(0, LANES);
    double[] exponentials = new double[LANES];
    double[] sums = DoubleStream.generate(() -> 2).limit(LANES).toArray();
    Lanes.exponentials(exponentials, sums, logits, shifts, LANES);
    for (int i = 0; i < LANES; i++) {
      double expected = Math.exp(logits[i]);
      assertEquals(expected, exponentials[i], 4e-14 * Math.max(expected, 0.01));
      assertEquals(2 + exponentials[i], sums[i]);
    }
  }

  @Test
  void exponentialsGoByTheDifferenceToTheShift() {
    double[] logits = values(300, 360);
    double[] shifts = shifts(358, LANES);
    double[] exponentials = new double[LANES];
    Lanes.exponentials(exponentials, new double[LANES], logits, shifts, LANES);
    for (int i = 0; i < LANES; i++) {
      double expected = Math.exp(logits[i] - 358);
      assertEquals(expected, exponentials[i], 1e-12 * Math.max(expected, 0.01));
    }
  }

  @Test
  void exponentialsOfHugeLogitsGoByTheirDifferencesAsWell() {
    double[] logits = {1e30, Math.nextDown(1e30), 0, -1e30};
    double[] exponentials = new double[4];
    Lanes.exponentials(exponentials, new double[4], logits, shifts(1e30, 4), 4);
    assertEquals(1, exponentials[0], 4e-14);
    for (int i = 1; i < 4; i++) {
      assertEquals(1.6e-28, exponentials[i], 1e-29);
    }
  }

  @Test
  void exponentialsOutsideTheirRangeAreSmallOrLargeButNeverBetween() {
    double infinity = Double.POSITIVE_INFINITY;
    double[] logits = {-65, -1000, -1e300, 60, 1000, 1e300, infinity, Double.NaN};
    double[] exponentials = new double[logits.length];
    double[] shifts = shifts(0, logits.length);
    Lanes.exponentials(exponentials, new double[logits.length], logits, shifts, logits.length);
    for (int i = 0; i < 3; i++) {
      assertEquals(1.6e-28, exponentials[i], 1e-29);
    }
    for (int i = 3; i < 7; i++) {
      assertTrue(exponentials[i] > 1e20, exponentials[i] + " for " + logits[i]);
    }
    assertEquals(Double.NaN, exponentials[7]);
  }

  @Test
  void exponentialsOfScaledDifferencesAreThoseOfTheDifferences() {
    double[] differences = values(-64, 0);
    double[] exponentials =
        DoubleStream.of(differences).map(value -> Lanes.scaled(5 + value, 5)).toArray();
    double[] sums = new double[LANES];
    Lanes.exponentialsOfScaled(exponentials, sums, LANES);
    for (int i = 0; i < LANES; i++) {
      double expected = Math.exp(differences[i]);
      assertEquals(expected, exponentials[i], 4e-14 * Math.max(expected, 0.01));
      assertEquals(exponentials[i], sums[i]);
    }
  }

  @Test
  void logarithmsAreThoseOfTheLibrary() {
    double[] values = values(0.3, 3);
    values[0] = 1;
    values[1] = 1e-28;
    values[2] = 1e300;
    values[3] = Double.POSITIVE_INFINITY;
    values[4] = Double.NaN;
    values[5] = 2.0 / 3;
    values[6] = 1.5;
    double[] logarithms = new double[LANES];
    Lanes.logarithms(logarithms, values, LANES);
    for (int i = 0; i < LANES; i++) {
      double expected = Math.log(values[i]);
      if (Double.isFinite(expected)) {
        assertEquals(expected, logarithms[i], 2e-16 * Math.max(1, expected));
      } else {
        assertEquals(expected, logarithms[i]);
      }
    }
    assertEquals(0, logarithms[0]);
  }

  @Test
  void sumsOfLogarithmsDoNotOverflow() {
    double[] values = values(1, 5000);
    double expected = DoubleStream.of(values).map(Math::log).sum();
    assertEquals(expected, Lanes.sumOfLogarithms(values, LANES), 1e-12 * expected);
    values[7] = Double.POSITIVE_INFINITY;
    assertEquals(Double.POSITIVE_INFINITY, Lanes.sumOfLogarithms(values, LANES));
    values[7] = Double.NaN;
    assertEquals(Double.NaN, Lanes.sumOfLogarithms(values, LANES));
  }

  private static double[] shifts(double shift, int lanes) {
    double[] shifts = new double[lanes];
    Arrays.fill(shifts, shift);
    return shifts;
  }

  private static double[] values(double from, double to) {
    return new Random(1).doubles(LANES, from, to).toArray();
  }
}
