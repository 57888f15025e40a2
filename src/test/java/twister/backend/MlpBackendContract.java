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

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.GoldenFile;
import twister.data.Blocks;
import twister.data.Corpus;
import twister.data.CorpusReader;
import twister.data.Vocabulary;
import twister.model.MlpModel;
import twister.model.MlpShape;
import twister.spec.Generator;
import twister.spec.InitSpec;
import twister.spec.LearningRate;
import twister.yaml.InvalidInputException;

/// What every backend that trains multi-layer perceptrons must do: a subclass brings the backend
/// and its bound.
public abstract class MlpBackendContract {
  private static final int STEPS = 7;
  private static final MlpShape SHAPE = new MlpShape(3, 4, 21, 11);

  /// Of losses after up to 200 steps, which spread what is rounded at the first.
  private static final double PYTORCH_TOLERANCE = 1e-4;

  private static final InitSpec INIT = new InitSpec(Generator.TORCH_CPU, 2147483647L);

  /// Opens a session on the device under test.
  protected abstract TrainingSession open(Problem.OverBlocks problem, List<RunConfig> runs);

  /// How far losses and weights may be from the reference's, relative to their norm.
  protected abstract double tolerance();

  @ParameterizedTest(name = "R = {0}, B = {1}, E = {2}, H = {3}, V = {4}, N = {5}, batch {6}")
  @CsvSource({
    "1, 3, 2, 100, 27, 300, 32",
    "3, 3, 10, 200, 27, 300, 32",
    "1, 3, 10, 240, 27, 100, 30",
    "3, 1, 1, 1, 2, 1, 1",
    "3, 1, 1, 1, 2, 5, 1",
    "3, 2, 3, 7, 5, 50, 1",
    "3, 4, 5, 13, 60, 90, 7",
    "3, 1, 7, 33, 27, 200, 45",
    "3, 4, 10, 31, 3, 150, 129",
    "3, 3, 3, 12, 8, 300, 0",
    "1, 2, 2, 5, 9, 9000, 0",
    "16, 3, 2, 19, 27, 77, 0",
    "16, 2, 1, 9, 4, 100, 33"
  })
  void trainsAsTheReferenceDoes(int r, int b, int e, int h, int v, int n, int batch) {
    Random random = new Random(r * 31L + b * 7L + h);
    MlpShape shape = new MlpShape(b, e, h, v);
    var problem = new Problem.OverBlocks(RandomProblems.blocks(random, shape, n), shape, batch);
    List<RunConfig> runs = RandomProblems.mlpRuns(random, r, shape);
    try (TrainingSession session = open(problem, runs);
        TrainingSession reference = new MlpReferenceSession(problem, runs)) {
      StepLosses actual = session.advance(STEPS).kept();
      StepLosses expected = reference.advance(STEPS);
      for (int run = 0; run < r; run++) {
        assertClose(losses(expected, run), losses(actual, run), tolerance(), 1);
        assertClose(reference.weights(run), session.weights(run), tolerance(), norm(runs.get(run)));
        assertClose(
            losses(reference.evaluate(), run), losses(session.evaluate(), run), tolerance(), 1);
      }
    }
  }

  @ParameterizedTest(name = "batch {0}")
  @ValueSource(ints = {0, 13, 32})
  void sessionThatGoesOnHasTheBitsOfOneThatNeverStopped(int batch) {
    Random random = new Random(6);
    var problem = new Problem.OverBlocks(RandomProblems.blocks(random, SHAPE, 300), SHAPE, batch);
    List<RunConfig> runs = RandomProblems.mlpRuns(random, 4, SHAPE);
    try (TrainingSession whole = open(problem, runs);
        TrainingSession other = open(problem, runs)) {
      whole.advance(5);
      assertGoesOn(whole, 5, other, 4, STEPS);
    }
  }

