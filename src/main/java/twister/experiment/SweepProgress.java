package twister.experiment;

import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import twister.backend.Workload;
import twister.spec.TrainingSpec;

/// How far a sweep is whose batches train on one device or on several, the lowest loss of the runs
/// that have ended, and the time that is left.
///
/// The time left is that which the work left is expected to take, corrected by what the work done
/// of its kind took beside what it was expected to take.
public final class SweepProgress {
  /// Shorter trainings say little of the time left.
  private static final double LEAST_SECONDS = 1;

  private final ExperimentListener listener;
  private final ToDoubleFunction<Workload> secondsPerRun;
  private final int devices;
  private final LongSupplier nanoTime;
  private final Map<Workload.Kind, Share> shares = new EnumMap<>(Workload.Kind.class);
  private final IdentityHashMap<List<PlannedRun>, InTraining> inTraining = new IdentityHashMap<>();
  private int ended;
  private double lowest = Double.NaN;

  /// Work of one kind, in seconds.
  private static final class Share {
    /// What all of it is expected to take.
    private double expected;

    /// What that which is done was expected to take.
    private double done;

    /// What it took, on all devices together.
    private double taken;
  }

  /// A batch in training.
  private static final class InTraining {
    private final long begun;

    /// How many steps a checkpoint had.
    private final int from;

    private int step;

    InTraining(long begun, int from) {
      this.begun = begun;
      this.from = from;
      step = from;
    }

    /// Adds the batch to all work of its kind: what a checkpoint had was neither done in this
    /// training nor is it left.
    ///
    /// @param seconds what all steps of it are expected to take
    /// @param until how many steps are trained
    /// @param steps how many there are
    /// @param taken what those of this training took, in seconds
    void addTo(Share share, double seconds, int until, int steps, double taken) {
      share.expected -= seconds * from / steps;
      share.done += seconds * (until - from) / steps;
      share.taken += taken;
    }
  }

  /// @param secondsPerRun what a run of work is expected to take
  /// @param devices how many train at the same time
  /// @param nanoTime the clock
  SweepProgress(
      ExperimentListener listener,
      ToDoubleFunction<Workload> secondsPerRun,
      int devices,
      LongSupplier nanoTime) {
    this.listener = listener;
    this.secondsPerRun = secondsPerRun;
    this.devices = devices;
    this.nanoTime = nanoTime;
  }

  /// Takes note of work that is to be done.
  synchronized void expect(List<Workload> work) {
    work.forEach(some -> share(some).expected += seconds(some));
  }

  /// Takes note of expected runs that are there already.
  synchronized void skip(List<RunInputs> runs) {
    Experiment.work(runs).forEach(some -> share(some).expected -= seconds(some));
  }

  private Share share(Workload work) {
    return shares.computeIfAbsent(work.kind(), _ -> new Share());
  }

  private double seconds(Workload work) {
    return secondsPerRun.applyAsDouble(work) * work.runs();
  }

  /// Takes note of a batch whose training begins.
  synchronized void begin(List<PlannedRun> batch) {
    goOn(batch, 0);
  }

  /// Takes note of a batch whose training goes on from a checkpoint.
  ///
  /// @param step how many steps are trained already
  synchronized void goOn(List<PlannedRun> batch, int step) {
    inTraining.put(batch, new InTraining(nanoTime.getAsLong(), step));
  }

  /// Takes note of where the training of a batch is.
  ///
  /// @param step how many steps are trained
  synchronized void at(List<PlannedRun> batch, int step) {
    Optional.ofNullable(inTraining.get(batch)).ifPresent(training -> training.step = step);
    tell();
  }

  /// Takes note of a batch that has ended, or is to begin anew.
  ///
  /// @param trained how many of its runs are trained
  synchronized void end(List<PlannedRun> batch, int trained) {
    InTraining training = inTraining.remove(batch);
    if (training == null) {
      return;
    }
    ended += trained;
    if (trained > 0) {
      work(batch)
          .ifPresent(
              work -> {
                int steps = steps(batch);
                double taken = secondsSince(training);
                training.addTo(share(work), seconds(work), steps, steps, taken);
              });
    }
    tell();
  }

  /// Takes note of the loss by which a run that has ended is judged; NaN where it has none.
  synchronized void take(double loss) {
    lowest = loss >= lowest || Double.isNaN(loss) ? lowest : loss;
  }

  private void tell() {
    int done = ended;
    for (var entry : inTraining.entrySet()) {
      long runs = entry.getKey().size();
      done += Math.toIntExact(runs * entry.getValue().step / steps(entry.getKey()));
    }
    boolean isOne = inTraining.size() == 1;
    int step = isOne ? inTraining.values().iterator().next().step : 0;
    int steps = isOne ? steps(inTraining.keySet().iterator().next()) : 0;
    listener.sweepProgress(step, steps, secondsLeft());
    listener.progress(done, lowest);
  }

  private static int steps(List<PlannedRun> batch) {
    return batch.getFirst().inputs().spec().training().map(TrainingSpec::steps).orElse(1);
  }

  private static Optional<Workload> work(List<PlannedRun> batch) {
    return batch.getFirst().inputs().work().map(work -> work.ofRuns(batch.size()));
  }

  private double secondsSince(InTraining training) {
    return (nanoTime.getAsLong() - training.begun) / 1e9;
  }

  /// How long the rest will take; NaN as long as nothing is known of it.
  private double secondsLeft() {
    Map<Workload.Kind, Share> now = new EnumMap<>(Workload.Kind.class);
    shares.forEach((kind, share) -> now.put(kind, copy(share)));
    inTraining.forEach(
        (batch, training) ->
            work(batch)
                .ifPresent(
                    work -> {
                      Share share = now.computeIfAbsent(work.kind(), _ -> new Share());
                      double taken = secondsSince(training);
                      training.addTo(share, seconds(work), training.step, steps(batch), taken);
                    }));
    if (now.values().stream().mapToDouble(share -> share.taken).sum() < LEAST_SECONDS) {
      return Double.NaN;
    }
    double left = 0;
    for (Share share : now.values()) {
      boolean isMeasured = share.done > 0 && share.taken >= LEAST_SECONDS;
      double ratio = isMeasured ? share.taken / share.done : 1;
      left += Math.max(0, share.expected - share.done) * ratio;
    }
    return left / devices;
  }

  private static Share copy(Share share) {
    Share copy = new Share();
    copy.expected = share.expected;
    copy.done = share.done;
    copy.taken = share.taken;
    return copy;
  }
}
