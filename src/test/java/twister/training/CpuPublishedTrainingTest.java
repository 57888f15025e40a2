package twister.training;

import java.util.List;
import org.junit.jupiter.api.Tag;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;
import twister.backend.cpu.CpuBackend;

@Tag("processor")
class CpuPublishedTrainingTest extends PublishedTrainingContract {

  @Override
  protected TrainingSession open(Problem problem, List<RunConfig> runs) {
    CpuBackend backend = new CpuBackend();
    return backend.open(backend.devices().getFirst(), problem, runs);
  }

  @Override
  protected double rounding() {
    return 1e-11;
  }
}
