package twister.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static twister.backend.Closeness.assertClose;
import static twister.backend.Closeness.losses;
import static twister.backend.Closeness.norm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import twister.backend.cpu.CpuBackend;
import twister.data.Examples;
import twister.spec.LearningRate;

@Tag("processor")
class CpuBackendTest extends BackendContract {

  @Override
  protected TrainingSession open(Problem problem, List<RunConfig> runs) {
    CpuBackend backend = new CpuBackend();
    return backend.open(backend.devices().getFirst(), problem, runs);
  }

  /// Double precision throughout; the exponential's error of 2e-14 is multiplied by learning rates
  /// up to 50 in each of the steps.
  @Override
  protected double tolerance() {
    return 1e-12;
  }

  /// Steps so long that softmax's normalizer of one step is of no use in the next.
  @ParameterizedTest
  @EnumSource
  void leapsOfHundredsAreRightAndLeaveNeighboursAlone(Form form) {
    Random random = new Random(6);
    Examples examples = RandomProblems.examples(random, 2, 5, 300);
    List<RunConfig> calm = RandomProblems.runs(random, 2, 10);
    List<RunConfig> runs = new ArrayList<>(calm);
    for (double rate : new double[] {300, 1000, 10_000}) {
      RunConfig run = calm.getFirst();
      runs.add(new RunConfig(run.initialWeights(), LearningRate.constant(rate), 0));
    }
    try (TrainingSession session = open(form.problem(examples), runs);
        TrainingSession alone = open(form.problem(examples), calm);
        TrainingSession reference = new ReferenceSession(examples, form.accumulates(), runs)) {
      StepLosses actual = session.advance(10);
      StepLosses expected = reference.advance(10);
      StepLosses neighbours = alone.advance(10);
      for (int run = 0; run < runs.size(); run++) {
        assertClose(losses(expected, run), losses(actual, run), tolerance(), 1);
        assertClose(reference.weights(run), session.weights(run), tolerance(), norm(runs.get(run)));
      }
      for (int run = 0; run < calm.size(); run++) {
        assertArrayEquals(losses(neighbours, run), losses(actual, run));
        assertArrayEquals(alone.weights(run), session.weights(run));
      }
    }
  }
}
