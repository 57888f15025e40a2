package twister.backend;

import java.util.List;
import java.util.Optional;

/// A way to train: opens sessions on the devices that it knows.
public interface Backend {
  /// The devices at hand, the preferred one first.
  List<Device> devices();

  /// How many symbols the words may have that its devices train on.
  default int mostSymbols() {
    return Integer.MAX_VALUE;
  }

  /// How many symbols the words may have for a device to be at its best. With more, it is some ten
  /// times slower.
  ///
  /// @param device one of [#devices()]
  default int fastSymbols(Device device) {
    return Integer.MAX_VALUE;
  }

  /// Starts the training of a batch of runs.
  ///
  /// @param device one of [#devices()]
  /// @param runs one or more; they train in lockstep, each as if it were alone
  /// @param profile filled with the device's times, where the backend takes any
  /// @throws DeviceException if the device cannot hold or compile the training
  TrainingSession open(
      Device device, Problem problem, List<RunConfig> runs, Optional<Profile> profile);

  /// Starts the training of a batch of runs without taking times.
  ///
  /// @param device one of [#devices()]
  /// @param runs one or more; they train in lockstep, each as if it were alone
  /// @throws DeviceException if the device cannot hold or compile the training
  default TrainingSession open(Device device, Problem problem, List<RunConfig> runs) {
    return open(device, problem, runs, Optional.empty());
  }
}
