package twister.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;
import twister.yaml.InvalidInputException;

class KeptBytesTest {
  private static final String TWO = "training.learning-rate=0.5,1";
  @TempDir private Path folder;
  private Path file = Path.of("");
  private final Devices.Choice choice = new FakeDevices("A").all();

  @BeforeEach
  void writeExperiment() throws IOException {
    Files.writeString(folder.resolve("words.txt"), "emma\nava\n");
    file =
        Files.writeString(
            folder.resolve("small.yaml"),
            """
            data: {file: words.txt}
            model: {kind: softmax}
            training: {steps: 3, learning-rate: 1}
            """);
  }

  private ResultsFolder.Plan plan(String... sweep) throws Exception {
    return ResultsFolder.plan(Experiment.read(file, List.of(), List.of(sweep)));
  }

  private long kept(ResultsFolder.Plan plan) {
    return new KeptBytes(folder, choice).of(plan);
  }

  private static void write(RunFolder run, String name, int bytes) throws IOException {
    Path place = run.path().resolve(name);
    Files.createDirectories(place.getParent());
    Files.write(place, new byte[bytes]);
  }

  @Test
  void nothingIsThereBefore() throws Exception {
    assertEquals(0, kept(plan(TWO)));
  }

  @Test
  void runsDraftsAndChartsOfTheSweepCountAndOthersDoNot() throws Exception {
    ExperimentFolder experiment = new ExperimentFolder(folder.resolve("small"));
    List<PlannedRun> runs = PlannedRun.of(plan(TWO).runs(), choice.device());
    assertEquals(2, runs.size());
    write(experiment.run(runs.getFirst().id()), "metrics.csv", 1000);
    write(experiment.run(runs.getFirst().id()), "charts/loss.png", 200);
    write(experiment.run(runs.getLast().id()).draft(), "checkpoint.bin", 30);
    write(experiment.run("g00000000000"), "metrics.csv", 7);
    Files.createDirectories(experiment.path().resolve("charts"));
    Files.write(experiment.path().resolve("charts").resolve("sweep-losses.svg"), new byte[4]);
    assertEquals(1234, kept(plan(TWO)));
    assertEquals(1241, kept(plan("method=cma-es", "runs=4", "training.learning-rate=log(0.1,1)")));
  }

  @Test
  void fullDiskIsNoObstacleToWhatIsThere() throws Exception {
    ResultsFolder.Plan small = plan();
    ResultsFolder.Plan plan = new ResultsFolder.Plan("small", 1L << 42, small.runs());
    assertTrue(Files.getFileStore(folder).getUsableSpace() < plan.bytes());
    String refusal =
        assertThrows(InvalidInputException.class, () -> check(plan, false)).mistakes().toString();
    assertTrue(refusal.contains("KB free, this needs about 4,294,967,296 KB; make room"), refusal);
    String run = PlannedRun.of(plan.runs(), choice.device()).getFirst().id();
    Path metrics = new ExperimentFolder(folder.resolve("small")).run(run).metrics();
    Files.createDirectories(metrics.getParent());
    try (RandomAccessFile sparse = new RandomAccessFile(metrics.toFile(), "rw")) {
      sparse.setLength(plan.bytes());
    }
    check(plan, false);
    assertThrows(InvalidInputException.class, () -> check(plan, true));
  }

  private void check(ResultsFolder.Plan plan, boolean isAgain) throws InvalidInputException {
    ResultsFolder.checkSpace(folder, List.of(plan), List.of(choice), isAgain);
  }

  @Test
  void whatALinkLeadsToDoesNotCount() throws Exception {
    ExperimentFolder experiment = new ExperimentFolder(folder.resolve("small"));
    String run = PlannedRun.of(plan().runs(), choice.device()).getFirst().id();
    write(new RunFolder(folder.resolve("elsewhere")), "metrics.csv", 1000);
    Files.createDirectories(experiment.path());
    Files.createSymbolicLink(experiment.run(run).path(), folder.resolve("elsewhere"));
    assertTrue(Files.exists(experiment.run(run).metrics()));
    assertEquals(0, kept(plan()));
  }
}
