package twister.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.backend.Device;
import twister.backend.Workload;

class SweepProgressTest {
  @TempDir private Path folder;
  private final Told told = new Told();
  private long now;
  private List<PlannedRun> softmax = List.of();
  private List<PlannedRun> perceptrons = List.of();

  private static final class Told implements ExperimentListener {
    private int step;
    private int steps;
    private double secondsLeft = Double.NaN;
    private int done;
    private double loss = Double.NaN;

    @Override
    public void sweepProgress(int step, int steps, double secondsLeft) {
      this.step = step;
      this.steps = steps;
      this.secondsLeft = secondsLeft;
    }

    @Override
    public void progress(int done, double loss) {
      this.done = done;
      this.loss = loss;
    }
  }

  @BeforeEach
  void readSweep() throws Exception {
    Files.writeString(folder.resolve("words.txt"), "emma\nolivia\nava\n");
    Path file =
        Files.writeString(
            folder.resolve("x.yaml"),
            """
            name: x
            question: Which one?
            data: {file: words.txt}
            model: {kind: softmax}
            training: {steps: 100, learning-rate: 0.1}
            sweep: {model.kind: [softmax, mlp], seeds: 2}
            """);
    Device cpu = new FakeDevices("A").devices().getFirst();
    List<PlannedRun> all = PlannedRun.of(Experiment.read(file, List.of(), List.of()).runs(), cpu);
    softmax = all.stream().filter(run -> isOf(run, Workload.Kind.COUNTS)).toList();
    perceptrons = all.stream().filter(run -> isOf(run, Workload.Kind.PERCEPTRON)).toList();
    assertEquals(2, softmax.size());
    assertEquals(2, perceptrons.size());
  }

  private static boolean isOf(PlannedRun run, Workload.Kind kind) {
    return run.inputs().work().orElseThrow().kind() == kind;
  }

  /// Two softmax runs of 1 s each and two perceptrons of 100 s each are expected.
  private SweepProgress progress(int devices) {
    SweepProgress progress =
        new SweepProgress(
            told, work -> work.kind() == Workload.Kind.COUNTS ? 1 : 100, devices, () -> now);
    progress.expect(Experiment.work(softmax.stream().map(PlannedRun::inputs).toList()));
    progress.expect(Experiment.work(perceptrons.stream().map(PlannedRun::inputs).toList()));
    return progress;
  }

  private void pass(double seconds) {
    now += Math.round(seconds * 1e9);
  }

  @Test
  void timeLeftIsThatOfTheWorkNotOfTheRuns() {
    SweepProgress progress = progress(1);
    progress.begin(softmax);
    pass(4);
    progress.end(softmax, 2);
    assertEquals(2, told.done);
    // Of perceptrons nothing is measured yet: the expected 200 seconds.
    assertEquals(200, told.secondsLeft, 1e-9);
    progress.begin(perceptrons);
    pass(10);
    progress.at(perceptrons, 25);
    assertEquals(25, told.step);
    assertEquals(100, told.steps);
    assertEquals(2, told.done, "a fourth of two runs is none yet");
    // A fourth of them, 50 expected seconds, took 10: the other 150 will take 30.
    assertEquals(30, told.secondsLeft, 1e-9);
    pass(30);
    progress.at(perceptrons, 100);
    assertEquals(4, told.done);
    assertEquals(0, told.secondsLeft, 1e-9);
  }

  @Test
  void devicesShareTheTimeLeftAndHaveNoCommonStep() {
    SweepProgress progress = progress(2);
    progress.begin(softmax);
    progress.begin(perceptrons);
    pass(2);
    progress.at(softmax, 50);
    progress.at(perceptrons, 1);
    assertEquals(0, told.steps);
    // COUNTS: 1 of 2 s took 2, so 2 s are left; PERCEPTRON: 2 of 200 took 2, so 198 are left.
    assertEquals(100, told.secondsLeft, 1e-9);
  }

  @Test
  void batchThatBeginsAnewIsNotDoneAndRunsThatAreThereAreNotExpected() {
    SweepProgress progress = progress(1);
    progress.skip(softmax.stream().map(PlannedRun::inputs).toList());
    progress.begin(perceptrons);
    pass(5);
    progress.at(perceptrons, 50);
    assertEquals(5, told.secondsLeft, 1e-9);
    progress.end(perceptrons, 0);
    assertEquals(0, told.done);
    assertTrue(Double.isNaN(told.secondsLeft), "too little was trained to say");
  }

  @Test
  void stepsOfACheckpointTookNoTimeNow() {
    SweepProgress progress = progress(1);
    progress.skip(softmax.stream().map(PlannedRun::inputs).toList());
    progress.begin(perceptrons);
    progress.goOn(perceptrons, 80);
    pass(10);
    progress.at(perceptrons, 90);
    assertEquals(1, told.done);
    // 10 of 100 steps took 10 s, and 10 are left.
    assertEquals(10, told.secondsLeft, 1e-9);
    progress.end(perceptrons, 0);
    progress.begin(perceptrons);
    pass(5);
    progress.at(perceptrons, 1);
    // It began anew: one of 100 steps took 5 s.
    assertEquals(5 * 99, told.secondsLeft, 1e-9);
    progress.end(perceptrons, 2);
    assertEquals(0, told.secondsLeft, 1e-9);
  }

  @Test
  void lossIsTheLowestOfTheRunsThatHaveEnded() {
    SweepProgress progress = progress(1);
    progress.begin(softmax);
    progress.at(softmax, 1);
    assertTrue(Double.isNaN(told.loss));
    progress.take(2.5);
    progress.take(Double.NaN);
    progress.take(2.4);
    progress.take(2.6);
    progress.end(softmax, 2);
    assertEquals(2.4, told.loss);
  }
}
