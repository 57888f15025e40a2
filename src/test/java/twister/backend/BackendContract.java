package twister.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twister.backend.Closeness.assertClose;
import static twister.backend.Closeness.assertGoesOn;
import static twister.backend.Closeness.losses;
import static twister.backend.Closeness.norm;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.spec.LearningRate;
import twister.spec.Spacing;

/// What every backend must do, whatever its device: a subclass brings the backend and its bound.
public abstract class BackendContract {
  private static final int STEPS = 7;

  /// What a training must do in the same way on either path, with and without accumulation.
  enum Form {
    COUNTS,
    EXAMPLES,
    ACCUMULATING_COUNTS,
    ACCUMULATING_EXAMPLES;

    boolean accumulates() {
      return this == ACCUMULATING_COUNTS || this == ACCUMULATING_EXAMPLES;
    }

    Problem problem(Examples examples) {
      return switch (this) {
        case COUNTS, ACCUMULATING_COUNTS ->
            new Problem.OverCounts(NgramCounts.of(examples), accumulates());
        case EXAMPLES, ACCUMULATING_EXAMPLES -> new Problem.OverExamples(examples, accumulates());
      };
    }
  }

  /// Opens a session on the device under test.
  protected abstract TrainingSession open(Problem problem, List<RunConfig> runs);

  /// How far losses and weights may be from the reference's, relative to their norm.
  protected abstract double tolerance();

  static Stream<Arguments> shapes() {
    return Stream.of(Form.values())
        .flatMap(
            form ->
                Stream.of(
                    Arguments.of(form, 1, 1, 1, 1),
                    Arguments.of(form, 1, 27, 27, 5000),
                    Arguments.of(form, 3, 1, 2, 1),
                    Arguments.of(form, 3, 5, 1, 9),
                    Arguments.of(form, 3, 31, 29, 300),
                    Arguments.of(form, 3, 700, 27, 2500),
                    Arguments.of(form, 3, 27, 27, 228_146),
                    Arguments.of(form, 64, 13, 17, 129),
                    Arguments.of(form, 64, 27, 27, 1)));
  }

