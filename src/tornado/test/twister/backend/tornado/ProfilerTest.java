package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import twister.backend.Problem;
import twister.backend.Profile;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;
import twister.data.Examples;
import twister.spec.LearningRate;

class ProfilerTest {

  @Test
  void everyStageHasItsTimesOfEveryLaunch() {
    Random random = new Random(9);
    Examples examples =
        new Examples(random.ints(5000, 0, 9).toArray(), random.ints(5000, 0, 9).toArray(), 9, 9);
    RunConfig run = new RunConfig(new float[81], LearningRate.constant(1), 0);
    Profile profile = new Profile();
    try (TrainingSession session =
        TestDevices.BACKEND.open(
            TestDevices.BACKEND.devices().getFirst(),
            new Problem.OverExamples(examples),
            List.of(run),
            Optional.of(profile))) {
      session.advance(5);
      session.advance(1);
    }
    assertEquals(6, profile.launches());
    assertEquals(
        List.of("oneHotLogits", "softmax", "negativeLogLikelihood", "gradient", "updateWeights"),
        List.copyOf(profile.tasks().keySet()));
    profile
        .tasks()
        .forEach(
            (name, task) -> {
              assertEquals(6, task.launches(), name);
              assertTrue(task.kernelNanoseconds() > 0, name);
              assertTrue(task.compileNanoseconds() > 0, name);
            });
    assertTrue(profile.transfers().inBytes() > 4 * 5000);
    assertTrue(profile.transfers().outBytes() > 0);
  }
}
