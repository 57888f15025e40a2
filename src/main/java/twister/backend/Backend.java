package twister.backend;

import java.util.List;

/// A way to train: opens sessions on the devices that it knows.
public interface Backend {
  /// The devices at hand, the preferred one first.
  List<Device> devices();

  /// Starts the training of a batch of runs on the first device.
  ///
  /// @param runs one or more; they train in lockstep, each as if it were alone
  TrainingSession open(Problem problem, List<RunConfig> runs);
}
