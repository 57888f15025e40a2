package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real processes that are killed at random moments of long trainings, which go on from their
/// checkpoints. `-Dtwister.kills=200` kills more of them.
@Tag("processor")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps files of killed processes open")
class CheckpointTest extends CommandLineTest {
  private static final int KILLS = Integer.getInteger("twister.kills", 3);
  private static final List<String> STEPS_OF_MANY_KILLS =
      KILLS > 20 ? List.of("--set", "training.steps=200000") : List.of();

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @BeforeEach
  void writeWords() throws IOException {
    StringBuilder words = new StringBuilder();
    Random letters = new Random(3);
    for (int word = 0; word < 400; word++) {
      for (int i = letters.nextInt(6); i >= 0; i--) {
        words.append((char) ('a' + letters.nextInt(9)));
      }
      words.append('\n');
    }
    Files.writeString(folder.resolve("words.txt"), words);
  }

  private Path experiment(String name) throws IOException {
    String text =
        switch (name) {
          case "counts" ->
              """
              data: {file: words.txt}
              model: {kind: softmax}
              training: {steps: 40000, learning-rate: 2, l2: 0.001, checkpoint: 0.05s}
              """;
          case "samples" ->
              """
              data: {file: words.txt, split: {train: 0.8, dev: 0.2, seed: 1}}
              model: {kind: softmax}
              training:
                steps: 3000
                learning-rate: 2
                path: examples
                accumulate-gradients: true
                checkpoint: 0.05s
                stop: {patience: 2900, loss: dev}
              samples: {count: 2, every: 100}
              """;
          case "batches" ->
              """
              data: {file: words.txt, split: {train: 0.8, dev: 0.2, seed: 1}}
              model: {kind: mlp, block-size: 2, embedding: 2, hidden: 8}
              training: {steps: 1000, learning-rate: 0.1, batch: 32, checkpoint: 0.05s}
              sweep: {seeds: 64}
              """;
          default ->
              """
              data: {file: words.txt, split: {train: 0.8, dev: 0.2, seed: 1}}
              model: {kind: mlp, block-size: 2, embedding: 2, hidden: 8}
              training: {steps: 9000, batch: 32, checkpoint: 0.05s}
              sweep:
                method: successive-halving
                runs: 9
                factor: 3
                training.learning-rate: {log: [0.01, 1]}
              """;
        };
    return Files.writeString(folder.resolve(name + ".yaml"), "name: " + name + "\n" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"counts", "samples", "batches", "halving"})
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void killedTrainingGoesOnAndEndsAsAnUndisturbedOne(String name) throws Exception {
    Path file = experiment(name);
    Path undisturbed = folder.resolve("undisturbed");
    long start = System.nanoTime();
    assertEquals(0, start(file, undisturbed).waitFor());
    long nanoseconds = System.nanoTime() - start;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(file, results);
      process.waitFor((long) (random.nextDouble() * nanoseconds), TimeUnit.NANOSECONDS);
      process.destroyForcibly().waitFor();
    }
    assertEquals(0, start(file, results).waitFor(), "seed " + seed);
    assertEquals(
        Snapshot.of(undisturbed.resolve(name)), Snapshot.of(results.resolve(name)), "seed " + seed);
    System.out.printf("%s: %d kills, equal files at the end%n", name, KILLS);
  }

  /// As a kill leaves it between the end of a run and that of its checkpoint.
  @ParameterizedTest
  @ValueSource(strings = {"training.l2=0", "seeds=2"})
  void checkpointOfACompleteRunIsDeletedByTheNextCommand(String sweep) throws IOException {
    String option = sweep.startsWith("seeds") ? "--sweep" : "--set";
    assertEquals(0, run(small, "-q", option, sweep).code());
    String run = rows(results.resolve("small/runs.csv")).getFirst().get("run");
    Path checkpoint = results.resolve("small").resolve(run).resolve("checkpoint.bin");
    Files.write(checkpoint, new byte[] {1});
    assertEquals(0, run(small, "-q", option, sweep).code());
    assertFalse(Files.exists(checkpoint));
  }

  @Test
  @Timeout(120)
  void interruptedRunSaysThatItGoesOnAndDoes() throws Exception {
    Path file = experiment("counts");
    Path checkpoint = untilCheckpoint(file);
    String out = goesOn(file);
    assertTrue(out.contains("  goes on   after "), out);
    assertFalse(Files.exists(checkpoint));
    assertEquals(0, twister("doctor", "--results", results).code());
  }

  @Test
  @Timeout(120)
  void runAgainTakesNoCheckpoint() throws Exception {
    Path file = experiment("counts");
    untilCheckpoint(file);
    String out = goesOn(file, "--again");
    assertFalse(out.contains("goes on"), out);
  }

  /// What a command says of the training that was killed.
  private String goesOn(Path file, String... options) {
    List<Object> command =
        new ArrayList<>(
            List.of("run", "--no-charts", "--device", "cpu", "--results", results, file));
    command.addAll(STEPS_OF_MANY_KILLS);
    command.addAll(List.of(options));
    return twister(command.toArray()).out();
  }

  /// A training that is killed once it has a checkpoint.
  private Path untilCheckpoint(Path file) throws Exception {
    Process process = start(file, results);
    while (process.isAlive() && checkpoints().isEmpty()) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    return checkpoints().getFirst();
  }

  private List<Path> checkpoints() throws IOException {
    Path experiment = results.resolve("counts");
    if (!Files.isDirectory(experiment)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(experiment)) {
      return files.map(run -> run.resolve("checkpoint.bin")).filter(Files::exists).toList();
    }
  }

  private static Process start(Path file, Path into) throws IOException {
    Files.createDirectories(into);
    List<Object> command =
        new ArrayList<>(
            List.of("run", "-q", "--no-charts", "--device", "cpu", "--results", into, file));
    if (file.endsWith("counts.yaml")) {
      command.addAll(STEPS_OF_MANY_KILLS);
    }
    return start(command);
  }
}
