package twister.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;
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

    /// Takes the weights in between, while all of them are finite numbers.
    ///
    /// @param step the number of the step that was updated last
    /// @param weights (C, V), row-major
    /// @throws IOException if what is made of them cannot be kept; the training then ends
    void weights(int step, double[] weights) throws IOException;

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
  ///
  /// @param every the observer takes the weights after the update of each step whose number is a
  ///     multiple of this, but for the last step; never where it is empty
  public static Result train(
      TrainingSession session, int steps, OptionalInt every, Observer observer)
      throws IOException {
    int done = 0;
    for (int slice = 1; done < steps; ) {
      if (observer.isStopWanted()) {
        return new Result(Ending.INTERRUPTED, done, Double.NaN, Double.NaN);
      }
      int wanted = every.isPresent() ? nextMultiple(done, every.getAsInt()) : steps - 1;
      int count = Math.min(slice, Math.min(wanted, steps - 1) + 1 - done);
      long start = System.nanoTime();
      StepLosses losses = session.advance(count);
      slice = count == slice ? nextSlice(slice, System.nanoTime() - start) : slice;
      int finite = finite(losses);
      observer.losses(done, Math.min(finite + 1, losses.steps()), losses);
      done += finite;
      if (finite < losses.steps()) {
        return new Result(Ending.DIVERGED, done, Double.NaN, Double.NaN);
      }
      if (done == wanted + 1 && done < steps) {
        showWeights(session, wanted, observer);
      }
    }
    StepLosses last = session.evaluate();
    Ending ending = Double.isFinite(last.loss(0, 0)) ? Ending.FINISHED : Ending.DIVERGED;
    return new Result(ending, done, last.loss(0, 0), last.nll(0, 0));
  }

  private static int nextMultiple(int number, int of) {
    return Math.ceilDiv(number, of) * of;
  }

  private static void showWeights(TrainingSession session, int step, Observer observer)
      throws IOException {
    double[] weights = session.weights(0);
    if (Arrays.stream(weights).allMatch(Double::isFinite)) {
      observer.weights(step, weights);
    }
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
