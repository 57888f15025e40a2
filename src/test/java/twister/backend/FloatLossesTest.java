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
        assertEquals(nll + (run == 0 ? 0.5 * (squares / 4) : 0), losses.loss(step, run));
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

  @Test
  void memoryIsUsedAgainByLossesThatAreKeptInIt() {
    LossMemory memory = new LossMemory();
    float[] numbers = numbers();
    StepLosses first = losses(numbers).kept(memory);
    assertEquals(losses(numbers).loss(2, 1), first.loss(2, 1));
    float[] others = numbers();
    others[2 * RUNS * 5 + 5] = 7;
    StepLosses second = losses(others).kept(memory);
    assertEquals(losses(others).loss(2, 1), second.loss(2, 1));
    assertEquals(second.loss(2, 1), first.loss(2, 1), "the memory holds but the latest");
  }

  /// More than a chunk of memory, and as many chunks as several processors copy.
  @ParameterizedTest
  @ValueSource(ints = {1, 1 << 15, (1 << 15) + 1, 32 << 15, (40 << 15) + 7})
  void manyNumbersAreKeptAndLookedAt(int count) {
    FloatLosses.Layout layout = new FloatLosses.Layout(count, 1, 0, 1, 0, 0);
    FloatLosses.Terms terms = new FloatLosses.Terms(1, 1, new double[count]);
    LossMemory memory = new LossMemory();
    float[] numbers = new float[count];
    for (int bad : new int[] {count, 0, count / 2, count - 1, count}) {
      for (int i = 0; i < count; i++) {
        numbers[i] = i == bad ? Float.NaN : i;
      }
      StepLosses kept =
          new FloatLosses(MemorySegment.ofArray(numbers), layout, terms, 1).kept(memory);
      assertEquals(bad == count, kept.areFinite(), "not finite: " + bad);
      for (int run = 0; run < count; run += Math.max(1, count / 97)) {
        assertEquals(run == bad ? Double.NaN : run, kept.nll(0, run));
      }
    }
  }

  /// A copy of floats as it is, or sums of many parts.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void compactLossesStayWhileOthersAreWrittenOver(boolean ofManyParts) {
    int parts = ofManyParts ? 5 : 2;
    FloatLosses.Layout layout = new FloatLosses.Layout(RUNS * parts, parts, 1, 1, 1, parts - 1);
    float[] numbers = numbers();
    FloatLosses losses = new FloatLosses(MemorySegment.ofArray(numbers), layout, TERMS, STEPS);
    double loss = losses.loss(2, 0);
    double nll = losses.nll(1, 1);
    StepLosses compact = losses.compact();
    Arrays.fill(numbers, 7);
    assertEquals(loss, compact.loss(2, 0));
    assertEquals(nll, compact.nll(1, 1));
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
