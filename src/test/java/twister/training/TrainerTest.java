package twister.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.backend.FloatLosses;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.spec.CheckpointInterval;
import twister.spec.LearningRate;
import twister.spec.StopSpec;
import twister.spec.TrainingPath;
import twister.spec.TrainingSpec;

class TrainerTest {

  /// A training whose loss is 100 minus the step until it is infinite.
  private static final class Scripted implements TrainingSession {
    private final int infiniteFrom;
    private int step;
    private boolean isReleased;

    Scripted(int infiniteFrom) {
      this.infiniteFrom = infiniteFrom;
    }

    @Override
    public StepLosses advance(int steps) {
      double[] nll = new double[steps];
      for (int i = 0; i < steps; i++, step++) {
        nll[i] = loss();
      }
      return StepLosses.of(steps, 1, nll, new double[steps]);
    }

    private double loss() {
      return step < infiniteFrom ? 100 - step : Double.POSITIVE_INFINITY;
    }

    @Override
    public StepLosses evaluate() {
      return StepLosses.of(1, 1, new double[] {loss()}, new double[1]);
    }

    @Override
    public double[] weights(int run) {
      assertFalse(isReleased);
      return new double[] {loss()};
    }

    @Override
    public void release(int run) {
      assertFalse(isReleased);
      isReleased = true;
    }

    @Override
    public void close() {}
  }

  private static class Recorder implements Trainer.Observer {
    private final List<Double> losses = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Double> weightsAt = new TreeMap<>();
    private final int stopAt;

    Recorder(int stopAt) {
      this.stopAt = stopAt;
    }

    @Override
    public void losses(int from, int[] counts, StepLosses part) throws IOException {
      assertEquals(losses.size(), from);
      for (int i = 0; i < counts[0]; i++) {
        losses.add(part.loss(i, 0));
      }
    }

    @Override
    public boolean wantsWeights(int step, int run) {
      return true;
    }

    @Override
    public void weights(int step, int run, double[] weights) {
      assertEquals(losses.size(), step + 1, "the losses up to the step come first");
      weightsAt.put(step, weights[0]);
    }

    /// Lowest after 30 steps.
    @Override
    public double devLoss(int run) {
      return Math.abs(weightsAt.getOrDefault(losses.size() - 1, Double.NaN) - 30);
    }

    @Override
    public boolean isStopWanted() {
      return losses.size() >= stopAt;
    }
  }

