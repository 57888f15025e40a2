package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.experiment.BatchFailedException;
import twister.experiment.BatchOrder;
import twister.experiment.BatchResult;
import twister.experiment.Devices;
import twister.experiment.Experiment;
import twister.experiment.RemoteData;
import twister.experiment.TestCluster;
import twister.report.Progress;

/// Sweeps whose batches are trained by a cluster.
class SweepClusterTest extends CommandLineTest {
  private static final String RATES = "training.learning-rate=0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8";
  private Path scratch = Path.of("");

  @BeforeEach
  void makeScratch() throws IOException {
    scratch = Files.createDirectory(folder.resolve("scratch"));
  }

  private Experiment experiment(String... sweeps) throws Exception {
    return Experiment.read(small, List.of(), List.of(sweeps));
  }

  private int sweep(Experiment experiment, TestCluster cluster) throws Exception {
    RunOnTerminal.Options options =
        new RunOnTerminal.Options(
            false, false, RunOnTerminal.Verbosity.NONE, false, Progress.Style.NONE);
    Devices.Choice choice = new Devices(_ -> {}).of(cluster, "a test");
    try (Interruption interruption = new Interruption()) {
      return new SweepOnTerminal(
              experiment, choice, Optional.of(cluster), results, options, interruption)
          .run();
    }
  }

  private Path trainedHere(String... sweeps) {
    Path here = folder.resolve("here");
    List<Object> command =
        new ArrayList<>(List.of("run", "-q", "--no-charts", "--results", here, small));
    for (String sweep : sweeps) {
      command.addAll(List.of("--sweep", sweep));
    }
    Answer answer = twister(command.toArray());
    assertEquals("", answer.err());
    return here.resolve("small");
  }

  /// That the files of the sweep are those in another folder.
  private void assertSame(Path here) throws IOException {
    Map<String, String> there = Snapshot.of(results.resolve("small"));
    assertEquals(Set.of(), Snapshot.differences(Snapshot.of(here), there));
  }

