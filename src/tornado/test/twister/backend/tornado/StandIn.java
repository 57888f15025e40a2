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

  /// Makes a library by which one copy to a device, of the number that DROPPED says, is told to
  /// have happened and did not.
  public static Path droppingLibrary(Path folder) throws IOException, InterruptedException {
    Path source =
        Files.writeString(
            folder.resolve("drop.c"),
            """
            #define _GNU_SOURCE
            #define CL_TARGET_OPENCL_VERSION 120
            #include <CL/cl.h>
            #include <dlfcn.h>
            #include <stdlib.h>
            cl_int clEnqueueWriteBuffer(cl_command_queue queue, cl_mem to, cl_bool blocking,
                size_t offset, size_t size, const void *from, cl_uint count,
                const cl_event *before, cl_event *after) {
              static int copies;
              void *library = dlopen("libOpenCL.so.1", RTLD_NOW);
              cl_int (*marker)() = dlsym(library, "clEnqueueMarkerWithWaitList");
              cl_int (*real)() = dlsym(library, "clEnqueueWriteBuffer");
              cl_event event;
              return ++copies == atoi(getenv("DROPPED"))
                  ? marker(queue, 0, NULL, after ? after : &event)
                  : real(queue, to, blocking, offset, size, from, count, before, after);
            }
            """);
    return made(folder.resolve("drop.so"), source, LIBRARY, "-ldl");
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
