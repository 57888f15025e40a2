package twister.experiment;

import java.util.List;
import java.util.Optional;
import twister.backend.Backend;
import twister.backend.Device;
import twister.backend.Problem;
import twister.backend.Profile;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;

/// The devices of a cluster, as this process knows them: by name only. Sessions are opened where
/// the devices are.
///
/// @param devices one for each batch that is trained at the same time
record ClusterBackend(List<Device> devices) implements Backend {
  ClusterBackend {
    devices = List.copyOf(devices);
  }

  @Override
  public TrainingSession open(
      Device device, Problem problem, List<RunConfig> runs, Optional<Profile> profile) {
    throw new IllegalStateException(device.name() + " is a device of another machine");
  }
}
