package twister.experiment;

import twister.backend.Device;
import twister.backend.DeviceException;

/// Is told what happens while an experiment is trained, and asked whether to go on; from any
/// thread.
public interface ExperimentListener {
  /// Tells nobody, and goes on to the end.
  ExperimentListener SILENT = new ExperimentListener() {};

  /// The training begins.
  ///
  /// @param all how many steps of a single run, or runs of a sweep, there are to train
  default void trainingBegins(int all) {}

  /// How far the training is.
  ///
  /// @param done how many steps or runs are trained
  /// @param loss the latest loss; of a sweep the lowest one by which a run that has ended is
  ///   judged, NaN as long as there is none; in nats per character
  default void progress(int done, double loss) {}

  /// How far the batch of a sweep is that is in training; told before [#progress].
  ///
  /// @param step how many of its steps are trained; 0 where none or several are in training
  /// @param steps how many it has; 0 where none or several are in training
  /// @param secondsLeft until the sweep ends; NaN as long as that is not known
  default void sweepProgress(int step, int steps, double secondsLeft) {}

  /// The training has ended, whatever came of it.
  default void trainingEnded() {}

  /// A device of several failed; the others train what it had.
  default void deviceFailed(Device device, DeviceException problem) {}

  /// A batch of a sweep failed for good; the others go on.
  ///
  /// @param runs how many it has, which are recorded as failed
  /// @param reason why, in words
  default void batchFailed(int runs, String reason) {}

  /// There is no profile, as the device does not take the times of its parts.
  default void profileMissing(Device device) {}

  /// A training goes on from a checkpoint.
  ///
  /// @param steps how many are trained already
  default void goesOn(int steps) {}

  /// It could not be kept where the training is, which goes on.
  ///
  /// @param reason why, in words
  default void checkpointFailed(String reason) {}

  /// Whether the training shall end before its last step.
  default boolean isStopWanted() {
    return false;
  }
}
