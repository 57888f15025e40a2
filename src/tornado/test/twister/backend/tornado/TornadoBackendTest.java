package twister.backend.tornado;

import java.util.List;
import twister.backend.BackendContract;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;

class TornadoBackendTest extends BackendContract {
  private static final TornadoBackend BACKEND = new TornadoBackend();

  @Override
  protected TrainingSession open(Problem problem, List<RunConfig> runs) {
    return BACKEND.open(BACKEND.devices().getFirst(), problem, runs);
  }

  @Override
  protected double tolerance() {
    return 1e-5;
  }
}
