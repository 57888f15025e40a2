package twister.backend;

import java.util.List;
import twister.backend.cpu.CpuBackend;

class CpuBackendTest extends BackendContract {

  @Override
  protected TrainingSession open(Problem problem, List<RunConfig> runs) {
    CpuBackend backend = new CpuBackend();
    return backend.open(backend.devices().getFirst(), problem, runs);
  }

  /// Double precision throughout; the exponential's error of 2e-14 is multiplied by learning rates up
  /// to 50 in each of the steps.
  @Override
  protected double tolerance() {
    return 1e-12;
  }
}
