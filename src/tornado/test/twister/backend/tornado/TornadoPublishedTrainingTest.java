package twister.backend.tornado;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import twister.backend.Device;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;
import twister.training.PublishedTrainingContract;

@ParameterizedClass(name = "{0}")
@MethodSource("devices")
class TornadoPublishedTrainingTest extends PublishedTrainingContract {
  @Parameter private Device device = TestDevices.BACKEND.devices().getFirst();

  static Stream<Device> devices() {
    return TestDevices.BACKEND.devices().stream();
  }

  @Override
  protected TrainingSession open(Problem problem, List<RunConfig> runs) {
    return TestDevices.BACKEND.open(device, problem, runs);
  }

  /// Measured: 7e-7 between the paths, over 100 steps.
  @Override
  protected double rounding() {
    return 1e-6;
  }
}
