package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A real process, ended politely in the middle of its training.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows ends processes without a signal")
class InterruptionTest {
  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void endedProcessLeavesAnInterruptedRunWhoseFilesAreWhole() throws Exception {
    Path results = Files.createDirectories(folder.resolve("results/long"));
    Process process = start(writeLongExperiment());
    Path run = newFolder(results);
    awaitLines(run.resolve("metrics.csv"));
    process.destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(128 + 15, process.exitValue());

    String record = Files.readString(run.resolve("run.yaml"));
    assertTrue(record.contains("status: interrupted\n"), record);
    String metrics = Files.readString(run.resolve("metrics.csv"));
    assertTrue(metrics.endsWith("\n"));
    long rows = metrics.lines().count() - 1;
    assertTrue(record.contains("steps: " + rows + "\n"), record);
    assertTrue(metrics.lines().allMatch(line -> line.split(",").length == 4));
    String runs = Files.readString(results.resolve("runs.csv"));
    assertTrue(runs.contains(run.getFileName() + ",interrupted,"), runs);
  }

  private Path writeLongExperiment() throws IOException {
    Files.writeString(folder.resolve("words.txt"), "emma\nolivia\nava\n");
    return Files.writeString(
        folder.resolve("long.yaml"),
        """
        name: long
        question: When does it end?
        data: {file: words.txt}
        model: {kind: softmax}
        training: {steps: 10000000, learning-rate: 0.001}
        """);
  }

  private Process start(Path experiment) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            "--quiet",
            "--results",
            folder.resolve("results").toString(),
            experiment.toString());
    return new ProcessBuilder(command).inheritIO().start();
  }

  /// The first folder that appears below another; spins, since a process tells nobody.
  private static Path newFolder(Path parent) throws IOException {
    Optional<Path> found = Optional.empty();
    while (found.isEmpty()) {
      Thread.onSpinWait();
      try (Stream<Path> files = Files.list(parent)) {
        found = files.filter(Files::isDirectory).findFirst();
      }
    }
    return found.get();
  }

  private static void awaitLines(Path file) throws IOException {
    while (!Files.exists(file) || Files.size(file) < 1000) {
      Thread.onSpinWait();
    }
  }
}
