package twister.backend.tornado;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import twister.backend.Device;
import twister.backend.MlpBackendContract;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;

@ParameterizedClass(name = "{0}")
@MethodSource("devices")
class TornadoMlpBackendTest extends MlpBackendContract {
  @Parameter private Device device = TestDevices.BACKEND.devices().getFirst();

  static Stream<Device> devices() {
    return TestDevices.BACKEND.devices().stream();
  }

  @Override
  protected TrainingSession open(Problem.OverBlocks problem, List<RunConfig> runs) {
    return TestDevices.BACKEND.open(device, problem, runs);
  }

  /// Single precision: 6e-8 in each operation, added up over up to 200 units and seven steps.
  @Override
  protected double tolerance() {
    return 1e-5;
  }
}
