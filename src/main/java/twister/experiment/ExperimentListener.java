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
  /// @param loss the latest loss, of a sweep the lowest so far, in nats per character
  default void progress(int done, double loss) {}

  /// The training has ended, whatever came of it.
  default void trainingEnded() {}

  /// A device of several failed; the others train what it had.
  default void deviceFailed(Device device, DeviceException problem) {}

  /// There is no profile, as the device does not take the times of its parts.
  default void profileMissing(Device device) {}

  /// Whether the training shall end before its last step.
  default boolean isStopWanted() {
    return false;
  }
}
