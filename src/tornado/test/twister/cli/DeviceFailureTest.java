package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import twister.backend.tornado.StandIn;

/// Runs on a device whose driver fails, started as the launcher starts them.
class DeviceFailureTest extends CommandLineTest {
  private Path launcher(String variables) throws IOException {
    String java =
        StandIn.java(List.of("-Dtwister.device.patience=10"), Main.class).stream()
            .map(argument -> "'" + argument + "'")
            .collect(Collectors.joining(" "));
    Path launcher = folder.resolve("launcher");
    Files.writeString(launcher, "#!/bin/sh\nexec env %s %s \"$@\"\n".formatted(variables, java));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    return launcher;
  }

  /// @param code that it returns
  /// @return what was said
  private String run(int code, String variables, String device) throws Exception {
    Path said = folder.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--quiet",
                small.toString(),
                "--device",
                device,
                "--results",
                results.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("TWISTER_LAUNCHER", launcher(variables).toString());
    assertEquals(code, builder.start().waitFor(), () -> text(said));
    return text(said);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String record() throws IOException {
    try (Stream<Path> runs = Files.list(results.resolve("small"))) {
      return Files.readString(
          runs.filter(Files::isDirectory).findFirst().orElseThrow().resolve("run.yaml"));
    }
  }

  @Test
  @Timeout(300)
  void copyThatNeverEndsFailsTheRunWithASentence() throws Exception {
    String said = run(ExitCode.FAILED, "LD_PRELOAD=" + StandIn.hangingLibrary(folder), "0:0");
    assertTrue(said.contains("did not give its results back within 10 seconds"), said);
    assertTrue(record().contains("status: failed\n"), record());
    assertTrue(record().contains("as a device did not answer"), record());
  }

  /// Of the first copies, each is one of those without which the training comes out wrong, and none
  /// is noticed by the driver: control, receipts, frequencies, learning rates, weights.
  @Test
  @Timeout(300)
  void copyThatIsDroppedFailsTheRunWithASentence() throws Exception {
    Path library = StandIn.droppingLibrary(folder);
    for (int copy : new int[] {3, 6, 7}) {
      results = folder.resolve("results" + copy);
      String said =
          run(ExitCode.FAILED, "DROPPED=%d LD_PRELOAD=%s".formatted(copy, library), "0:0");
      assertTrue(said.contains("copy failed") || said.contains("a copy to the device"), said);
      assertTrue(record().contains("status: failed\n"), record());
    }
  }

  @Test
  @Timeout(300)
  void fpgaWithoutKernelsIsRefusedBeforeAnythingIsTrained() throws Exception {
    String fpga = "SHIM_FPGA=1 LD_PRELOAD=" + StandIn.library(folder);
    String said = run(ExitCode.WRONG_INPUT, fpga, "fpga");
    assertTrue(said.contains("needs kernels that were compiled before"), said);
    assertFalse(Files.exists(results));
  }

  @Test
  @Timeout(300)
  void kernelsThatTheDriverCannotReadFailTheRunWithASentence() throws Exception {
    Files.writeString(folder.resolve("torn.aocx"), "no kernels");
    Files.writeString(
        small, "device: {kind: fpga, bitstream: torn.aocx}\n", StandardOpenOption.APPEND);
    String fpga = "SHIM_FPGA=1 LD_PRELOAD=" + StandIn.library(folder);
    String said = run(ExitCode.FAILED, fpga, "fpga");
    assertTrue(said.contains("the kernels in torn.aocx may be damaged"), said);
    assertTrue(record().contains("status: failed\n"), record());
  }
}