  /// The 200 losses of PyTorch, and its loss over every example after them.
  @ParameterizedTest(name = "E = {0}, H = {1}, learning rate {2}")
  @CsvSource({"10, 200, 0.05", "2, 100, 0.1"})
  void trainsAsPyTorchDoes(int embedding, int hidden, double rate) throws InvalidInputException {
    Corpus corpus = CorpusReader.corpus(Path.of("names.txt"), "names.txt");
    MlpShape shape = new MlpShape(3, embedding, hidden, 27);
    Blocks examples = Blocks.of(corpus.words(), Vocabulary.of(corpus), 3);
    RunConfig run =
        new RunConfig(
            MlpModel.initialParameters(INIT, shape),
            LearningRate.constant(rate),
            0,
            Optional.of(new BatchSource.AfterParameters(INIT, shape)));
    double[] expected = pytorchLosses(hidden);
    assertEquals(201, expected.length);
    try (TrainingSession session =
        open(new Problem.OverBlocks(examples, shape, 32), List.of(run))) {
      StepLosses losses = session.advance(200);
      for (int step = 0; step < 200; step++) {
        assertEquals(1, losses.nll(step, 0) / expected[step], PYTORCH_TOLERANCE, "step " + step);
      }
      assertEquals(1, session.evaluate().nll(0, 0) / expected[200], PYTORCH_TOLERANCE);
    }
  }

