package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.backend.Device;
import twister.backend.Problem;
import twister.backend.RandomProblems;
import twister.backend.RunConfig;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

class FusedExamplesSessionTest {
  private static final Device DEVICE = TestDevices.BACKEND.devices().getFirst();
  private static final int RUNS = 3;

  /// Never, and after the first slice: 11 steps are then two launches, the second one with less
  /// than it has room for.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void launchesOfSeveralStepsHaveTheBitsOfLaunchesOfOne(boolean accumulates) {
    assumeTrue(TestDevices.areKernelsForGpus(), "these kernels are for GPUs");
    Random random = new Random(12);
    Problem.OverExamples problem =
        new Problem.OverExamples(RandomProblems.examples(random, 5, 7, 2000), accumulates);
    List<RunConfig> runs = RandomProblems.runs(random, RUNS, 5 * 7);
    Target target =
        new Target(
            DEVICE, TornadoExecutionPlan.getDevice(0, 0), 1 << 28, Kernels.GPU, Optional.empty());
    try (TrainingSession plain =
            new FusedExamplesSession(target, problem, runs, Integer.MAX_VALUE);
        TrainingSession unrolled = new FusedExamplesSession(target, problem, runs, 0)) {
      for (int steps : new int[] {1, 2, 11, 16, 1}) {
        StepLosses expected = plain.advance(steps);
        StepLosses actual = unrolled.advance(steps);
        for (int step = 0; step < steps; step++) {
          for (int run = 0; run < RUNS; run++) {
            assertEquals(expected.loss(step, run), actual.loss(step, run));
          }
        }
      }
      assertEquals(plain.evaluate().loss(0, 1), unrolled.evaluate().loss(0, 1));
      for (int run = 0; run < RUNS; run++) {
        assertArrayEquals(plain.weights(run), unrolled.weights(run));
      }
    }
  }
}
