package twister.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;

class TrainerTest {

  /// A training whose loss is 100 minus the step until it is infinite.
  private static final class Scripted implements TrainingSession {
    private final int infiniteFrom;
    private int step;

    Scripted(int infiniteFrom) {
      this.infiniteFrom = infiniteFrom;
    }

    @Override
    public StepLosses advance(int steps) {
      double[] nll = new double[steps];
      for (int i = 0; i < steps; i++, step++) {
        nll[i] = loss();
      }
      return new StepLosses(steps, 1, nll, new double[steps]);
    }

    private double loss() {
      return step < infiniteFrom ? 100 - step : Double.POSITIVE_INFINITY;
    }

    @Override
    public StepLosses evaluate() {
      return new StepLosses(1, 1, new double[] {loss()}, new double[1]);
    }

    @Override
    public double[] weights(int run) {
      return new double[] {loss()};
    }

    @Override
    public void close() {}
  }

  private static final class Recorder implements Trainer.Observer {
    private final List<Double> losses = new ArrayList<>();
    private final Map<Integer, Double> weightsAt = new TreeMap<>();
    private final int stopAt;

    Recorder(int stopAt) {
      this.stopAt = stopAt;
    }

    @Override
    public void losses(int from, int[] counts, StepLosses part) {
      assertEquals(losses.size(), from);
      for (int i = 0; i < counts[0]; i++) {
        losses.add(part.loss(i, 0));
      }
    }

    @Override
    public void weights(int step, int run, double[] weights) {
      assertEquals(losses.size(), step + 1, "the losses up to the step come first");
      weightsAt.put(step, weights[0]);
    }

    @Override
    public boolean isStopWanted() {
      return losses.size() >= stopAt;
    }
  }

  private static Trainer.Result train(
      TrainingSession session, int steps, OptionalInt every, Recorder recorder)
      throws IOException {
    return Trainer.train(session, 1, steps, every, recorder).getFirst();
  }

  @Test
  void everyStepIsObservedOnceInOrderAndTheLastUpdateEvaluated() throws IOException {
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    Trainer.Result result = train(new Scripted(1000), 37, OptionalInt.empty(), recorder);
    assertEquals(37, recorder.losses.size());
    assertEquals(64, recorder.losses.getLast());
    assertEquals(new Trainer.Result(Trainer.Ending.FINISHED, 37, 63, 63), result);
  }

  @Test
  void infiniteLossEndsTheTrainingAndIsTheLastOneObserved() throws IOException {
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    Trainer.Result result = train(new Scripted(5), 1000, OptionalInt.empty(), recorder);
    assertEquals(Trainer.Ending.DIVERGED, result.ending());
    assertEquals(5, result.steps());
    assertEquals(6, recorder.losses.size());
    assertEquals(Double.POSITIVE_INFINITY, recorder.losses.getLast());
  }

  @Test
  void lossThatIsInfiniteAfterTheLastUpdateIsADivergence() throws IOException {
    Trainer.Result result =
        train(new Scripted(10), 10, OptionalInt.empty(), new Recorder(Integer.MAX_VALUE));
    assertEquals(Trainer.Ending.DIVERGED, result.ending());
    assertEquals(10, result.steps());
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "7, 37", "10, 41", "12, 37", "36, 37", "37, 37", "1000, 5000"})
  void weightsAreShownAfterTheUpdatesOfMultiplesButForTheLastStep(int every, int steps)
      throws IOException {
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    train(new Scripted(1 << 30), steps, OptionalInt.of(every), recorder);
    Map<Integer, Double> expected = new TreeMap<>();
    for (int step = 0; step < steps - 1; step += every) {
      expected.put(step, 100.0 - (step + 1));
    }
    assertEquals(expected, recorder.weightsAt);
    assertEquals(steps, recorder.losses.size());
  }

  @Test
  void weightsThatAreNotFiniteAreNotShown() throws IOException {
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    train(new Scripted(5), 1000, OptionalInt.of(2), recorder);
    assertEquals(Map.of(0, 99.0, 2, 97.0), recorder.weightsAt);
    assertEquals(6, recorder.losses.size());
  }

  @Test
  void wishToStopIsHeardBetweenSlices() throws IOException {
    Recorder recorder = new Recorder(3);
    Trainer.Result result = train(new Scripted(1 << 30), 1 << 29, OptionalInt.empty(), recorder);
    assertEquals(Trainer.Ending.INTERRUPTED, result.ending());
    assertEquals(recorder.losses.size(), result.steps());
    assertTrue(result.steps() >= 3);
  }
}
