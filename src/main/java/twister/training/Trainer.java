package twister.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.spec.StopSpec;

/// Trains the runs of a session to their end, in slices short enough to report progress and to be
/// stopped.
///
/// How the steps are cut into slices follows the clock; what they compute does not depend on it.
/// The losses of a slice are told while the session trains the next one. A run whose loss is no
/// longer a finite number has ended; it costs the others nothing.
public final class Trainer {
  private static final long SLICE_NANOSECONDS = 50_000_000;

  /// The most that a slice grows from one to the next.
  private static final int GROWTH = 8;

  /// Who is told of a training as it goes.
  public interface Observer {
    /// Takes the losses of the next steps, in another thread than the rest. Before anything else is
    /// told, it has ended; only whether to stop is asked meanwhile.
    ///
    /// @param from the number of the first of them
    /// @param counts (R), how many of them count for each run; those after a divergence do not
    /// @throws IOException if they cannot be kept; the training then ends
    void losses(int from, int[] counts, StepLosses losses) throws IOException;

    /// Whether it takes the weights of a run after a step.
    boolean wantsWeights(int step, int run);

    /// Takes the weights of a run in between, while all of them are finite numbers.
    ///
    /// @param step the number of the step that was updated last
    /// @param weights flat, in the shape of the session's problem
    /// @throws IOException if what is made of them cannot be kept; the training then ends
    void weights(int step, int run, double[] weights) throws IOException;

    /// The loss on the dev words at the weights that it took last of a run. Asked for where a run
    /// may stop by it: then it wants the weights at every look.
    double devLoss(int run);

    /// Takes the weights of a run that has ended before the others.
    ///
    /// @param weights after its last update
    void stopped(int run, double[] weights) throws IOException;

    /// Whether the training shall end before its last step.
    boolean isStopWanted();
  }

  /// How a training ended.
  public enum Ending {
    /// Every step was trained.
    FINISHED,
    /// The loss was as low as wanted.
    TARGET_REACHED,
    /// The loss did not get lower for as many steps as allowed.
    PATIENCE_LOST,
    /// The loss was no longer a finite number.
    DIVERGED,
    /// The observer asked for it.
    INTERRUPTED;

    /// Whether there is a model.
    public boolean isGood() {
      return this == FINISHED || this == TARGET_REACHED || this == PATIENCE_LOST;
    }
  }

  /// What came of the training of a run.
  ///
  /// @param steps how many updates were done; after a divergence, the step whose loss was not
  ///   finite
  /// @param loss after the last update: NLL plus L2 term; NaN unless the ending is good
  /// @param nll after the last update: the data term; NaN unless the ending is good
  public record Result(Ending ending, int steps, double loss, double nll) {}

  private final TrainingSession session;
  private final int steps;
  private final OptionalInt every;
  private final Observer observer;
  private final List<Optional<StopSpec>> stops;
  private final @Nullable Result[] results;

  /// The lowest loss of each run, of those its end is decided by, and its step; kept where a run
  /// may stop.
  private final double[] lowest;

  private final int[] lowestAt;
  private int done;

  private Trainer(
      TrainingSession session,
      List<Optional<StopSpec>> stops,
      int steps,
      OptionalInt every,
      Observer observer) {
    this.session = session;
    this.stops = stops;
    this.steps = steps;
    this.every = every;
    this.observer = observer;
    results = new Result[stops.size()];
    lowest = new double[stops.size()];
    Arrays.fill(lowest, Double.POSITIVE_INFINITY);
    lowestAt = new int[stops.size()];
  }

  /// Trains the runs of a session.
  ///
  /// @param stops (R), when each run ends early; each must look at multiples of `every` only
  /// @param every the observer may take the weights after the update of each step whose number is a
  ///   multiple of this, but for the last step; never where it is empty
  /// @return what came of each run
  /// @throws IOException if the observer cannot keep what it is told
  public static List<Result> train(
      TrainingSession session,
      List<Optional<StopSpec>> stops,
      int steps,
      OptionalInt every,
      Observer observer)
      throws IOException {
    return new Trainer(session, stops, steps, every, observer).train();
  }

  private List<Result> train() throws IOException {
    try (LossDelivery delivery = new LossDelivery(observer)) {
      train(delivery);
      delivery.end();
    }
    return Arrays.stream(results).map(Objects::requireNonNull).toList();
  }

  private void train(LossDelivery delivery) throws IOException {
    for (int slice = 1; done < steps && isAnyGoingOn(); ) {
      if (observer.isStopWanted()) {
        end(run -> new Result(Ending.INTERRUPTED, done, Double.NaN, Double.NaN));
        break;
      }
      int wanted = every.isPresent() ? nextMultiple(done, every.getAsInt()) : steps - 1;
      int count = Math.min(slice, Math.min(wanted, steps - 1) + 1 - done);
      long start = System.nanoTime();
      StepLosses losses = session.advance(count);
      slice = count == slice ? nextSlice(slice, System.nanoTime() - start) : slice;
      take(losses.kept(), delivery);
      if (done == wanted + 1 && done < steps) {
        delivery.end();
        showWeights(wanted);
        stop(wanted);
      }
    }
    if (isAnyGoingOn()) {
      StepLosses last = session.evaluate();
      end(run -> ended(last.loss(0, run), last.nll(0, run)));
    }
  }

