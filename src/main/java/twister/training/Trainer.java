package twister.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import twister.backend.LossMemory;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;

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
    /// @param losses which stay as they are until this returns
    /// @throws IOException if they cannot be kept; the training then ends
    void losses(int from, int[] counts, StepLosses losses) throws IOException;

    /// Whether it takes the weights of a run after a step. It takes them at every look at a run
    /// that may stop by the loss on the dev words, the end of the training among them.
    boolean wantsWeights(int step, int run);

    /// Takes the weights of a run in between, while all of them are finite numbers.
    ///
    /// @param step the number of the step that was updated last
    /// @param weights flat, in the shape of the session's problem
    /// @throws IOException if what is made of them cannot be kept; the training then ends
    void weights(int step, int run, double[] weights) throws IOException;

    /// The loss on the dev words at the weights that it took last of a run. Asked for where a run
    /// may stop by it.
    double devLoss(int run);

    /// Whether it takes the progress of the runs now; asked between two steps.
    ///
    /// @param isLast whether the training ends here before its last step
    default boolean wantsProgress(boolean isLast) {
      return false;
    }

    /// Takes the progress of the runs, from which the training can go on. Like losses it is told in
    /// another thread, after those before it.
    ///
    /// @throws IOException if losses before it cannot be kept; the training then ends
    default void progress(List<RunProgress> runs) throws IOException {}

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
  /// @param best of a run that may stop early and whose ending is good: the look that it ends with,
  ///   which need not be the last
  public record Result(
      Ending ending, int steps, double loss, double nll, Optional<EarlyStop.Look> best) {
    /// What came of a run that has no looks, or no good ending.
    public Result(Ending ending, int steps, double loss, double nll) {
      this(ending, steps, loss, nll, Optional.empty());
    }
  }

  private final TrainingSession session;
  private final int steps;
  private final OptionalInt every;
  private final Observer observer;
  private final List<Optional<EarlyStop>> stops;
  private final boolean mayStop;
  private final @Nullable Result[] results;

  /// What holds the losses that are told while the session computes the next ones.
  private final LossMemory memory = new LossMemory();

  /// How many runs have no result.
  private int goingOn;

  private int done;

  private Trainer(
      TrainingSession session,
      List<Optional<EarlyStop>> stops,
      int steps,
      OptionalInt every,
      Observer observer) {
    this.session = session;
    this.stops = stops;
    this.steps = steps;
    this.every = every;
    this.observer = observer;
    mayStop = every.isPresent() && stops.stream().anyMatch(Optional::isPresent);
    results = new Result[stops.size()];
    goingOn = results.length;
  }

  /// Trains the runs of a session from their first step on.
  ///
  /// @param stops (R), when each run ends early; each must look at multiples of `every` only
  /// @param every the observer may take the weights after the update of each step whose number is a
  ///   multiple of this, but for the last step; never where it is empty
  /// @return what came of each run
  /// @throws IOException if the observer cannot keep what it is told
  public static List<Result> train(
      TrainingSession session,
      List<Optional<EarlyStop>> stops,
      int steps,
      OptionalInt every,
      Observer observer)
      throws IOException {
    return train(session, stops, steps, every, List.of(), observer);
  }

  /// Trains the runs of a session from where they are.
  ///
  /// @param stops (R), when each run ends early; each must look at multiples of `every` only
  /// @param every the observer may take the weights after the update of each step whose number is a
  ///   multiple of this, but for the last step; never where it is empty
  /// @return what came of each run
  /// @param from where each run is, after equally many steps; empty where they begin
  /// @throws IOException if the observer cannot keep what it is told
  public static List<Result> train(
      TrainingSession session,
      List<Optional<EarlyStop>> stops,
      int steps,
      OptionalInt every,
      List<RunProgress> from,
      Observer observer)
      throws IOException {
    Trainer trainer = new Trainer(session, stops, steps, every, observer);
    if (!from.isEmpty()) {
      trainer.resume(from);
    }
    return trainer.train();
  }

  private void resume(List<RunProgress> from) {
    done = from.getFirst().steps();
    session.resume(done, from.stream().map(RunProgress::state).toList());
    for (int run = 0; run < results.length; run++) {
      RunProgress progress = from.get(run);
      if (progress.stop().isPresent()) {
        stops.get(run).orElseThrow().resume(progress.stop().get());
      }
      if (progress.result().isPresent()) {
        end(run, progress.result().get());
        session.release(run);
      }
    }
  }

  private List<RunProgress> progress() {
    return IntStream.range(0, results.length)
        .mapToObj(
            run ->
                new RunProgress(
                    done,
                    session.state(run),
                    stops.get(run).map(EarlyStop::state),
                    Optional.ofNullable(results[run])))
        .toList();
  }

  private List<Result> train() throws IOException {
    try (Delivery delivery = new Delivery(observer)) {
      train(delivery);
      delivery.end();
    }
    List<Result> all = new ArrayList<>(results.length);
    for (Result result : results) {
      all.add(Objects.requireNonNull(result));
    }
    return all;
  }

  private void train(Delivery delivery) throws IOException {
    for (int slice = 1; done < steps && goingOn > 0; ) {
      boolean isStopWanted = observer.isStopWanted();
      if (done > 0 && observer.wantsProgress(isStopWanted)) {
        delivery.send(progress());
      }
      if (isStopWanted) {
        end(run -> new Result(Ending.INTERRUPTED, done, Double.NaN, Double.NaN));
        break;
      }
      int wanted = every.isPresent() ? nextMultiple(done, every.getAsInt()) : steps - 1;
      int count = Math.min(slice, Math.min(wanted, steps - 1) + 1 - done);
      long start = System.nanoTime();
      StepLosses losses = session.advance(count);
      slice = count == slice ? nextSlice(slice, System.nanoTime() - start) : slice;
      take(losses, delivery);
      if (done == wanted + 1 && done < steps) {
        delivery.end();
        look(wanted);
      }
    }
    if (goingOn > 0) {
      StepLosses last = session.evaluate().kept();
      delivery.end();
      for (int run = 0; run < results.length; run++) {
        if (results[run] == null) {
          if (stops.get(run).isPresent() && Double.isFinite(last.loss(0, run))) {
            showWeights(steps - 1, run, stops.get(run), OptionalDouble.of(last.loss(0, run)));
          }
          end(run, ended(Ending.FINISHED, run, last));
        }
      }
    }
  }

  /// @param last the losses after the last update
  private Result ended(Ending ending, int run, StepLosses last) {
    double loss = last.loss(0, run);
    if (!Double.isFinite(loss)) {
      return new Result(Ending.DIVERGED, done, loss, last.nll(0, run));
    }
    double nll = last.nll(0, run);
    Optional<EarlyStop> stop = stops.get(run);
    if (stop.isEmpty()) {
      return new Result(ending, done, loss, nll);
    }
    stop.get().takeLast(loss);
    return new Result(ending, done, loss, nll, stop.get().best());
  }

  /// Shows weights after a step, and ends the runs that shall go no further. The losses at the
  /// weights come first: a device's weights are fetched once after each launch.
  private void look(int step) throws IOException {
    Optional<StepLosses> now =
        !session.areWeightsAtHand() && isAny(step, EarlyStop::asksForLoss)
            ? Optional.of(session.evaluate().kept())
            : Optional.empty();
    for (int run = 0; run < results.length; run++) {
      if (results[run] == null) {
        showWeights(step, run, looking(run, step), loss(now, run));
      }
    }
    stop(step, now);
  }

  /// Whether any run that goes on and is looked at is such.
  private boolean isAny(int step, Predicate<EarlyStop> such) {
    return mayStop
        && IntStream.range(0, results.length)
            .anyMatch(run -> results[run] == null && looking(run, step).filter(such).isPresent());
  }

  private static OptionalDouble loss(Optional<StepLosses> losses, int run) {
    return losses.isPresent()
        ? OptionalDouble.of(losses.get().loss(0, run))
        : OptionalDouble.empty();
  }

  /// What looks at a run after a step.
  private Optional<EarlyStop> looking(int run, int step) {
    return stops.get(run).filter(stop -> stop.looksAt(step));
  }

  /// Ends the runs that shall go no further than a step.
  ///
  /// @param known the losses at the weights, where they were asked for
  private void stop(int step, Optional<StepLosses> known) throws IOException {
    List<Integer> ending =
        IntStream.range(0, results.length)
            .filter(run -> results[run] == null && stopped(run, step).isPresent())
            .boxed()
            .toList();
    if (ending.isEmpty()) {
      return;
    }
    StepLosses now = known.orElseGet(() -> session.evaluate().kept());
    for (int run : ending) {
      end(run, ended(stopped(run, step).orElseThrow(), run, now));
      session.release(run);
    }
  }

  private Optional<Ending> stopped(int run, int step) {
    return looking(run, step).flatMap(stop -> stop.ending(step));
  }

  /// Ends the runs that go on.
  private void end(IntFunction<Result> how) {
    for (int run = 0; run < results.length; run++) {
      if (results[run] == null) {
        end(run, how.apply(run));
      }
    }
  }

  /// Ends a run that goes on.
  private void end(int run, Result result) {
    results[run] = result;
    goingOn--;
  }

  /// Takes losses once the observer has those before them, which lie in the same memory.
  private void take(StepLosses ofSession, Delivery delivery) throws IOException {
    delivery.end();
    StepLosses losses = ofSession.kept(memory);
    int[] counts = new int[results.length];
    if (goingOn == results.length && !mayStop && losses.areFinite()) {
      Arrays.fill(counts, losses.steps());
    } else {
      int[] finite = finite(losses);
      for (int run = 0; run < results.length; run++) {
        if (results[run] == null) {
          counts[run] = Math.min(finite[run] + 1, losses.steps());
          take(run, finite[run], losses);
        }
      }
    }
    delivery.send(done, counts, losses);
    done += losses.steps();
  }

  /// Takes the losses of a run that goes on.
  ///
  /// @param finite how many come before the first that is not finite
  private void take(int run, int finite, StepLosses losses) {
    if (stops.get(run).isPresent()) {
      for (int i = 0; i < finite; i++) {
        stops.get(run).get().take(done + i, losses.loss(i, run));
      }
    }
    if (finite < losses.steps()) {
      end(run, new Result(Ending.DIVERGED, done + finite, Double.NaN, Double.NaN));
      session.release(run);
    }
  }

  private static int nextMultiple(int number, int of) {
    return Math.ceilDiv(number, of) * of;
  }

  /// Shows the weights of a run to those who want them.
  ///
  /// @param look what looks at the run, too
  /// @param now the training loss at the weights, where it is known
  private void showWeights(int step, int run, Optional<EarlyStop> look, OptionalDouble now)
      throws IOException {
    boolean isShown = observer.wantsWeights(step, run);
    if (!isShown && look.filter(stop -> stop.wantsWeights(now)).isEmpty()) {
      look.ifPresent(EarlyStop::pass);
      return;
    }
    double[] weights = session.weights(run);
    if (!Arrays.stream(weights).allMatch(Double::isFinite)) {
      return;
    }
    if (isShown) {
      observer.weights(step, run, weights);
    }
    if (look.isPresent() && look.get().isByDev()) {
      look.get().look(step, weights, observer.devLoss(run));
    } else if (look.isPresent()) {
      look.get().look(step, weights);
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
