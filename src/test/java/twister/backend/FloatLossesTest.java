package twister.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatLossesTest {
  private static final int STEPS = 3;
  private static final int RUNS = 2;

  /// (S, R, parts), two parts of the NLL and then three of the squares.
  private static final FloatLosses.Layout LAYOUT = new FloatLosses.Layout(RUNS * 5, 5, 1, 2, 2, 3);

  /// Of which only the first run has an L2 term.
  private static final FloatLosses.Terms TERMS =
      new FloatLosses.Terms(10, 4, new double[] {0.5, 0});

  private static float[] numbers() {
    float[] numbers = new float[STEPS * RUNS * 5 + 7];
    Random random = new Random(1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat();
    }
    return numbers;
  }

  private static FloatLosses losses(float[] numbers) {
    return new FloatLosses(MemorySegment.ofArray(numbers), LAYOUT, TERMS, STEPS);
  }

  @Test
  void lossesAreSumsOfPartsInDoublePrecision() {
    float[] numbers = numbers();
    FloatLosses losses = losses(numbers);
    for (int step = 0; step < STEPS; step++) {
      for (int run = 0; run < RUNS; run++) {
        int at = (step * RUNS + run) * 5;
        double nll = ((double) numbers[at] + numbers[at + 1]) / 10;
        double squares = (double) numbers[at + 2] + numbers[at + 3] + numbers[at + 4];
        assertEquals(nll, losses.nll(step, run));
        assertEquals(run == 0 ? 0.5 * (squares / 4) : 0, losses.l2Term(step, run));
        assertEquals(nll + losses.l2Term(step, run), losses.loss(step, run));
      }
    }
  }

  @Test
  void thoseThatAreKeptStayWhileOthersAreWrittenOver() {
    float[] numbers = numbers();
    FloatLosses losses = losses(numbers);
    double before = losses.loss(2, 0);
    StepLosses kept = losses.kept();
    numbers[2 * RUNS * 5] = 7;
    assertEquals(before, kept.loss(2, 0));
    assertFalse(before == losses.loss(2, 0));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void oneLossThatIsNotFiniteIsFound(float number) {
    for (int place = 0; place < STEPS * RUNS * 5; place++) {
      float[] numbers = numbers();
      numbers[place] = number;
      boolean isUnused = place / 5 % RUNS == 1 && place % 5 >= 2;
      assertEquals(isUnused, losses(numbers).areFinite(), "place " + place);
    }
  }

  @ParameterizedTest
  @ValueSource(
      floats = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0.0f, Float.MIN_NORMAL})
  void finiteNumbersAreFinite(float number) {
    float[] numbers = numbers();
    Arrays.fill(numbers, number);
    assertTrue(losses(numbers).areFinite());
  }

  @Test
  void numbersBehindThoseOfTheStepsDoNotCount() {
    float[] numbers = numbers();
    numbers[STEPS * RUNS * 5] = Float.NaN;
    assertTrue(losses(numbers).areFinite());
  }

  @ParameterizedTest
  @CsvSource({"1e271, false", "1e38, true"})
  void strengthBeyondSinglePrecisionIsReckonedWith(double l2, boolean isFinite) {
    float[] numbers = numbers();
    numbers[2] = Float.MAX_VALUE;
    FloatLosses losses =
        new FloatLosses(
            MemorySegment.ofArray(numbers),
            LAYOUT,
            new FloatLosses.Terms(10, 4, new double[] {l2, 0}),
            STEPS);
    assertEquals(isFinite, losses.areFinite());
  }
}
