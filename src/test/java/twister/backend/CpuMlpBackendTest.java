package twister.backend;

import java.util.List;
import org.junit.jupiter.api.Tag;
import twister.backend.cpu.CpuBackend;

@Tag("processor")
class CpuMlpBackendTest extends MlpBackendContract {

  @Override
  protected TrainingSession open(Problem.OverBlocks problem, List<RunConfig> runs) {
    CpuBackend backend = new CpuBackend();
    return backend.open(backend.devices().getFirst(), problem, runs);
  }

  /// Single precision: 6e-8 in each operation, added up over up to 200 units and seven steps.
  @Override
  protected double tolerance() {
    return 1e-5;
  }
}
