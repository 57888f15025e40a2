package twister.backend.cpu;

import java.util.List;
import twister.backend.Backend;
import twister.backend.Device;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;

/// The backend that is always there: the processor that runs the program, in double precision.
public final class CpuBackend implements Backend {
  /// The backend's name on the command line.
  public static final String NAME = "cpu";

  @Override
  public List<Device> devices() {
    int cores = Runtime.getRuntime().availableProcessors();
    String name = "%s, %d %s".formatted(System.getProperty("os.arch"), cores, cores == 1 ? "core" : "cores");
    return List.of(new Device(NAME, name));
  }

  @Override
  public TrainingSession open(Problem problem, List<RunConfig> runs) {
    int weights = problem.contexts() * problem.symbols();
    for (RunConfig run : runs) {
      if (run.initialWeights().length != weights) {
        throw new IllegalArgumentException(
            "weights: expected (%d, %d), got (%d)"
                .formatted(problem.contexts(), problem.symbols(), run.initialWeights().length));
      }
    }
    return switch (problem) {
      case Problem.OverCounts(var counts) -> new CountsSession(counts, runs);
      case Problem.OverExamples(var examples) -> new ExamplesSession(examples, runs);
    };
  }
}
