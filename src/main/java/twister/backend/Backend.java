package twister.backend;

import java.util.List;

/// A way to train: opens sessions on the devices that it knows.
public interface Backend {
  /// The devices at hand, the preferred one first.
  List<Device> devices();

  /// Starts the training of a batch of runs.
  ///
  /// @param device one of [#devices()]
  /// @param runs one or more; they train in lockstep, each as if it were alone
  /// @throws DeviceException if the device cannot hold or compile the training
  TrainingSession open(Device device, Problem problem, List<RunConfig> runs);
}
