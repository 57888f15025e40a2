package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real processes that are killed at random moments of a sweep, as by SIGKILL.
@Tag("processor")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows keeps files of killed processes open")
class SweepKillTest extends CommandLineTest {
  private static final int KILLS = 8;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  /// A sweep of many batches, each of which takes some milliseconds.
  private List<Object> command(Path into, int rates) {
    return List.of(
        "run",
        "-q",
        "--no-charts",
        "--results",
        into,
        small,
        "--set",
        "training.steps=400",
        "--sweep",
        "data.order=1,2,3,4",
        "--sweep",
        "training.path=counts,examples",
        "--sweep",
        "training.learning-rate=log(0.1,10," + rates + ")",
        "--sweep",
        "seeds=2");
  }

  @ParameterizedTest
  @CsvSource({"3, 48", "8, 128"})
  @Timeout(300)
  void killedSweepGoesOnAndEndsAsAnUndisturbedOne(int rates, int runs) throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    assertEquals(0, twister(command(undisturbed, rates).toArray()).code());
    Map<String, String> kept = new HashMap<>();
    Set<String> anew = new TreeSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(command(results, rates));
      awaitWork(process);
      process.waitFor(random.nextInt(800_000), TimeUnit.MICROSECONDS);
      process.destroyForcibly().waitFor();
      addChanged(anew, kept, complete());
    }
    Process last = start(command(results, rates));
    assertEquals(0, last.waitFor(), "seed " + seed);
    addChanged(anew, kept, complete());
    assertEquals(runs, kept.size());
    // Of more than 100 runs the best one is trained once more, for its weights.
    assertTrue(anew.size() <= (runs > 100 ? 1 : 0), anew + " were trained twice, seed " + seed);
    assertEquals(
        Snapshot.of(undisturbed.resolve("small")),
        Snapshot.of(results.resolve("small")),
        "seed " + seed);
  }

  /// Adds the runs whose record is no longer the one that was kept, and keeps the records of now.
  private static void addChanged(
      Set<String> anew, Map<String, String> kept, Map<String, String> complete) {
    kept.forEach(
        (run, record) -> {
          if (!record.equals(complete.get(run))) {
            anew.add(run);
          }
        });
    kept.putAll(complete);
  }

  /// The records of the runs that are complete, times and all.
  private Map<String, String> complete() throws IOException {
    Map<String, String> records = new HashMap<>();
    try (Stream<Path> all = Files.list(results.resolve("small"))) {
      for (Path run : all.filter(Files::isDirectory).toList()) {
        if (!run.getFileName().toString().startsWith(".")) {
          records.put(run.getFileName().toString(), Files.readString(run.resolve("run.yaml")));
        }
      }
    }
    return records;
  }

  /// Waits for the first sign of work; spins, since a process tells nobody.
  private void awaitWork(Process process) throws IOException {
    Path experiment = results.resolve("small");
    long before = entries(experiment);
    while (process.isAlive() && entries(experiment) == before) {
      Thread.onSpinWait();
    }
  }

  private static long entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }
}
