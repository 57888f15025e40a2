package twister.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.backend.Device;
import twister.backend.Workload;
import twister.tracking.ExperimentFolder;
import twister.tracking.LiveRuns;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// The time that an experiment in training takes yet.
final class TimeLeftTest {
  private static final int STEPS = 100;

  @TempDir private Path folder = Path.of("");

  private final Device cpu = new FakeDevices("A").devices().getFirst();
  private final List<List<String>> rows = new ArrayList<>();
  private final Map<String, RunFolder> inTraining = new LinkedHashMap<>();
  private ExperimentFolder experiment = new ExperimentFolder(Path.of(""));
  private List<PlannedRun> all = List.of();
  private List<PlannedRun> softmax = List.of();
  private List<PlannedRun> perceptrons = List.of();
  private long now;

  @BeforeEach
  void beginSweep() throws Exception {
    begin("sweep: {model.kind: [softmax, mlp], seeds: 2}");
    softmax = all.stream().filter(run -> work(run).kind() == Workload.Kind.COUNTS).toList();
    perceptrons = all.stream().filter(run -> work(run).kind() == Workload.Kind.PERCEPTRON).toList();
    assertEquals(2, softmax.size());
    assertEquals(2, perceptrons.size());
  }

  private void begin(String sweep) throws Exception {
    Files.writeString(folder.resolve("words.txt"), "emma\nolivia\nava\n");
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"),
            """
            name: x
            data: {file: words.txt}
            model: {kind: softmax}
            training: {steps: 100, learning-rate: 0.1}
            """
                + sweep);
    experiment = new ExperimentFolder(Files.createDirectories(folder.resolve("results/x")));
    Experiment read = Experiment.read(file, List.of(), List.of());
    experiment.writeSpec(read.sweep().yaml());
    all = PlannedRun.of(read.runs(), cpu);
  }

  private static Workload work(PlannedRun run) {
    return run.inputs().work().orElseThrow();
  }

  private RunFolder begun(PlannedRun run) throws Exception {
    RunFolder made = experiment.run(run.id());
    Files.createDirectories(made.path());
    made.begin(run.inputs().spec(), run.inputs().corpus().sha256());
    return made;
  }

  private void complete(PlannedRun run, double seconds) throws Exception {
    RunRecord.begun(run.id(), run.settings(), run.inputs().provenance(cpu, Optional.empty()))
        .ended(
            RunStatus.FINISHED,
            new RunRecord.Outcome(Instant.EPOCH, seconds, STEPS, 3, 3, Map.of(), ""))
        .write(begun(run).run());
    add(run, RunStatus.FINISHED, seconds, STEPS);
  }

  private void train(PlannedRun run, int steps) throws Exception {
    inTraining.put(run.id(), begun(run));
    add(run, RunStatus.RUNNING, Double.NaN, steps);
  }

  private void add(PlannedRun run, RunStatus status, double seconds, int steps) {
    String kind = work(run).kind() == Workload.Kind.PERCEPTRON ? "mlp" : "softmax";
    String taken = Double.isNaN(seconds) ? "" : Double.toString(seconds);
    rows.removeIf(row -> row.getFirst().equals(run.id()));
    rows.add(
        List.of(
            run.id(),
            status.word(),
            Integer.toString(rows.size()),
            taken,
            "A",
            kind,
            Integer.toString(run.inputs().spec().training().orElseThrow().steps()),
            Integer.toString(steps)));
  }

  private LiveRuns live() {
    List<String> columns =
        List.of(
            "run",
            "status",
            "started",
            "training_seconds",
            "device",
            "model.kind",
            "training.steps",
            "steps");
    return new LiveRuns(RunsTable.of("x", columns, rows), inTraining);
  }

  private OptionalDouble left(TimeLeft timeLeft) {
    return timeLeft.seconds(experiment, live());
  }

  private void pass(double seconds) {
    now += Math.round(seconds * 1e9);
  }

  @Test
  void workOfAKindTakesAsLongAsItTook() throws Exception {
    complete(softmax.getFirst(), 2);
    complete(perceptrons.getFirst(), 100);
    train(perceptrons.getLast(), 25);
    // A softmax run of 2 s, and three fourths of a perceptron of 100 s.
    assertEquals(2 + 75, left(new TimeLeft(() -> now)).orElseThrow(), 1e-9);
  }

  @Test
  void workOfAKindThatIsNotMeasuredTakesItsPartOfTheWork() throws Exception {
    complete(softmax.getFirst(), 2);
    complete(softmax.getLast(), 4);
    train(perceptrons.getFirst(), 0);
    double perceptron = work(perceptrons.getFirst()).perRun() / work(softmax.getFirst()).perRun();
    assertTrue(perceptron > 10, "perceptrons have more to compute");
    assertEquals(2 * perceptron * 3, left(new TimeLeft(() -> now)).orElseThrow(), 1e-6);
  }

  @Test
  void stepsThatWereSeenSayItWhereNothingIsComplete() throws Exception {
    begin("sweep: {seeds: 4}");
    TimeLeft timeLeft = new TimeLeft(() -> now);
    train(all.get(0), 10);
    train(all.get(1), 10);
    assertTrue(left(timeLeft).isEmpty(), "nothing is known at first");
    pass(10);
    train(all.get(0), 30);
    train(all.get(1), 30);
    // Two times 20 steps took 10 s; two times 70 and two runs are left.
    assertEquals(340 / 4.0, left(timeLeft).orElseThrow(), 1e-9);
  }

  @Test
  void rungsToComeAreExpected() throws Exception {
    begin(
        "sweep: {training.learning-rate: {log: [0.1, 1]}, method: successive-halving, runs: 9,"
            + " factor: 3}");
    assertEquals(List.of(11, 33, 100), rungs());
    TimeLeft timeLeft = new TimeLeft(() -> now);
    train(all.getFirst(), 0);
    assertTrue(left(timeLeft).isEmpty(), "nothing is known at first");
    pass(5);
    train(all.getFirst(), 10);
    // 10 steps took 5 s; 89 of nine runs of the first rung are left, and 3 and 1 runs of the
    // others.
    assertEquals((89 + 3 * 33 + 100) / 2.0, left(timeLeft).orElseThrow(), 1e-9);
  }

  private List<Integer> rungs() throws Exception {
    return Experiment.read(folder.resolve("x.yaml"), List.of(), List.of()).sweep().rungs();
  }

  @Test
  void nothingInTrainingLeavesNoTime() throws Exception {
    complete(softmax.getFirst(), 2);
    assertTrue(left(new TimeLeft(() -> now)).isEmpty());
  }
}
