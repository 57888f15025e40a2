package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sweeps on a real cluster: a master, and two workers of one core.
@Tag("processor")
@Timeout(300)
class SparkSweepTest extends CommandLineTest {
  /// Twenty batches, as each number of words and each order has its own.
  private static final List<String> LONG =
      List.of(
          "data.words=1991,1992,1993,1994,1995,1996,1997,1998,1999,2000",
          "data.order=1,2",
          "training.learning-rate=0.1,0.5");

  private static final int RUNS = 40;
  private static final int STEPS = 500;

  @TempDir private static Path shared = Path.of("");
  private static @Nullable SparkProcesses started;
  private final SparkProcesses cluster = Objects.requireNonNull(started);

  @BeforeAll
  static void startCluster() throws Exception {
    started = new SparkProcesses(shared, 2);
  }

  @AfterAll
  static void endCluster() throws Exception {
    if (started != null) {
      started.end();
    }
  }

  /// Words for trainings that take a while.
  private void writeManyWords() throws IOException {
    Files.write(
        folder.resolve("words.txt"),
        IntStream.range(0, 2000)
            .mapToObj(word -> Integer.toString(word * 7919 + 1_000_000, 26))
            .map(word -> word.replaceAll("[0-9]", "z"))
            .toList());
    Files.writeString(
        small, Files.readString(small).replace("training: {", "training: {path: examples, "));
  }

  private List<Object> command(Path into, int steps, List<String> sweeps) {
    List<Object> command =
        new ArrayList<>(
            List.of(
                "run",
                "-q",
                "--no-charts",
                "--results",
                into,
                small,
                "--set",
                "training.steps=" + steps));
    sweeps.forEach(sweep -> command.addAll(List.of("--sweep", sweep)));
    return command;
  }

  private Path trainedHere(int steps, List<String> sweeps) {
    Path here = folder.resolve("here");
    assertEquals("", twister(command(here, steps, sweeps).toArray()).err());
    return here;
  }

  private Process start(int steps, List<String> sweeps) throws IOException {
    return cluster.twister(folder.resolve("output"), command(results, steps, sweeps));
  }

  private void assertEnds(int code, Process process) throws Exception {
    assertEquals(code, process.waitFor(), Files.readString(folder.resolve("output")));
  }

  private void assertSame(Path here) throws IOException {
    assertEquals(
        Set.of(),
        Snapshot.differences(files(here.resolve("small")), files(results.resolve("small"))));
  }

  /// All files; that an executor has fewer cores is no difference.
  private static Map<String, String> files(Path experiment) throws IOException {
    Map<String, String> files = Snapshot.of(experiment);
    files.replaceAll((_, text) -> text.replaceAll("\\([0-9]+ cores?\\)", ""));
    return files;
  }

  /// Waits until a run is kept, and answers how many are.
  private long awaitRuns(Process process) throws Exception {
    while (process.isAlive()) {
      long runs = runs();
      if (runs > 0) {
        return runs;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    throw new IllegalStateException(Files.readString(folder.resolve("output")));
  }

  private long runs() throws IOException {
    if (!Files.isDirectory(results.resolve("small"))) {
      return 0;
    }
    try (Stream<Path> all = Files.list(results.resolve("small"))) {
      return all.filter(path -> Files.exists(path.resolve("run.yaml")))
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .count();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training.learning-rate=0.1,0.2,0.3|data.order=1,2|seeds=3",
        "training.learning-rate=log(0.1,1)|method=successive-halving|runs=8|seeds=2",
        "model.kind=counts,mlp|data.words=2,3"
      })
  void clusterLeavesTheFilesOfTrainingHere(String keys) throws Exception {
    List<String> sweeps = List.of(keys.split("\\|", -1));
    Path here = trainedHere(7, sweeps);
    assertEnds(0, start(7, sweeps));
    assertSame(here);
  }

  @Test
  void executorsAndWorkersThatAreKilledLoseNothing() throws Exception {
    writeManyWords();
    Path here = trainedHere(STEPS, LONG);
    Process process = start(STEPS, LONG);
    assertTrue(awaitRuns(process) < RUNS, "the kill comes too late");
    cluster.killExecutors();
    cluster.killWorker();
    cluster.addWorker();
    assertEnds(0, process);
    assertSame(here);
  }

  @Test
  void driverThatIsKilledGoesOnWithWhatIsMissing() throws Exception {
    writeManyWords();
    Path here = trainedHere(STEPS, LONG);
    Process process = start(STEPS, LONG);
    awaitRuns(process);
    process.destroyForcibly().waitFor();
    assertTrue(runs() < RUNS, "the kill comes too late");
    assertEnds(0, start(STEPS, LONG));
    assertSame(here);
  }

  @Test
  void interruptedDriverKeepsWhatIsCompleteAndSaysSo() throws Exception {
    writeManyWords();
    Process process = start(STEPS, LONG);
    awaitRuns(process);
    process.destroy();
    assertEnds(143, process);
    String output = Files.readString(folder.resolve("output"));
    assertTrue(output.contains("run the same command again to go on"), output);
  }

  @Test
  void batchThatFailsOnALentGpuIsTrainedByTheNextCommand() throws Exception {
    Path failing = Files.createFile(folder.resolve("failing"));
    List<Object> command = command(results, 5, List.of("training.path=counts,examples", "seeds=3"));
    command.addAll(List.of("--device", "gpu"));
    String lend = "-Dspark.executor.resource.gpu.amount=1";
    String fault = "-Dspark.executor.extraJavaOptions=-D" + LentGpus.FAILING + "=" + failing;
    assertEnds(1, cluster.twister(folder.resolve("output"), command, lend, fault));
    String output = Files.readString(folder.resolve("output"));
    assertTrue(output.contains("3 runs failed, the others go on: the GPU is gone"), output);
    assertTrue(output.contains("run the same command again to train the runs"), output);
    Files.delete(failing);
    assertEnds(0, cluster.twister(folder.resolve("output"), command, lend, fault));
    assertEquals(6, runs());
    for (CSVRecord row : rows(results.resolve("small").resolve("runs.csv"))) {
      assertEquals("finished", row.get("status"));
      assertEquals("Lent 1", row.get("device"));
    }
  }

  @Test
  void masterThatIsNotThereIsNamedAtOnce() {
    Answer answer = run(small, "--sweep", "seeds=2", "--on", "spark://127.0.0.1:1");
    assertEquals(1, answer.code());
    assertEquals(
        "twister: spark://127.0.0.1:1: nobody answers there; docs/scaling.md says how a cluster is"
            + " started\n",
        answer.err());
  }

  @Test
  void searchWhoseSettingsComeOneAfterAnotherStaysHereAndSaysSo() {
    Answer answer =
        run(
            small,
            "-q",
            "--no-charts",
            "--sweep",
            "training.learning-rate=log(0.1,1)",
            "--sweep",
            "method=cma-es",
            "--sweep",
            "runs=4",
            "--on",
            cluster.address());
    assertEquals(0, answer.code());
    assertTrue(answer.err().contains("is trained here, not on spark://"), answer.err());
  }
}