  private Result ended(double loss, double nll) {
    return new Result(Double.isFinite(loss) ? Ending.FINISHED : Ending.DIVERGED, steps, loss, nll);
  }

  /// Ends the runs that shall go no further than a step.
  private void stop(int step) throws IOException {
    List<Integer> ending =
        IntStream.range(0, results.length)
            .filter(run -> results[run] == null && stopped(run, step).isPresent())
            .boxed()
            .toList();
    if (ending.isEmpty()) {
      return;
    }
    StepLosses now = session.evaluate().kept();
    for (int run : ending) {
      double loss = now.loss(0, run);
      Ending how = Double.isFinite(loss) ? stopped(run, step).orElseThrow() : Ending.DIVERGED;
      results[run] = new Result(how, done, loss, now.nll(0, run));
      if (how.isGood()) {
        observer.stopped(run, session.weights(run));
      }
      session.release(run);
    }
  }

  private Optional<Ending> stopped(int run, int step) {
    return stops
        .get(run)
        .filter(stop -> looksAt(step, run))
        .flatMap(
            stop ->
                stop.target().isPresent() && lowest[run] <= stop.target().getAsDouble()
                    ? Optional.of(Ending.TARGET_REACHED)
                    : stop.patience().isPresent()
                            && step - lowestAt[run] >= stop.patience().getAsInt()
                        ? Optional.of(Ending.PATIENCE_LOST)
                        : Optional.empty());
  }

  private boolean looksAt(int step, int run) {
    return stops.get(run).filter(stop -> step % stop.every() == 0).isPresent();
  }

  private boolean isStoppedBy(StopSpec.Loss loss, int run) {
    return stops.get(run).filter(stop -> stop.loss() == loss).isPresent();
  }

  private void takeLowest(int run, int step, double loss) {
    if (loss < lowest[run]) {
      lowest[run] = loss;
      lowestAt[run] = step;
    }
  }

  private boolean isAnyGoingOn() {
    return Arrays.stream(results).anyMatch(Objects::isNull);
  }

  /// Ends the runs that go on.
  private void end(IntFunction<Result> how) {
    for (int run = 0; run < results.length; run++) {
      if (results[run] == null) {
        results[run] = how.apply(run);
      }
    }
  }

  /// @param losses which stay as they are
  private void take(StepLosses losses, LossDelivery delivery) throws IOException {
    int[] finite = finite(losses);
    int[] counts = new int[results.length];
    for (int run = 0; run < results.length; run++) {
      if (results[run] == null) {
        counts[run] = Math.min(finite[run] + 1, losses.steps());
        if (isStoppedBy(StopSpec.Loss.TRAIN, run)) {
          for (int i = 0; i < finite[run]; i++) {
            takeLowest(run, done + i, losses.loss(i, run));
          }
        }
        if (finite[run] < losses.steps()) {
          results[run] = new Result(Ending.DIVERGED, done + finite[run], Double.NaN, Double.NaN);
          session.release(run);
        }
      }
    }
    delivery.send(done, counts, losses);
    done += losses.steps();
  }

  private static int nextMultiple(int number, int of) {
    return Math.ceilDiv(number, of) * of;
  }

  private void showWeights(int step) throws IOException {
    for (int run = 0; run < results.length; run++) {
      if (results[run] == null && observer.wantsWeights(step, run)) {
        double[] weights = session.weights(run);
        if (Arrays.stream(weights).allMatch(Double::isFinite)) {
          observer.weights(step, run, weights);
          if (isStoppedBy(StopSpec.Loss.DEV, run) && looksAt(step, run)) {
            takeLowest(run, step, observer.devLoss(run));
          }
        }
      }
    }
  }

  private static int nextSlice(int slice, long nanoseconds) {
    if (nanoseconds < SLICE_NANOSECONDS / 2) {
      long fitting = slice * (SLICE_NANOSECONDS / 2) / Math.max(1, nanoseconds);
      return (int) Math.min(Math.clamp(fitting, slice * 2L, (long) slice * GROWTH), 1 << 20);
    }
    return nanoseconds > SLICE_NANOSECONDS ? Math.max(slice / 2, 1) : slice;
  }

  /// How many losses of each run come before the first that is not finite.
  private static int[] finite(StepLosses losses) {
    int[] finite = new int[losses.runs()];
    Arrays.fill(finite, losses.steps());
    if (losses.areFinite()) {
      return finite;
    }
    for (int step = 0; step < losses.steps(); step++) {
      for (int run = 0; run < finite.length; run++) {
        if (finite[run] > step && !Double.isFinite(losses.loss(step, run))) {
          finite[run] = step;
        }
      }
    }
    return finite;
  }
}
