package twister.experiment;

import java.util.IdentityHashMap;
import java.util.List;
import twister.spec.TrainingSpec;

/// How far a sweep is whose batches train on one device or on several, and the lowest loss seen.
public final class SweepProgress {
  private final ExperimentListener listener;

  /// How many runs of a batch would be trained by now if they were trained one after the other.
  private final IdentityHashMap<List<PlannedRun>, Integer> inTraining = new IdentityHashMap<>();

  private int ended;
  private double lowest = Double.POSITIVE_INFINITY;

  SweepProgress(ExperimentListener listener) {
    this.listener = listener;
  }

  /// Takes note of where the training of a batch is.
  synchronized void at(List<PlannedRun> batch, int step, double loss) {
    int steps = batch.getFirst().inputs().spec().training().map(TrainingSpec::steps).orElse(1);
    inTraining.put(batch, Math.toIntExact((long) batch.size() * step / steps));
    tell(loss);
  }

  /// Takes note of a batch that has ended, or is to begin anew.
  ///
  /// @param trained how many of its runs are trained
  synchronized void end(List<PlannedRun> batch, int trained) {
    inTraining.remove(batch);
    ended += trained;
  }

  /// Takes note of a loss, the lowest so far or not.
  synchronized void tell(double loss) {
    lowest = loss < lowest ? loss : lowest;
    int done = ended + inTraining.values().stream().mapToInt(runs -> runs).sum();
    listener.progress(done, lowest);
  }
}