  private static double[] pytorchLosses(int hidden) {
    return GoldenFile.rows("mlp-training.csv").stream()
        .filter(row -> Integer.parseInt(row.get("hidden")) == hidden)
        .mapToDouble(row -> Double.parseDouble(row.get("loss")))
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 33})
  void runOfABatchHasTheBitsItHasAlone(int batch) {
    Random random = new Random(3);
    var problem = new Problem.OverBlocks(RandomProblems.blocks(random, SHAPE, 333), SHAPE, batch);
    List<RunConfig> runs = RandomProblems.mlpRuns(random, 16, SHAPE);
    try (TrainingSession session = open(problem, runs)) {
      StepLosses together = session.advance(STEPS).kept();
      for (int run : new int[] {0, 1, 7, 15}) {
        try (TrainingSession alone = open(problem, List.of(runs.get(run)))) {
          assertArrayEquals(losses(alone.advance(STEPS), 0), losses(together, run));
          assertArrayEquals(alone.weights(0), session.weights(run));
          assertEquals(alone.evaluate().loss(0, 0), session.evaluate().loss(0, run));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void releasedRunsLeaveTheOthersAlone(int batch) {
    Random random = new Random(8);
    var problem = new Problem.OverBlocks(RandomProblems.blocks(random, SHAPE, 50), SHAPE, batch);
    List<RunConfig> runs = RandomProblems.mlpRuns(random, 4, SHAPE);
    try (TrainingSession whole = open(problem, runs);
        TrainingSession session = open(problem, runs)) {
      whole.advance(2);
      session.advance(2);
      session.release(0);
      session.release(2);
      StepLosses expected = whole.advance(STEPS).kept();
      StepLosses actual = session.advance(STEPS).kept();
      for (int run : new int[] {1, 3}) {
        assertArrayEquals(losses(expected, run), losses(actual, run));
        assertEquals(whole.evaluate().loss(0, run), session.evaluate().loss(0, run));
        assertArrayEquals(whole.weights(run), session.weights(run));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void slicesOfStepsHaveTheBitsOfOneAdvance(int batch) {
    Random random = new Random(4);
    var problem = new Problem.OverBlocks(RandomProblems.blocks(random, SHAPE, 50), SHAPE, batch);
    List<RunConfig> runs = RandomProblems.mlpRuns(random, 3, SHAPE);
    try (TrainingSession whole = open(problem, runs);
        TrainingSession sliced = open(problem, runs)) {
      StepLosses all = whole.advance(6);
      assertEquals(all.loss(0, 1), sliced.advance(1).loss(0, 1));
      sliced.evaluate();
      assertEquals(all.loss(5, 2), sliced.advance(5).loss(4, 2));
      assertArrayEquals(whole.weights(1), sliced.weights(1));
    }
  }

  @Test
  void divergingRunLeavesItsNeighboursAlone() {
    Random random = new Random(5);
    var problem = new Problem.OverBlocks(RandomProblems.blocks(random, SHAPE, 60), SHAPE, 7);
    List<RunConfig> runs = RandomProblems.mlpRuns(random, 3, SHAPE);
    RunConfig middle = runs.get(1);
    RunConfig wild =
        new RunConfig(
            middle.initialWeights(), LearningRate.constant(1e300), 1e20, middle.batches());
    try (TrainingSession session = open(problem, List.of(runs.get(0), wild, runs.get(2)));
        TrainingSession calm = open(problem, runs)) {
      for (int part = 0; part < 2; part++) {
        StepLosses losses = session.advance(STEPS);
        StepLosses calmLosses = calm.advance(STEPS);
        assertFalse(Double.isFinite(losses.loss(STEPS - 1, 1)));
        assertTrue(Double.isFinite(losses.loss(STEPS - 1, 0)));
        assertArrayEquals(losses(calmLosses, 0), losses(losses, 0));
        assertArrayEquals(losses(calmLosses, 2), losses(losses, 2));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {100, 1e6f, 1e12f, 1e18f, 1e30f})
  void hugeLogitsDoNotOverflow(float largest) {
    MlpShape shape = new MlpShape(1, 1, 1, 4);
    Blocks examples = new Blocks(new int[] {0, 0}, new int[] {0, 3}, 1, 4);
    float[] parameters = new float[shape.parameters()];
    System.arraycopy(new float[] {-5, -3, 0, largest}, 0, parameters, shape.b2(), 4);
    RunConfig run = new RunConfig(parameters, LearningRate.constant(1), 0);
    try (TrainingSession session = open(new Problem.OverBlocks(examples, shape), List.of(run))) {
      double loss = (largest + 5.0) / 2;
      assertEquals(loss, session.advance(1).nll(0, 0), loss * tolerance());
      double[] biases = new double[4];
      System.arraycopy(session.weights(0), shape.b2(), biases, 0, 4);
      assertArrayEquals(new double[] {-4.5, -3, 0}, Arrays.copyOf(biases, 3), tolerance());
      assertEquals(largest - 0.5, biases[3], largest * tolerance());
    }
  }

  /// After the first step every hidden unit is at an end of tanh, where its slope is next to
  /// nothing: what passes for it there times a rate like this would blow up the weights before it.
  @ParameterizedTest
  @ValueSource(doubles = {1e3, 1e6, 1e12})
  void hugeLearningRatesSaturateUnitsAndBlowUpNothing(double rate) {
    Random random = new Random(12);
    MlpShape shape = new MlpShape(3, 10, 100, 27);
    var problem = new Problem.OverBlocks(RandomProblems.blocks(random, shape, 90), shape, 32);
    RunConfig calm = RandomProblems.mlpRuns(random, 1, shape).getFirst();
    RunConfig run =
        new RunConfig(calm.initialWeights(), LearningRate.constant(rate), 0, calm.batches());
    try (TrainingSession session = open(problem, List.of(run));
        TrainingSession reference = new MlpReferenceSession(problem, List.of(run))) {
      double[] expected = losses(reference.advance(STEPS), 0);
      double[] actual = losses(session.advance(STEPS), 0);
      assertTrue(DoubleStream.of(expected).allMatch(Double::isFinite));
      for (int step = 0; step < STEPS; step++) {
        assertEquals(1, actual[step] / expected[step], tolerance(), "step " + step);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void parametersThatAreNoNumbersGiveNoFiniteLossAndNoException(float value) {
    Random random = new Random(9);
    Blocks examples = RandomProblems.blocks(random, SHAPE, 90);
    RunConfig calm = RandomProblems.mlpRuns(random, 1, SHAPE).getFirst();
    int[] places = {0, SHAPE.w1(), SHAPE.b1(), SHAPE.w2(), SHAPE.b2()};
    List<RunConfig> runs =
        IntStream.of(places)
            .mapToObj(
                place -> {
                  float[] parameters = calm.initialWeights().clone();
                  parameters[place] = value;
                  return new RunConfig(parameters, calm.learningRate(), 1);
                })
            .toList();
    try (TrainingSession session = open(new Problem.OverBlocks(examples, SHAPE), runs)) {
      StepLosses losses = session.advance(2);
      for (int run = 0; run < places.length; run++) {
        assertFalse(Double.isFinite(losses.loss(0, run)), "run " + run);
        assertFalse(Double.isFinite(losses.loss(1, run)), "run " + run);
        assertTrue(Double.isNaN(losses.nll(0, run)) || Float.isInfinite(value), "run " + run);
      }
    }
  }

  @Test
  void runsThatCannotBeTrainedAreRefused() {
    var problem = new Problem.OverBlocks(RandomProblems.blocks(new Random(6), SHAPE, 10), SHAPE, 4);
    int right = SHAPE.parameters();
    assertEquals(
        "weights: expected (%d), got (5)".formatted(right), refusal(problem, 5).getMessage());
    assertEquals("batches: expected a source of 4, got none", refusal(problem, right).getMessage());
  }

  private IllegalArgumentException refusal(Problem.OverBlocks problem, int parameters) {
    RunConfig run = new RunConfig(new float[parameters], LearningRate.constant(1), 0);
    return assertThrows(IllegalArgumentException.class, () -> open(problem, List.of(run)));
  }
}
