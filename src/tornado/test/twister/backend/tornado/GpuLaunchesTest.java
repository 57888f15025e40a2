package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import twister.backend.Device;
import twister.backend.Problem;
import twister.backend.RandomProblems;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.model.MlpShape;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/// How often a training asks a GPU's driver for something, by the list of calls of a stand-in.
class GpuLaunchesTest {
  private static final Device DEVICE = TestDevices.BACKEND.devices().getFirst();
  private static final int SYMBOLS = 27;

  private final Random random = new Random(13);
  private final Examples examples = RandomProblems.examples(random, SYMBOLS, SYMBOLS, 600);

  /// Calls since some time.
  ///
  /// @param graphs that were launched
  /// @param recorded kernels that were recorded into a graph
  /// @param alone kernels that were launched without a graph
  /// @param copies from the device
  private record Calls(long graphs, long recorded, long alone, long copies) {
    static Calls of(List<String> lines) {
      return new Calls(
          count(lines, "stream=\\d+ cuGraphLaunch .*"),
          count(lines, "capture .* launch .*"),
          count(lines, "stream=\\d+ launch .*"),
          count(lines, "stream=\\d+ D2H .*"));
    }

    private static long count(List<String> lines, String call) {
      return lines.stream().filter(line -> line.matches(call)).count();
    }
  }

  @BeforeEach
  void standInIsThere() throws IOException {
    assertEquals(new Calls(0, 0, 0, 0), calls(() -> {}));
  }

  private static Calls calls(Runnable training) throws IOException {
    int before = GpuStandIn.calls().size();
    training.run();
    List<String> lines = GpuStandIn.calls();
    return Calls.of(lines.subList(before, lines.size()));
  }

  private static TrainingSession open(Problem problem, List<RunConfig> runs) {
    return TestDevices.BACKEND.open(DEVICE, problem, runs);
  }

  /// The copies are those of the receipts and of the losses; after the first launch, once, of all
  /// that stays as it is.
  @Test
  void hundredStepsOnTheCountTableAreOneLaunch() throws IOException {
    List<RunConfig> runs = RandomProblems.runs(random, 9, SYMBOLS * SYMBOLS);
    try (TrainingSession session = open(new Problem.OverCounts(NgramCounts.of(examples)), runs)) {
      assertEquals(new Calls(1, 1, 0, 2 + 5), calls(() -> session.advance(1)));
      assertEquals(new Calls(1, 0, 0, 2), calls(() -> session.advance(100)));
      assertEquals(new Calls(1, 0, 0, 2), calls(session::evaluate));
    }
  }

  @Test
  void stepOverEveryExampleIsOneLaunchOfTwoKernels() throws IOException {
    List<RunConfig> runs = RandomProblems.runs(random, 2, SYMBOLS * SYMBOLS);
    try (TrainingSession session = open(new Problem.OverExamples(examples), runs)) {
      assertEquals(new Calls(1, 2, 0, 2 + 6), calls(() -> session.advance(1)));
      assertEquals(new Calls(5, 0, 0, 2), calls(() -> session.advance(5)));
    }
  }

  /// Eight steps a launch; of the shape of [FusedExamplesSessionTest], whose kernels the emulator
  /// keeps.
  @Test
  void hundredStepsOfALongTrainingOverEveryExampleAreThirteenLaunches() throws IOException {
    Examples few = RandomProblems.examples(random, 5, 7, 600);
    List<RunConfig> runs = RandomProblems.runs(random, 2, 5 * 7);
    Target target =
        new Target(
            DEVICE, TornadoExecutionPlan.getDevice(0, 0), 1 << 28, Kernels.GPU, Optional.empty());
    try (TrainingSession session =
        new FusedExamplesSession(target, new Problem.OverExamples(few), runs, 0)) {
      session.advance(1);
      session.advance(1);
      assertEquals(new Calls(1, 8 + 1, 0, 2 + 6), calls(() -> session.advance(2)));
      assertEquals(new Calls(13, 0, 0, 2), calls(() -> session.advance(100)));
    }
  }

  @Test
  void hundredStepsOfAPerceptronAreOneLaunch() throws IOException {
    MlpShape shape = new MlpShape(3, 2, 20, SYMBOLS);
    Problem problem = new Problem.OverBlocks(RandomProblems.blocks(random, shape, 300), shape, 32);
    try (TrainingSession session = open(problem, RandomProblems.mlpRuns(random, 2, shape))) {
      assertEquals(new Calls(1, 1, 0, 2 + 5), calls(() -> session.advance(1)));
      assertEquals(new Calls(1, 0, 0, 2), calls(() -> session.advance(100)));
      // With the parameters, which go from one program to the other.
      assertEquals(new Calls(1, 1, 0, 4 + 2), calls(session::evaluate));
      session.advance(1);
      assertEquals(new Calls(1, 0, 0, 4), calls(session::evaluate));
    }
  }
}
