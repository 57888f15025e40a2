package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A real process, ended politely in the middle of its training.
@Tag("processor")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows ends processes without a signal")
class InterruptionTest {
  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void endedProcessLeavesAnInterruptedRunWhoseFilesAreWhole() throws Exception {
    Path results = Files.createDirectories(folder.resolve("results/long"));
    Process process = start(writeLongExperiment());
    Path run = newFolder(process, results);
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

  @Test
  @Timeout(120)
  void interruptedReproductionLeavesTheTableAsItWas() throws Exception {
    Path results = Files.createDirectories(folder.resolve("results"));
    Files.createDirectory(results.resolve("long"));
    Files.writeString(results.resolve("reproduction.csv"), "old\n");
    Path experiment = writeLongExperiment();
    Path first = folder.resolve("first.yaml");
    Files.writeString(
        first,
        """
        name: first
        question: How many words are there?
        data: {file: words.txt}
        model: {kind: counts}
        expect: {words: 3}
        """);
    Files.writeString(experiment, "expect: {words: 3}\n", StandardOpenOption.APPEND);
    ProcessBuilder builder =
        new ProcessBuilder(command("reproduce", first.toString(), experiment.toString()));
    Process process = builder.start();
    awaitLines(newFolder(process, results.resolve("long")).resolve("metrics.csv"));
    // The process itself would close its output.
    process.toHandle().destroy();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(128 + 15, process.exitValue());
    assertTrue(
        err.contains(
            "twister: interrupted after 1 of 2 experiments; %s is as it was"
                .formatted(results.resolve("reproduction.csv"))),
        err);
    assertEquals("old\n", Files.readString(results.resolve("reproduction.csv")));
    assertFalse(Files.exists(results.resolve("reproduction.md")));
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
    return new ProcessBuilder(command("run", "--quiet", experiment.toString())).inheritIO().start();
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    // Not auto, which may want devices for so much work, and a launcher to start a Java with them.
    command.addAll(List.of("--device", "cpu"));
    command.addAll(List.of("--results", folder.resolve("results").toString()));
    return command;
  }

  /// The first folder that a process makes below another; spins, since it tells nobody.
  private static Path newFolder(Process process, Path parent) throws IOException {
    Optional<Path> found = Optional.empty();
    while (found.isEmpty()) {
      assertTrue(process.isAlive(), "the process has ended");
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
