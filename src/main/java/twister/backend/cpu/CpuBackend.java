package twister.backend.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import twister.backend.Backend;
import twister.backend.Device;
import twister.backend.Problem;
import twister.backend.Profile;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;

/// The backend that is always there: the processor that runs the program. It trains n-gram models
/// in double precision, multi-layer perceptrons in single precision.
public final class CpuBackend implements Backend {
  /// The name of the backend and of its only device.
  public static final String NAME = "cpu";

  private final Device device = device();

  @Override
  public List<Device> devices() {
    return List.of(device);
  }

  private static Device device() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Device(
        NAME,
        Device.Kind.CPU,
        NAME,
        "%s (%d %s)".formatted(processor(), cores, cores == 1 ? "core" : "cores"),
        Runtime.getRuntime().maxMemory(),
        "Java " + Runtime.version());
  }

  /// The processor as Linux names it; elsewhere its architecture.
  private static String processor() {
    Path file = Path.of("/proc/cpuinfo");
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(file)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException | UncheckedIOException e) {
      return architecture;
    }
  }

  @Override
  public TrainingSession open(
      Device device, Problem problem, List<RunConfig> runs, Optional<Profile> profile) {
    problem.check(runs);
    return switch (problem) {
      case Problem.OverCounts counts -> new CountsSession(counts, runs);
      case Problem.OverExamples examples -> new ExamplesSession(examples, runs);
      case Problem.OverBlocks blocks -> new MlpSession(blocks, runs);
    };
  }
}
