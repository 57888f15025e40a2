package twister.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import twister.backend.Problem;
import twister.backend.RandomProblems;
import twister.backend.RunConfig;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.backend.cpu.CpuBackend;
import twister.data.NgramCounts;
import twister.spec.CheckpointInterval;
import twister.spec.LearningRate;
import twister.spec.StopSpec;
import twister.spec.TrainingPath;
import twister.spec.TrainingSpec;

/// A training that goes on from any of its progress, beside one that was never interrupted.
class TrainerResumeTest {
  private static final int STEPS = 60;
  private static final int EVERY = 5;

  /// One that diverges, one that reaches a target, one that loses patience by its dev loss, and one
  /// that goes to the end.
  private final List<RunConfig> runs = runs();

  private final Problem problem =
      new Problem.OverCounts(NgramCounts.of(RandomProblems.examples(new Random(2), 9, 11, 400)));

  private static List<RunConfig> runs() {
    List<RunConfig> drawn = RandomProblems.runs(new Random(1), 4, 9 * 11);
    return IntStream.range(0, 4)
        .mapToObj(
            run ->
                new RunConfig(
                    drawn.get(run).initialWeights(),
                    LearningRate.constant(run == 0 ? 1e200 : 5),
                    run == 0 ? 1e200 : 0))
        .toList();
  }

  private static List<Optional<EarlyStop>> stops() {
    return List.of(
        Optional.empty(),
        stop(StopSpec.Loss.TRAIN, OptionalDouble.of(2.45), OptionalInt.empty()),
        stop(StopSpec.Loss.DEV, OptionalDouble.empty(), OptionalInt.of(12)),
        stop(StopSpec.Loss.TRAIN, OptionalDouble.empty(), OptionalInt.of(30)));
  }

  private static Optional<EarlyStop> stop(
      StopSpec.Loss loss, OptionalDouble target, OptionalInt patience) {
    return EarlyStop.of(
        new TrainingSpec(
            STEPS,
            LearningRate.constant(1),
            0,
            TrainingPath.COUNTS,
            false,
            0,
            Optional.of(new StopSpec(loss, target, patience, EVERY)),
            CheckpointInterval.DEFAULT));
  }

  /// Takes the progress of the runs between any two slices.
  private static final class Recorder implements Trainer.Observer {
    private final TreeMap<Integer, List<RunProgress>> progress = new TreeMap<>();
    private final TreeMap<Integer, double[]> losses = new TreeMap<>();
    private int latest;

    @Override
    public void losses(int from, int[] counts, StepLosses some) {
      for (int step = 0; step < some.steps(); step++) {
        double[] row = new double[counts.length];
        for (int run = 0; run < row.length; run++) {
          row[run] = step < counts[run] ? some.loss(step, run) : Double.NaN;
        }
        losses.put(from + step, row);
      }
    }

    @Override
    public boolean wantsWeights(int step, int run) {
      latest = step;
      return true;
    }

    @Override
    public void weights(int step, int run, double[] weights) {
      latest = step;
    }

    /// Lowest at step 20.
    @Override
    public double devLoss(int run) {
      return Math.abs(latest - 20);
    }

    @Override
    public boolean isStopWanted() {
      return false;
    }

    @Override
    public boolean wantsProgress(boolean isLast) {
      return true;
    }

    @Override
    public void progress(List<RunProgress> runs) {
      progress.put(runs.getFirst().steps(), runs);
    }
  }

  private List<Trainer.Result> train(List<RunProgress> from, Recorder recorder) throws IOException {
    CpuBackend cpu = new CpuBackend();
    try (TrainingSession session = cpu.open(cpu.devices().getFirst(), problem, runs)) {
      return Trainer.train(session, stops(), STEPS, OptionalInt.of(EVERY), from, recorder);
    }
  }

  @Test
  void trainingGoesOnFromAnyOfItsProgressAsIfItHadNeverStopped() throws IOException {
    Recorder whole = new Recorder();
    List<Trainer.Result> expected = train(List.of(), whole);
    List<Trainer.Ending> endings = expected.stream().map(Trainer.Result::ending).toList();
    assertEquals(
        List.of(
            Trainer.Ending.DIVERGED,
            Trainer.Ending.TARGET_REACHED,
            Trainer.Ending.PATIENCE_LOST,
            Trainer.Ending.FINISHED),
        endings);
    assertTrue(whole.progress.size() > 8, "taken after " + whole.progress.keySet());
    for (List<RunProgress> from : whole.progress.values()) {
      int steps = from.getFirst().steps();
      Recorder rest = new Recorder();
      List<Trainer.Result> actual = train(from, rest);
      for (int run = 0; run < expected.size(); run++) {
        assertSame(expected.get(run), actual.get(run), "run " + run + " after " + steps);
      }
      assertEquals(whole.losses.tailMap(steps).keySet(), rest.losses.keySet());
      rest.losses.forEach(
          (step, losses) -> assertArrayEquals(whole.losses.get(step), losses, "step " + step));
    }
  }

  private static void assertSame(Trainer.Result expected, Trainer.Result actual, String where) {
    assertEquals(expected.ending(), actual.ending(), where);
    assertEquals(expected.steps(), actual.steps(), where);
    assertEquals(expected.loss(), actual.loss(), where);
    assertEquals(expected.nll(), actual.nll(), where);
    assertEquals(expected.best().isPresent(), actual.best().isPresent(), where);
    if (expected.best().isPresent()) {
      EarlyStop.Look best = expected.best().get();
      assertEquals(best.step(), actual.best().orElseThrow().step(), where);
      assertEquals(best.loss(), actual.best().orElseThrow().loss(), where);
      assertArrayEquals(best.weights(), actual.best().orElseThrow().weights(), where);
    }
  }
}
