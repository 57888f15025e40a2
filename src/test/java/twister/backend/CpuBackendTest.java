package twister.backend;

import twister.backend.cpu.CpuBackend;

class CpuBackendTest extends BackendContract {

  @Override
  Backend backend() {
    return new CpuBackend();
  }

  /// Double precision throughout; the exponential's relative error is below 1e-13.
  @Override
  double tolerance() {
    return 1e-12;
  }
}