  private static Trainer.Result train(
      TrainingSession session, int steps, OptionalInt every, Recorder recorder) throws IOException {
    return Trainer.train(session, List.of(Optional.empty()), steps, every, recorder).getFirst();
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

  private static List<Optional<EarlyStop>> stops(StopSpec stop) {
    return List.of(EarlyStop.of(training(stop, 0)));
  }

  private static TrainingSpec training(StopSpec stop, int batch) {
    return new TrainingSpec(
        1,
        LearningRate.constant(1),
        0,
        TrainingPath.COUNTS,
        false,
        batch,
        Optional.of(stop),
        CheckpointInterval.DEFAULT);
  }

  private static EarlyStop.Look best(Trainer.Result result) {
    return result.best().orElseThrow();
  }

  private static Trainer.Result train(StopSpec stop, int steps, int infiniteFrom, Recorder recorder)
      throws IOException {
    return Trainer.train(
            new Scripted(infiniteFrom), stops(stop), steps, OptionalInt.of(stop.every()), recorder)
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource({"60, 1, 41", "60, 7, 43", "100, 5, 1", "99.5, 5, 6", "60, 50, 51"})
  void trainingEndsAfterTheFirstLookThatFindsTheTargetReached(double target, int every, int steps)
      throws IOException {
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    StopSpec stop =
        new StopSpec(StopSpec.Loss.TRAIN, OptionalDouble.of(target), OptionalInt.empty(), every);
    Trainer.Result result = train(stop, 1000, 1 << 30, recorder);
    assertEquals(Trainer.Ending.TARGET_REACHED, result.ending());
    assertEquals(steps, result.steps());
    assertEquals(100 - steps, result.loss());
    assertEquals(steps, recorder.losses.size());
    assertEquals(steps - 1, best(result).step());
    assertEquals(100.0 - steps, best(result).weights()[0], "the weights of that step");
  }

  @ParameterizedTest
  @CsvSource({"60, 1000000, true", "60, 30, true", "-1, 1000000, false"})
  void aRunThatHasEndedIsReleased(double target, int infiniteFrom, boolean isReleased)
      throws IOException {
    Scripted session = new Scripted(infiniteFrom);
    StopSpec stop =
        new StopSpec(StopSpec.Loss.TRAIN, OptionalDouble.of(target), OptionalInt.empty(), 1);
    Trainer.train(session, stops(stop), 50, OptionalInt.of(1), new Recorder(1 << 30));
    assertEquals(isReleased, session.isReleased);
  }

  @Test
  void trainingGoesOnWhileTheLossFalls() throws IOException {
    StopSpec stop =
        new StopSpec(StopSpec.Loss.TRAIN, OptionalDouble.of(-1e9), OptionalInt.of(3), 1);
    Trainer.Result result = train(stop, 500, 1 << 30, new Recorder(Integer.MAX_VALUE));
    assertEquals(Trainer.Ending.FINISHED, result.ending());
    assertEquals(500, result.steps());
  }

  /// Losses that are lowest at a step, and rise from there on.
  private record Valley(int lowestAt, int[] step) implements TrainingSession {
    @Override
    public StepLosses advance(int steps) {
      double[] nll = new double[steps];
      for (int i = 0; i < steps; i++) {
        nll[i] = Math.abs(step[0]++ - lowestAt);
      }
      return StepLosses.of(steps, 1, nll, new double[steps]);
    }

    @Override
    public StepLosses evaluate() {
      return StepLosses.of(1, 1, new double[] {Math.abs(step[0] - lowestAt)}, new double[1]);
    }

    @Override
    public double[] weights(int run) {
      return new double[] {step[0]};
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @CsvSource({"20, 5, 1, 26", "20, 5, 10, 31", "0, 7, 7, 8", "999, 5, 1, 1000"})
  void patienceIsLostSoManyStepsAfterTheLowestLoss(int lowestAt, int patience, int every, int steps)
      throws IOException {
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    StopSpec stop =
        new StopSpec(StopSpec.Loss.TRAIN, OptionalDouble.empty(), OptionalInt.of(patience), every);
    Trainer.Result result =
        Trainer.train(
                new Valley(lowestAt, new int[1]),
                stops(stop),
                1000,
                OptionalInt.of(every),
                recorder)
            .getFirst();
    assertEquals(steps, result.steps());
    assertEquals(
        steps == 1000 ? Trainer.Ending.FINISHED : Trainer.Ending.PATIENCE_LOST, result.ending());
    assertEquals(steps, recorder.losses.size());
    // The weights after step s have had s + 1 updates; their loss is |s + 1 - lowestAt|.
    int nearest =
        IntStream.rangeClosed(0, steps - 1)
            .filter(step -> step % every == 0 || step == 999)
            .boxed()
            .min(Comparator.comparingInt(step -> Math.abs(step + 1 - lowestAt)))
            .orElseThrow();
    assertEquals(nearest, best(result).step());
    assertEquals(Math.abs(nearest + 1 - lowestAt), best(result).loss());
    assertEquals(nearest + 1, best(result).weights()[0], "the weights of that look");
  }

  @ParameterizedTest
  @CsvSource({"TRAIN, 20, 6, 18", "DEV, 900, 6, 30", "DEV, 900, 7, 28", "TRAIN, 900, 7, 39"})
  void runThatIsNeverStoppedEndsWithTheBestLookOrWithItsLastWeights(
      StopSpec.Loss loss, int lowestAt, int every, int step) throws IOException {
    StopSpec stop = new StopSpec(loss, OptionalDouble.of(-1), OptionalInt.empty(), every);
    Trainer.Result result =
        Trainer.train(
                new Valley(lowestAt, new int[1]),
                stops(stop),
                40,
                OptionalInt.of(every),
                new Recorder(Integer.MAX_VALUE))
            .getFirst();
    assertEquals(Trainer.Ending.FINISHED, result.ending());
    assertEquals(40, result.steps());
    assertEquals(Math.abs(40 - lowestAt), result.loss(), "after the last update");
    assertEquals(step, best(result).step());
    assertEquals(step + 1, best(result).weights()[0]);
  }

  /// Runs whose losses are lowest after as many steps as each has; notes what it is asked for.
  ///
  /// @param isAtHand whether its weights are
  private record Noting(List<Integer> lowestAt, boolean isAtHand, List<String> asked, int[] step)
      implements TrainingSession {
    Noting(Integer... lowestAt) {
      this(false, List.of(lowestAt));
    }

    Noting(boolean isAtHand, List<Integer> lowestAt) {
      this(lowestAt, isAtHand, new ArrayList<>(), new int[1]);
    }

    private StepLosses losses(int steps) {
      double[] nll = new double[steps * lowestAt.size()];
      for (int i = 0; i < nll.length; i++) {
        int at = step[0] + i / lowestAt.size();
        nll[i] = 5 + Math.abs(at - lowestAt.get(i % lowestAt.size()));
      }
      return StepLosses.of(steps, lowestAt.size(), nll, new double[nll.length]);
    }

    @Override
    public StepLosses advance(int steps) {
      StepLosses losses = losses(steps);
      step[0] += steps;
      return losses;
    }

    @Override
    public StepLosses evaluate() {
      asked.add("losses after " + step[0]);
      return losses(1);
    }

    @Override
    public double[] weights(int run) {
      asked.add("weights of %d after %d".formatted(run, step[0]));
      return new double[] {step[0]};
    }

    @Override
    public boolean areWeightsAtHand() {
      return isAtHand;
    }

    @Override
    public void close() {}
  }

  /// Trains runs that lose patience, or not, by the loss on the words that they learn from.
  private static List<Trainer.Result> train(Noting session, int patience, int every, int batch)
      throws IOException {
    Recorder nothing =
        new Recorder(Integer.MAX_VALUE) {
          @Override
          public boolean wantsWeights(int step, int run) {
            return false;
          }
        };
    StopSpec stop =
        new StopSpec(StopSpec.Loss.TRAIN, OptionalDouble.empty(), OptionalInt.of(patience), every);
    List<Optional<EarlyStop>> stops =
        session.lowestAt.stream().map(_ -> EarlyStop.of(training(stop, batch))).toList();
    return Trainer.train(session, stops, 12, OptionalInt.of(every), nothing);
  }

  /// The means since the look before are 9, 7.5, 5.5, 6 and so on: lowest at the third look.
  @Test
  void looksAtATrainingInBatchesAskForWeightsOnlyWhereTheyAreTheBest() throws IOException {
    Noting session = new Noting(4);
    Trainer.Result result = train(session, 100, 2, 32).getFirst();
    assertEquals(4, best(result).step());
    assertEquals(5, best(result).weights()[0]);
    assertEquals(
        List.of(
            "weights of 0 after 1",
            "weights of 0 after 3",
            "weights of 0 after 5",
            "losses after 12"),
        session.asked);
  }

  /// After a loss above that of the best look the next one is asked for; if it is not lower, the
  /// weights are left where they are.
  @Test
  void looksAtRisingLossesAskForNoWeightsAndOthersForThemOnce() throws IOException {
    Noting session = new Noting(3, 100);
    List<Trainer.Result> results = train(session, 100, 3, 0);
    assertEquals(3, best(results.get(0)).step());
    assertEquals(4, best(results.get(0)).weights()[0]);
    assertEquals(11, best(results.get(1)).step());
    assertEquals(12, best(results.get(1)).weights()[0]);
    assertEquals(
        List.of(
            "weights of 0 after 1",
            "weights of 1 after 1",
            "weights of 0 after 4",
            "weights of 1 after 4",
            "losses after 7",
            "weights of 1 after 7",
            "losses after 10",
            "weights of 1 after 10",
            "losses after 12",
            "weights of 1 after 12"),
        session.asked);
  }

  /// There a look costs no more than the next loss, which the training computes anyway.
  @Test
  void looksAtWeightsAtHandAskForNoLosses() throws IOException {
    Noting session = new Noting(true, List.of(3));
    Trainer.Result result = train(session, 100, 6, 0).getFirst();
    assertEquals(0, best(result).step());
    assertEquals(
        List.of("weights of 0 after 1", "weights of 0 after 7", "losses after 12"), session.asked);
  }

  @Test
  void runThatEndsIsAskedForItsLossOnceAndForNoWeightsThatAreNotTheBest() throws IOException {
    Noting session = new Noting(3);
    Trainer.Result result = train(session, 3, 3, 0).getFirst();
    assertEquals(Trainer.Ending.PATIENCE_LOST, result.ending());
    assertEquals(7, result.steps());
    assertEquals(3, best(result).step());
    assertEquals(
        List.of("weights of 0 after 1", "weights of 0 after 4", "losses after 7"), session.asked);
  }

  @Test
  void lookAtATrainingInBatchesHasTheMeanOfTheStepsSinceTheLookBefore() {
    StopSpec stop =
        new StopSpec(StopSpec.Loss.TRAIN, OptionalDouble.empty(), OptionalInt.of(100), 2);
    EarlyStop end = EarlyStop.of(training(stop, 32)).orElseThrow();
    double[] losses = {9, 5, 7, 1, 8, 4, 3, 6, 2};
    for (int step = 0; step < losses.length; step++) {
      end.take(step, losses[step]);
      if (end.looksAt(step)) {
        end.look(step, new double[] {step});
      }
    }
    // Looks: 9 after step 0, (5 + 7) / 2 after 2, (1 + 8) / 2 after 4, (4 + 3) / 2 after 6,
    // (6 + 2) / 2 after 8. The lowest loss of a batch alone is that of step 3.
    EarlyStop.Look best = end.best().orElseThrow();
    assertEquals(6, best.step());
    assertEquals(3.5, best.loss());
    assertEquals(6, best.weights()[0]);
  }

  /// The training loss is lowest later, or earlier; the dev loss at the look after step 30.
  @ParameterizedTest
  @CsvSource({"900, 20, 10, 51", "0, 20, 10, 51", "0, 21, 10, 61", "900, 1, 7, 36"})
  void patienceWithTheDevLossLooksAtThatAlone(int lowestAt, int patience, int every, int steps)
      throws IOException {
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    StopSpec stop =
        new StopSpec(StopSpec.Loss.DEV, OptionalDouble.empty(), OptionalInt.of(patience), every);
    Trainer.Result result =
        Trainer.train(
                new Valley(lowestAt, new int[1]),
                stops(stop),
                1000,
                OptionalInt.of(every),
                recorder)
            .getFirst();
    assertEquals(Trainer.Ending.PATIENCE_LOST, result.ending());
    assertEquals(steps, result.steps());
  }

  @Test
  void targetOfTheDevLossIsReachedAtALook() throws IOException {
    StopSpec stop = new StopSpec(StopSpec.Loss.DEV, OptionalDouble.of(3), OptionalInt.empty(), 4);
    Trainer.Result result =
        Trainer.train(
                new Valley(0, new int[1]),
                stops(stop),
                1000,
                OptionalInt.of(2),
                new Recorder(Integer.MAX_VALUE))
            .getFirst();
    assertEquals(Trainer.Ending.TARGET_REACHED, result.ending());
    assertEquals(29, result.steps());
    assertEquals(28, best(result).step());
    assertEquals(1, best(result).loss());
  }

  @Test
  void divergenceBeforeTheTargetIsADivergence() throws IOException {
    StopSpec stop = new StopSpec(StopSpec.Loss.TRAIN, OptionalDouble.of(1), OptionalInt.empty(), 3);
    Trainer.Result result = train(stop, 1000, 4, new Recorder(Integer.MAX_VALUE));
    assertEquals(Trainer.Ending.DIVERGED, result.ending());
    assertEquals(4, result.steps());
  }

  /// A training whose losses lie in one place, where those of the next slice overwrite them.
  private static final class Overwriting implements TrainingSession {
    private final float[] numbers = new float[1000];
    private final CyclicBarrier overwritten;
    private int step;

    Overwriting(CyclicBarrier overwritten) {
      this.overwritten = overwritten;
    }

    @Override
    public StepLosses advance(int steps) {
      int slice = step;
      for (int i = 0; i < steps; i++) {
        numbers[i] = step++;
      }
      if (slice == 1) {
        meet(overwritten);
      }
      return new FloatLosses(
          MemorySegment.ofArray(numbers),
          new FloatLosses.Layout(1, 1, 0, 1, 0, 0),
          new FloatLosses.Terms(1, 1, new double[1]),
          steps);
    }

    @Override
    public StepLosses evaluate() {
      return StepLosses.of(1, 1, new double[1], new double[1]);
    }

    @Override
    public double[] weights(int run) {
      return new double[1];
    }

    @Override
    public void close() {}
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (BrokenBarrierException | TimeoutException | InterruptedException e) {
      throw new IllegalStateException("nobody came", e);
    }
  }

  @Test
  void lossesAreToldAsTheyWereWhileTheNextSliceIsTrained() throws IOException {
    CyclicBarrier overwritten = new CyclicBarrier(2);
    Recorder recorder =
        new Recorder(Integer.MAX_VALUE) {
          @Override
          public void losses(int from, int[] counts, StepLosses part) throws IOException {
            if (from == 0) {
              meet(overwritten);
            }
            super.losses(from, counts, part);
          }
        };
    train(new Overwriting(overwritten), 100, OptionalInt.empty(), recorder);
    assertEquals(IntStream.range(0, 100).mapToObj(i -> (double) i).toList(), recorder.losses);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30})
  void lossesThatCannotBeKeptEndTheTrainingAndAreTheLastOnesTold(int failing) {
    List<Integer> told = new ArrayList<>();
    Recorder recorder =
        new Recorder(Integer.MAX_VALUE) {
          @Override
          public void losses(int from, int[] counts, StepLosses part) throws IOException {
            told.add(from);
            if (from + counts[0] > failing) {
              throw new IOException("the disk is full");
            }
          }
        };
    IOException problem =
        assertThrows(
            IOException.class,
            () -> train(new Scripted(1 << 30), 37, OptionalInt.empty(), recorder));
    assertEquals("the disk is full", problem.getMessage());
    assertTrue(told.getLast() <= failing, told.toString());
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
