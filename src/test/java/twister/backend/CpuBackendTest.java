package twister.backend;

import twister.backend.cpu.CpuBackend;

class CpuBackendTest extends BackendContract {

  @Override
  Backend backend() {
    return new CpuBackend();
  }

  /// Double precision throughout; the exponential's error of 2e-14 is multiplied by learning rates up
  /// to 50 in each of the steps.
  @Override
  double tolerance() {
    return 1e-12;
  }
}
