package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Real processes, whose output goes nowhere.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no /dev/stdout")
class StandardOutputTest {
  private static ProcessBuilder help() {
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "--help");
  }

  private static String complaint(Process process, int code)
      throws IOException, InterruptedException {
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(code, process.exitValue(), err);
    return err;
  }

  @Test
  @Timeout(120)
  void readerThatHasEnoughEndsTheCommandQuietly() throws Exception {
    Process process = help().start();
    process.getInputStream().close();
    assertEquals("", complaint(process, ExitCode.DONE));
  }

  @Test
  @Timeout(120)
  void fullDiskIsAFailure() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full");
    Process process = help().redirectOutput(full.toFile()).start();
    assertEquals("twister: the output cannot be written\n", complaint(process, ExitCode.FAILED));
  }
}
