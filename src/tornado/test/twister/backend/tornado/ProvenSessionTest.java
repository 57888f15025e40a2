package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;
import twister.backend.cpu.CpuBackend;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.spec.LearningRate;

class ProvenSessionTest {
  private static final Device DEVICE =
      new Device("0:0", Device.Kind.GPU, "cuda", "a GPU", 1 << 30, "driver");
  private static final Problem PROBLEM =
      new Problem.OverCounts(
          NgramCounts.of(new Examples(new int[] {0, 1, 1, 0}, new int[] {1, 0, 1, 1}, 2, 2)));
  private static final CpuBackend CPU = new CpuBackend();

  /// As if a device trained `real` where it was told to train `asked`.
  private static TrainingSession session(List<RunConfig> asked, List<RunConfig> real) {
    return new ProvenSession(
        DEVICE, PROBLEM, asked, CPU.open(CPU.devices().getFirst(), PROBLEM, real));
  }

  private static RunConfig run(float weight, double rate, double l2) {
    return new RunConfig(new float[] {weight, 0.5f, -0.25f, 0}, LearningRate.constant(rate), l2);
  }

  private static void assertRefused(RunConfig asked, RunConfig real, String words) {
    try (TrainingSession session = session(List.of(asked), List.of(real))) {
      DeviceException refusal = assertThrows(DeviceException.class, () -> session.advance(3));
      assertTrue(String.valueOf(refusal.getMessage()).contains(words), refusal.toString());
    }
  }

  @Test
  void sessionWithTheLossesOfTheProcessorIsBelieved() {
    List<RunConfig> runs = List.of(run(1, 50, 0.1), run(2, 1e12, 0), run(3, 1, 0));
    try (TrainingSession session = session(runs, runs);
        TrainingSession plain = CPU.open(CPU.devices().getFirst(), PROBLEM, runs)) {
      assertEquals(plain.advance(3).loss(2, 2), session.advance(3).loss(2, 2));
    }
  }

  @Test
  void otherWeightsAreNoticedAtTheFirstLoss() {
    assertRefused(run(1, 1, 0), run(2, 1, 0), "at step 0");
  }

  @Test
  void otherLearningRatesAndStrengthsAreNoticedAtTheSecondLoss() {
    assertRefused(run(1, 1, 0), run(1, 2, 0), "at step 1");
    assertRefused(run(1, 50, 0.5), run(1, 50, 0.4), "at step 0");
  }

  /// A first slice may have one step.
  @Test
  void secondLossIsComparedInWhicheverCallItComes() {
    try (TrainingSession session = session(List.of(run(1, 1, 0)), List.of(run(1, 2, 0)))) {
      session.advance(1);
      DeviceException refusal = assertThrows(DeviceException.class, () -> session.advance(1));
      assertTrue(String.valueOf(refusal.getMessage()).contains("at step 1"), refusal.toString());
    }
  }

  @Test
  void runThatWasReleasedIsNotCompared() {
    List<RunConfig> runs = List.of(run(1, 1, 0), run(2, 1, 0));
    try (TrainingSession session = session(runs, List.of(runs.getFirst(), run(2, 2, 0)))) {
      session.advance(1);
      session.release(1);
      session.advance(1);
    }
  }

  @Test
  void weightsOfTheLastRunAreComparedToo() {
    try (TrainingSession session =
        session(List.of(run(1, 1, 0), run(2, 1, 0)), List.of(run(1, 1, 0), run(3, 1, 0)))) {
      assertThrows(DeviceException.class, () -> session.advance(1));
    }
  }

  @Test
  void weightsAreComparedWhereNothingWasTrainedYet() {
    List<RunConfig> asked = List.of(run(1, 1, 0));
    try (TrainingSession session = session(asked, List.of(run(2, 1, 0)))) {
      assertThrows(DeviceException.class, session::evaluate);
    }
    try (TrainingSession session = session(asked, List.of(run(1, 2, 0)))) {
      session.evaluate();
      assertThrows(DeviceException.class, () -> session.advance(2));
    }
  }
}
