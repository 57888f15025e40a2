package twister.backend.tornado;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A library in front of OpenCL's, by which PoCL's processor says that it is an FPGA, or calls
/// fail. Its sources are no part of this project: FPGA_STANDIN names their folder, and tests that
/// need it are skipped without.
public final class StandIn {
  private static final List<String> LIBRARY = List.of("-shared", "-fPIC");

  private StandIn() {}

  /// Makes the library, for `LD_PRELOAD`.
  public static Path library(Path folder) throws IOException, InterruptedException {
    return made(folder.resolve("shim.so"), source("shim.c"), LIBRARY, "-ldl");
  }

  /// Makes the program that compiles kernels to what an FPGA loads: `clbin kernels.cl
  /// kernels.aocx`.
  public static Path compiler(Path folder) throws IOException, InterruptedException {
    return made(folder.resolve("clbin"), source("clbin.c"), List.of(), "-lOpenCL");
  }

  /// Makes a library by which no copy from a device ever comes back.
  public static Path hangingLibrary(Path folder) throws IOException, InterruptedException {
    Path source =
        Files.writeString(
            folder.resolve("hang.c"),
            "#include <unistd.h>\nint clEnqueueReadBuffer(void) { for (;;) pause(); }\n");
    return made(folder.resolve("hang.so"), source, LIBRARY, "-lc");
  }

  private static Path source(String name) {
    Path source = Path.of(Optional.ofNullable(System.getenv("FPGA_STANDIN")).orElse(""), name);
    assumeTrue(
        Files.isRegularFile(source),
        "FPGA_STANDIN does not name the sources of a stand-in for an FPGA");
    return source;
  }

  private static Path made(Path to, Path source, List<String> options, String library)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("gcc"));
    command.addAll(options);
    command.addAll(List.of("-o", to.toString(), source.toString(), library));
    assumeTrue(isDone(command), "gcc or the headers of OpenCL are missing");
    return to;
  }

  private static boolean isDone(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /// The command that starts a program in a Java with the devices' options, as this one was.
  public static List<String> java(List<String> options, Class<?> program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    return command;
  }
}
