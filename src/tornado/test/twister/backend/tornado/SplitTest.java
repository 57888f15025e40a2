package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.backend.Problem;
import twister.backend.RandomProblems;
import twister.backend.RunConfig;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.data.Blocks;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.model.MlpShape;
import twister.spec.LearningRate;

/// Batches that do not fit into a device's memory at once.
class SplitTest {
  private static final int RUNS = 7;
  private static final int SYMBOLS = 11;
  private static final Examples EXAMPLES = examples();
  private static final List<RunConfig> RUN_CONFIGS = runs();

  private static Examples examples() {
    Random random = new Random(7);
    return new Examples(
        random.ints(3000, 0, SYMBOLS).toArray(),
        random.ints(3000, 0, SYMBOLS).toArray(),
        SYMBOLS,
        SYMBOLS);
  }

  private static List<RunConfig> runs() {
    Random random = new Random(8);
    List<RunConfig> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      float[] weights = new float[SYMBOLS * SYMBOLS];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) random.nextGaussian();
      }
      runs.add(new RunConfig(weights, LearningRate.constant(1 + run), 0.01 * run));
    }
    return runs;
  }

  private static void assertSplitChangesNothing(
      Problem problem, List<RunConfig> runs, long memory) {
    TornadoBackend small = TestDevices.withMemory(memory);
    Device device = small.devices().getFirst();
    try (TrainingSession whole = TestDevices.BACKEND.open(device, problem, runs);
        TrainingSession split = small.open(device, problem, runs)) {
      for (int steps : new int[] {1, 5, 12}) {
        assertSame(whole.advance(steps), split.advance(steps));
      }
      assertSame(whole.evaluate(), split.evaluate());
      for (int run = 0; run < RUNS; run++) {
        assertArrayEquals(whole.weights(run), split.weights(run));
      }
    }
  }

  private static void assertSame(StepLosses expected, StepLosses actual) {
    for (int step = 0; step < expected.steps(); step++) {
      for (int run = 0; run < RUNS; run++) {
        assertEquals(expected.nll(step, run), actual.nll(step, run));
        assertEquals(expected.loss(step, run), actual.loss(step, run));
      }
    }
  }

  /// Enough for three runs: groups of three, three and one.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void groupsOfRunsOnTheCountTableHaveTheBitsOfTheWholeBatch(boolean accumulates) {
    int rows = accumulates ? 2 : 1;
    assertSplitChangesNothing(
        new Problem.OverCounts(NgramCounts.of(EXAMPLES), accumulates),
        RUN_CONFIGS,
        3 * 4L * SYMBOLS * (rows * SYMBOLS + 32));
  }

  /// Enough for the weights, the losses, and the logits of two runs: four passes a step.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void passesOverEveryExampleHaveTheBitsOfTheWholeBatch(boolean accumulates) {
    int rows = accumulates ? 2 : 1;
    assertSplitChangesNothing(
        new Problem.OverExamples(EXAMPLES, accumulates),
        RUN_CONFIGS,
        4L * RUNS * (rows * SYMBOLS * SYMBOLS + 2 * 128 * 12) + 2 * 4L * 3030 * (SYMBOLS + 2));
  }

  /// Of many contexts, each of which has a partial sum: enough for those of three runs by the
  /// kernels for GPUs, and by the others for the logits of one.
  @Test
  void passesOverManyContextsHaveTheBitsOfTheWholeBatch() {
    Random random = new Random(10);
    boolean isGpu = TestDevices.areKernelsForGpus();
    int contexts = isGpu ? 60 : 500;
    int count = isGpu ? 600 : 3000;
    Examples examples = RandomProblems.examples(random, contexts, SYMBOLS, count);
    List<RunConfig> runs = RandomProblems.runs(random, RUNS, contexts * SYMBOLS);
    assertSplitChangesNothing(new Problem.OverExamples(examples), runs, isGpu ? 65_000 : 430_000);
  }

  /// In batches of 90, enough for three runs: passes of three, three and one. Over every example,
  /// enough for 256 of the 700 of one run.
  @ParameterizedTest
  @CsvSource({"90, 3, 90", "0, 1, 256"})
  void passesOverBlocksHaveTheBitsOfTheWholeBatch(int batch, int runs, int examples) {
    Random random = new Random(9);
    MlpShape shape = new MlpShape(2, 3, 5, SYMBOLS);
    int parameters = shape.parameters();
    Blocks blocks = RandomProblems.blocks(random, shape, 700);
    int sums = Math.ceilDiv(batch == 0 ? 700 : batch, MlpKernels.CHUNK) + 32;
    long held = 4L * (RUNS * parameters + 128 * RUNS * sums + 700 * (2 + 1));
    long step = 4L * runs * (examples * (2 * 5 + SYMBOLS + 2 * 6 + 3) + 2 * parameters);
    MlpPasses passes = MlpPasses.of(shape, RUNS, batch == 0 ? 700 : batch, 700, step).orElseThrow();
    assertEquals(runs, passes.runs());
    assertEquals(examples, passes.examples());
    assertSplitChangesNothing(
        new Problem.OverBlocks(blocks, shape, batch),
        RandomProblems.mlpRuns(random, RUNS, shape),
        held + step);
  }

  @Test
  void blocksThatDoNotFitAtAllAreRefusedWithWhatTheyTake() {
    MlpShape shape = new MlpShape(2, 3, 50, SYMBOLS);
    Random random = new Random(10);
    Problem problem = new Problem.OverBlocks(RandomProblems.blocks(random, shape, 700), shape, 32);
    List<RunConfig> runs = RandomProblems.mlpRuns(random, RUNS, shape);
    // The kernels for GPUs keep no stages.
    TornadoBackend tiny =
        TestDevices.withMemory(TestDevices.areKernelsForGpus() ? 1 << 14 : 1 << 17);
    DeviceException refusal =
        assertThrows(
            DeviceException.class, () -> tiny.open(tiny.devices().getFirst(), problem, runs));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("cannot hold this training"),
        refusal.toString());
  }

  @Test
  void trainingThatDoesNotFitAtAllIsRefusedWithWhatItTakes() {
    TornadoBackend tiny = TestDevices.withMemory(1 << 14);
    DeviceException refusal =
        assertThrows(
            DeviceException.class,
            () ->
                tiny.open(
                    tiny.devices().getFirst(), new Problem.OverExamples(EXAMPLES), RUN_CONFIGS));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("cannot hold this training"),
        refusal.toString());
  }

  @Test
  void tooManySymbolsAreRefusedWithAWayOut() {
    Examples wide = new Examples(new int[] {0}, new int[] {1}, 1, TornadoBackend.MOST_SYMBOLS + 1);
    RunConfig run = new RunConfig(new float[513], LearningRate.constant(1), 0);
    DeviceException refusal =
        assertThrows(
            DeviceException.class,
            () ->
                TestDevices.BACKEND.open(
                    TestDevices.BACKEND.devices().getFirst(),
                    new Problem.OverExamples(wide),
                    List.of(run)));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("use the device cpu"), refusal.toString());
  }
}
