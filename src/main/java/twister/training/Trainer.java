package twister.training;

import java.io.IOException;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;

/// Trains a run to its end, in slices short enough to report progress and to be stopped.
///
/// How the steps are cut into slices follows the clock; what they compute does not depend on it.
public final class Trainer {
  private static final long SLICE_NANOSECONDS = 50_000_000;

  /// Who is told of a training as it goes.
  public interface Observer {
    /// Takes the losses of the next steps.
    ///
    /// @param from the number of the first of them
    /// @param count how many of them count; those after a divergence do not
    /// @throws IOException if they cannot be kept; the training then ends
    void losses(int from, int count, StepLosses losses) throws IOException;

    /// Whether the training shall end before its last step.
    boolean isStopWanted();
  }

  /// How a training ended.
  public enum Ending {
    /// Every step was trained.
    FINISHED,
    /// The loss was no longer a finite number.
    DIVERGED,
    /// The observer asked for it.
    INTERRUPTED
  }

  /// What came of a training.
  ///
  /// @param steps how many updates were done; after a divergence, the step whose loss was not finite
  /// @param loss after the last update: NLL plus L2 term; NaN unless the training finished
  /// @param nll after the last update: the data term; NaN unless the training finished
  public record Result(Ending ending, int steps, double loss, double nll) {}

  private Trainer() {}

  /// Trains the only run of a session.
  public static Result train(TrainingSession session, int steps, Observer observer)
      throws IOException {
    int done = 0;
    for (int slice = 1; done < steps; ) {
      if (observer.isStopWanted()) {
        return new Result(Ending.INTERRUPTED, done, Double.NaN, Double.NaN);
      }
      long start = System.nanoTime();
      StepLosses losses = session.advance(Math.min(slice, steps - done));
      slice = nextSlice(slice, System.nanoTime() - start);
      int finite = finite(losses);
      observer.losses(done, Math.min(finite + 1, losses.steps()), losses);
      done += finite;
      if (finite < losses.steps()) {
        return new Result(Ending.DIVERGED, done, Double.NaN, Double.NaN);
      }
    }
    StepLosses last = session.evaluate();
    Ending ending = Double.isFinite(last.loss(0, 0)) ? Ending.FINISHED : Ending.DIVERGED;
    return new Result(ending, done, last.loss(0, 0), last.nll(0, 0));
  }

  private static int nextSlice(int slice, long nanoseconds) {
    if (nanoseconds < SLICE_NANOSECONDS / 2) {
      return Math.min(slice * 2, 1 << 20);
    }
    return nanoseconds > SLICE_NANOSECONDS ? Math.max(slice / 2, 1) : slice;
  }

  /// How many losses come before the first that is not finite.
  private static int finite(StepLosses losses) {
    int step = 0;
    while (step < losses.steps() && Double.isFinite(losses.loss(step, 0))) {
      step++;
    }
    return step;
  }
}