  private Map<String, String> statuses() throws IOException {
    Map<String, String> statuses = new TreeMap<>();
    rows(results.resolve("small").resolve("runs.csv"))
        .forEach(row -> statuses.put(row.get("run"), row.get("status")));
    return statuses;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        RATES + "|seeds=2",
        "data.order=1,2,3|training.path=counts,examples|seeds=3",
        "model.kind=counts,softmax,mlp|data.words=2,3",
        "training.learning-rate=log(0.1,1)|method=successive-halving|runs=8|seeds=2",
        "training.learning-rate=log(0.1,0.9,120)"
      })
  void clusterLeavesTheFilesOfTrainingHere(String keys) throws Exception {
    String[] sweeps = keys.split("\\|", -1);
    Path here = trainedHere(sweeps);
    Experiment experiment = experiment(sweeps);
    TestCluster cluster = new TestCluster(experiment, scratch, 3);
    // Nothing but this process has files.
    Files.delete(folder.resolve("words.txt"));
    Files.delete(small);
    assertEquals(0, sweep(experiment, cluster));
    assertSame(here);
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void wordsFromAnAddressAreSent() throws Exception {
    // Words that no other test has in the cache.
    byte[] words =
        ("emma\nolivia\n" + folder.getFileName() + "\n").getBytes(StandardCharsets.UTF_8);
    Path source = Files.write(folder.resolve("elsewhere.txt"), words);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(words));
    String remote = "data: {url: 'file://%s', sha256: %s}".formatted(source, hash);
    Files.writeString(small, Files.readString(small).replace("data: {file: words.txt}", remote));
    assertEquals(0, twister("plan", small).code(), "the plan fetches the words");
    Path here = trainedHere(RATES);
    Experiment experiment = experiment(RATES);
    Path cached = RemoteData.of(experiment.sweep().first().data()).path();
    try {
      TestCluster cluster = new TestCluster(experiment, scratch, 2);
      Files.delete(source);
      assertEquals(0, sweep(experiment, cluster));
      assertSame(here);
    } finally {
      Files.delete(cached);
      Files.deleteIfExists(cached.resolveSibling("." + hash + ".lock"));
    }
  }

  @Test
  void runsThatAreThereAreNotSent() throws Exception {
    Experiment experiment = experiment(RATES);
    TestCluster first = new TestCluster(experiment, scratch, 2);
    assertEquals(0, sweep(experiment, first));
    assertEquals(List.of(4, 4), first.trained.stream().map(List::size).toList());
    TestCluster second = new TestCluster(experiment, scratch, 2);
    assertEquals(0, sweep(experiment, second));
    assertEquals(List.of(), second.trained);
  }

  /// A cluster that loses what has certain learning rates.
  private final class Losing extends TestCluster {
    private final String what;

    Losing(Experiment sweep, String what) throws IOException {
      super(sweep, scratch, 2);
      this.what = what;
    }

    @Override
    protected Optional<BatchResult> instead(BatchOrder order) throws BatchFailedException {
      if (order.runs().stream().anyMatch(run -> run.spec().contains(what))) {
        throw new BatchFailedException("its machine was lost 4 times");
      }
      return Optional.empty();
    }
  }

  @Test
  void batchThatFailsIsRecordedAndTrainedByTheNextCommand() throws Exception {
    Path here = trainedHere(RATES);
    Experiment experiment = experiment(RATES);
    assertEquals(1, sweep(experiment, new Losing(experiment, "learning-rate: 0.3")));
    assertEquals(4, Collections.frequency(List.copyOf(statuses().values()), "failed"));
    assertEquals(4, Collections.frequency(List.copyOf(statuses().values()), "finished"));
    String failed =
        statuses().entrySet().stream()
            .filter(run -> run.getValue().equals("failed"))
            .findFirst()
            .orElseThrow()
            .getKey();
    assertTrue(
        Files.readString(results.resolve("small").resolve(failed).resolve("run.yaml"))
            .contains("its machine was lost 4 times"));
    assertEquals(0, sweep(experiment, new TestCluster(experiment, scratch, 2)));
    assertSame(here);
  }

  @Test
  void rungWithRunsThatFailedHasNoBestOnes() throws Exception {
    String[] sweeps = {
      "method=successive-halving", "training.learning-rate=log(0.1,1)", "runs=8", "seeds=2"
    };
    Experiment experiment = experiment(sweeps);
    IOException stopped =
        assertThrows(
            IOException.class, () -> sweep(experiment, new Losing(experiment, "steps: 1")));
    assertTrue(
        String.valueOf(stopped.getMessage()).contains("the search cannot go on"),
        stopped.getMessage());
    Path here = trainedHere(sweeps);
    assertEquals(0, sweep(experiment, new TestCluster(experiment, scratch, 2)));
    assertSame(here);
  }

  @Test
  void machineThatCannotTrainABatchIsNotTheLastToTry() throws Exception {
    Experiment experiment = experiment(RATES);
    TestCluster cluster =
        new TestCluster(experiment, scratch, 1) {
          private int tries;

          @Override
          protected Optional<BatchResult> instead(BatchOrder order) {
            return tries++ < 2
                ? Optional.of(new BatchResult(List.of(), "its disk is full"))
                : Optional.empty();
          }
        };
    assertEquals(0, sweep(experiment, cluster));
    assertEquals(8, statuses().size());
  }

  @Test
  void changedFileOfARunIsNotKept() throws Exception {
    Experiment experiment = experiment(RATES);
    TestCluster cluster =
        new TestCluster(experiment, scratch, 1) {
          @Override
          protected Optional<BatchResult> instead(BatchOrder order) throws IOException {
            BatchResult result = new TestCluster(experiment, scratch, 1).trained(order);
            result.runs().getFirst().computeIfPresent("metrics.csv", (_, bytes) -> new byte[1]);
            return Optional.of(result);
          }
        };
    IOException refused = assertThrows(IOException.class, () -> sweep(experiment, cluster));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("is not what was sent"),
        refused.getMessage());
    assertEquals(0, sweep(experiment, new TestCluster(experiment, scratch, 1)));
    assertEquals(8, statuses().size());
  }

  @Test
  void withoutSparkOneSentenceSaysHowToBuildIt() {
    Answer answer = run(small, "--sweep", RATES, "--on", "spark://localhost:7077");
    assertEquals(2, answer.code());
    assertEquals(
        "--on spark://localhost:7077: this Twister was built without Spark; mvn -Pspark"
            + " -Dmaven.test.skip=true package builds one with it, see docs/scaling.md\n",
        answer.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "here", "spark://host", "local[0]", "spark://a b:1"})
  void whatIsNoClusterIsRefused(String address) {
    Answer answer = run(small, "--on", address);
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("allowed: local, spark://HOST:PORT"), answer.err());
  }
}
