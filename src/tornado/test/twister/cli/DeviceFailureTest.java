package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Test
  @Timeout(300)
  void copyThatNeverEndsFailsTheRunWithASentence() throws Exception {
    Path launcher =
        launcher("LD_PRELOAD=" + StandIn.hangingLibrary(folder));
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
                "0:0",
                "--results",
                results.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("TWISTER_LAUNCHER", launcher.toString());
    assertEquals(ExitCode.FAILED, builder.start().waitFor(), Files.readString(said));
    String text = Files.readString(said);
    assertTrue(text.contains("did not give its results back within 10 seconds"), text);
    try (Stream<Path> runs = Files.list(results.resolve("small"))) {
      String record = Files.readString(runs.filter(Files::isDirectory).findFirst().orElseThrow().resolve("run.yaml"));
      assertTrue(record.contains("status: failed\n"), record);
      assertTrue(record.contains("as a device did not answer"), record);
    }
  }
}