  @ParameterizedTest(name = "{0}: R = {1}, C = {2}, V = {3}, N = {4}")
  @MethodSource("shapes")
  void trainsAsTheReferenceDoes(Form form, int r, int c, int v, int n) {
    Random random = new Random(r * 31L + c * 7L + v);
    Examples examples = RandomProblems.examples(random, c, v, n);
    List<RunConfig> runs = RandomProblems.runs(random, r, c * v);
    try (TrainingSession session = open(form.problem(examples), runs);
        TrainingSession reference = new ReferenceSession(examples, form.accumulates(), runs)) {
      StepLosses actual = session.advance(STEPS);
      StepLosses expected = reference.advance(STEPS);
      for (int run = 0; run < r; run++) {
        // A loss is a difference of logits and keeps their rounding errors, however small it is.
        assertClose(losses(expected, run), losses(actual, run), tolerance(), 1);
        // Weights that shrink keep the rounding errors of the size that they had.
        assertClose(reference.weights(run), session.weights(run), tolerance(), norm(runs.get(run)));
      }
      assertClose(
          losses(reference.evaluate(), r - 1), losses(session.evaluate(), r - 1), tolerance(), 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void runOfABatchHasTheBitsItHasAlone(Form form) {
    Random random = new Random(3);
    Examples examples = RandomProblems.examples(random, 27, 27, 3000);
    List<RunConfig> runs = RandomProblems.runs(random, 64, 27 * 27);
    try (TrainingSession batch = open(form.problem(examples), runs)) {
      StepLosses together = batch.advance(STEPS);
      for (int run : new int[] {0, 1, 31, 63}) {
        try (TrainingSession alone = open(form.problem(examples), List.of(runs.get(run)))) {
          assertArrayEquals(losses(alone.advance(STEPS), 0), losses(together, run));
          assertArrayEquals(alone.weights(0), batch.weights(run));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void slicesOfStepsHaveTheBitsOfOneAdvance(Form form) {
    Random random = new Random(4);
    Examples examples = RandomProblems.examples(random, 9, 11, 500);
    List<RunConfig> runs = RandomProblems.runs(random, 3, 9 * 11);
    try (TrainingSession whole = open(form.problem(examples), runs);
        TrainingSession sliced = open(form.problem(examples), runs)) {
      StepLosses all = whole.advance(6);
      assertEquals(all.loss(0, 1), sliced.advance(1).loss(0, 1));
      sliced.evaluate();
      assertEquals(all.loss(5, 2), sliced.advance(5).loss(4, 2));
      assertArrayEquals(whole.weights(1), sliced.weights(1));
    }
  }

  /// After 5 steps, and after 40, when the shifts of the rows are no longer the first ones.
  @ParameterizedTest(name = "{0} after {1} steps")
  @CsvSource({
    "COUNTS, 5",
    "COUNTS, 40",
    "EXAMPLES, 5",
    "ACCUMULATING_COUNTS, 5",
    "ACCUMULATING_COUNTS, 40",
    "ACCUMULATING_EXAMPLES, 5"
  })
  void sessionThatGoesOnHasTheBitsOfOneThatNeverStopped(Form form, int steps) {
    Random random = new Random(5);
    Examples examples = RandomProblems.examples(random, 27, 29, 700);
    List<RunConfig> runs = RandomProblems.runs(random, 5, 27 * 29);
    try (TrainingSession whole = open(form.problem(examples), runs);
        TrainingSession other = open(form.problem(examples), runs)) {
      whole.advance(steps);
      assertGoesOn(whole, steps, other, 5, STEPS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void releasedRunsLeaveTheOthersAlone(Form form) {
    Random random = new Random(8);
    Examples examples = RandomProblems.examples(random, 27, 27, 500);
    List<RunConfig> runs = RandomProblems.runs(random, 40, 27 * 27);
    try (TrainingSession whole = open(form.problem(examples), runs);
        TrainingSession session = open(form.problem(examples), runs)) {
      whole.advance(2);
      session.advance(2);
      IntStream.range(1, 30).forEach(session::release);
      StepLosses expected = whole.advance(STEPS);
      StepLosses actual = session.advance(STEPS);
      for (int run : new int[] {0, 30, 39}) {
        assertArrayEquals(losses(expected, run), losses(actual, run));
      }
      StepLosses expectedLast = whole.evaluate();
      StepLosses actualLast = session.evaluate();
      for (int run : new int[] {0, 30, 39}) {
        assertEquals(expectedLast.loss(0, run), actualLast.loss(0, run));
        assertArrayEquals(whole.weights(run), session.weights(run));
      }
    }
  }

  /// Beside a run in few phases, whose table of rates is then longer than it needs to be.
  @ParameterizedTest
  @EnumSource
  void rangeTestTakesTheRateOfEachStep(Form form) {
    Random random = new Random(7);
    Examples examples = RandomProblems.examples(random, 9, 11, 500);
    List<RunConfig> phases = RandomProblems.runs(random, 2, 9 * 11);
    LearningRate range = new LearningRate.RangeTest(Spacing.LOG, 0.01, 30, STEPS);
    RunConfig test = new RunConfig(phases.get(0).initialWeights(), range, 0.01);
    List<RunConfig> runs = List.of(phases.get(1), test);
    try (TrainingSession session = open(form.problem(examples), runs);
        TrainingSession alone = open(form.problem(examples), List.of(phases.get(1)));
        TrainingSession reference = new ReferenceSession(examples, form.accumulates(), runs)) {
      StepLosses actual = session.advance(STEPS);
      StepLosses expected = reference.advance(STEPS);
      assertClose(losses(expected, 1), losses(actual, 1), tolerance(), 1);
      assertClose(reference.weights(1), session.weights(1), tolerance(), norm(test));
      assertArrayEquals(losses(alone.advance(STEPS), 0), losses(actual, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void hugeLogitsDoNotOverflow(Form form) {
    Examples examples = new Examples(new int[] {0, 0}, new int[] {2, 3}, 1, 4);
    RunConfig run =
        new RunConfig(new float[] {-5000, -3000, 0, 10000}, LearningRate.constant(1), 0);
    try (TrainingSession session = open(form.problem(examples), List.of(run))) {
      assertEquals(5000, session.evaluate().nll(0, 0), 5000 * tolerance());
    }
  }

  @ParameterizedTest
  @EnumSource
  void hugeWeightsTrainAsIfTheirExponentialsWereExact(Form form) {
    for (float huge : new float[] {1e6f, 1e12f, 1e18f, 1e30f}) {
      Examples examples = new Examples(new int[] {0, 0}, new int[] {2, 3}, 1, 4);
      RunConfig run = new RunConfig(new float[] {-huge, 0, 1, huge}, LearningRate.constant(1), 0);
      try (TrainingSession session = open(form.problem(examples), List.of(run))) {
        assertEquals((huge - 1.0) / 2, session.advance(1).nll(0, 0), huge * tolerance());
        double[] weights = session.weights(0);
        assertArrayEquals(
            new double[] {0, 1.5}, Arrays.copyOfRange(weights, 1, 3), tolerance(), "at " + huge);
        assertEquals(-huge, weights[0], huge * tolerance());
        assertEquals(huge - 0.5, weights[3], huge * tolerance());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void divergingRunLeavesItsNeighboursAlone(Form form) {
    Random random = new Random(5);
    Examples examples = RandomProblems.examples(random, 5, 7, 100);
    List<RunConfig> runs = RandomProblems.runs(random, 3, 35);
    RunConfig wild =
        new RunConfig(runs.get(1).initialWeights(), LearningRate.constant(1e300), 1e20);
    List<RunConfig> withWild = List.of(runs.get(0), wild, runs.get(2));
    try (TrainingSession session = open(form.problem(examples), withWild);
        TrainingSession calm = open(form.problem(examples), runs)) {
      StepLosses losses = session.advance(STEPS);
      StepLosses calmLosses = calm.advance(STEPS);
      assertFalse(Double.isFinite(losses.loss(STEPS - 1, 1)));
      assertTrue(Double.isFinite(losses.loss(STEPS - 1, 0)));
      assertArrayEquals(losses(calmLosses, 0), losses(losses, 0));
      assertArrayEquals(losses(calmLosses, 2), losses(losses, 2));
    }
  }

  @Test
  void weightsOfAnotherShapeAreRefusedWithBothShapes() {
    Examples examples = RandomProblems.examples(new Random(6), 2, 3, 10);
    RunConfig run = new RunConfig(new float[5], LearningRate.constant(1), 0);
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> open(new Problem.OverExamples(examples), List.of(run)));
    assertEquals("weights: expected (2, 3), got (5)", refusal.getMessage());
  }
}
