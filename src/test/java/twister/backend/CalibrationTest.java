package twister.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CalibrationTest {
  private static final Device DEVICE =
      new Device("0:0", Device.Kind.GPU, "fake", "Fake", 1 << 30, "fake 1");

  private long now;

  /// A device that takes exactly as long as a model says, by a clock of its own.
  private final class Exact implements Backend {
    private final DeviceModel model;

    Exact(DeviceModel model) {
      this.model = model;
    }

    @Override
    public List<Device> devices() {
      return List.of(DEVICE);
    }

    @Override
    public TrainingSession open(
        Device device, Problem problem, List<RunConfig> runs, Optional<Profile> profile) {
      problem.check(runs);
      pass(model.start());
      return new TrainingSession() {
        @Override
        public StepLosses advance(int steps) {
          Workload work = work(problem, steps).ofRuns(runs.size());
          pass(model.seconds(work) - model.start());
          int losses = steps * runs.size();
          return StepLosses.of(steps, runs.size(), new double[losses], new double[losses]);
        }

        @Override
        public StepLosses evaluate() {
          throw new AssertionError("is not asked for");
        }

        @Override
        public double[] weights(int run) {
          throw new AssertionError("is not asked for");
        }

        @Override
        public void close() {}
      };
    }
  }

  private void pass(double seconds) {
    now += Math.round(seconds * 1e9);
  }

  private static Workload work(Problem problem, int steps) {
    return switch (problem) {
      case Problem.OverCounts _ -> of(Workload.Kind.COUNTS, steps, problem.parameters());
      case Problem.OverExamples all ->
          of(Workload.Kind.EXAMPLES, steps, (double) all.examples().count() * problem.symbols());
      case Problem.OverBlocks blocks ->
          of(
              Workload.Kind.PERCEPTRON,
              steps,
              Workload.ofPerceptron(1, blocks.batch(), 0, problem.parameters(), problem.symbols())
                  .perStep());
    };
  }

  private static Workload of(Workload.Kind kind, int steps, double perStep) {
    return new Workload(kind, 1, steps, perStep, 0);
  }

  @ParameterizedTest
  @EnumSource(Workload.Kind.class)
  void findsTheModelOfADevice(Workload.Kind kind) {
    DeviceModel exact = new DeviceModel(0.7, 2e-4, 1e-8, kind == Workload.Kind.EXAMPLES ? 2 : 100);
    DeviceModel found = new Calibration(new Exact(exact), DEVICE, () -> now).measure(kind);
    assertEquals(exact.start(), found.start(), 1e-6);
    assertEquals(exact.step(), found.step(), 1e-7);
    assertEquals(exact.unit(), found.unit(), 1e-12);
    assertEquals(exact.width(), found.width(), 0.1);
  }

  @ParameterizedTest
  @EnumSource(Workload.Kind.class)
  void deviceOfOneRunAtATimeHasTheWidthOne(Workload.Kind kind) {
    DeviceModel exact = new DeviceModel(0, 0, 1e-8, 1);
    DeviceModel found = new Calibration(new Exact(exact), DEVICE, () -> now).measure(kind);
    assertEquals(1, found.width(), 1e-3);
    assertEquals(1e-8, found.unit(), 1e-12);
  }
}
