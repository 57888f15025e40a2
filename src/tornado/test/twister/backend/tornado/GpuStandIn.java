package twister.backend.tornado;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the stand-in for NVIDIA's driver leaves behind, in the folder that STANDIN_DIR names. Its
/// sources are no part of this project; `.ci/gpu` makes it and starts the tests with it.
final class GpuStandIn {
  private static final Optional<Path> FOLDER =
      Optional.ofNullable(System.getenv("STANDIN_DIR")).map(Path::of);

  private GpuStandIn() {}

  /// Skips the test where there is no stand-in.
  static Path folder() {
    assumeTrue(
        FOLDER.isPresent(), "STANDIN_DIR is not set: there is no stand-in for NVIDIA's driver");
    return FOLDER.orElseThrow();
  }

  /// The calls of the driver so far, a line each. Skips the test where they are not written down.
  static List<String> calls() throws IOException {
    Path log = folder().resolve("calls.log");
    assumeTrue(Files.isReadable(log), "the stand-in for NVIDIA's driver writes no list of calls");
    return Files.readAllLines(log, StandardCharsets.UTF_8);
  }
}
