package twister.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import twister.backend.BackendProvider;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.backend.Problem;
import twister.backend.Profile;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;
import twister.experiment.FakeDevices;
import twister.spec.DeviceSpec;

/// Two GPUs of an executor that compute as its processor does. They fail over examples as long as
/// there is a certain file.
public final class LentGpus implements BackendProvider {
  /// The property of Java that names the file.
  static final String FAILING = "twister.failing";

  private static final class Gpus extends FakeDevices {
    Gpus() {
      super("Lent 0", "Lent 1");
    }

    @Override
    public TrainingSession open(
        Device device, Problem problem, List<RunConfig> runs, Optional<Profile> profile) {
      if (problem instanceof Problem.OverExamples
          && Files.exists(Path.of(System.getProperty(FAILING, "")))) {
        throw new DeviceException("the GPU is gone");
      }
      return super.open(device, problem, runs, profile);
    }
  }

  /// Made by [java.util.ServiceLoader].
  public LentGpus() {}

  @Override
  public Availability availability(DeviceSpec device) {
    return new Availability.Ready(new Gpus());
  }
}
