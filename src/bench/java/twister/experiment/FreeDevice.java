package twister.experiment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import twister.backend.Backend;
import twister.backend.Device;
import twister.backend.FloatLosses;
import twister.backend.Problem;
import twister.backend.Profile;
import twister.backend.RunConfig;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;

/// A device whose trainings cost nothing, so that what remains is Twister's own work: its losses
/// lie ready, in single precision, with as many digits as those of a training.
final class FreeDevice implements Backend {
  private final Device device =
      new Device("0:0", Device.Kind.GPU, "free", "A device that costs nothing", 1 << 30, "free 1");

  /// The device, chosen for a sweep, of which nothing was measured.
  Devices.Choice choice() {
    DeviceModels models = new DeviceModels(Path.of("no such folder", "devices.csv"), _ -> {});
    return new Devices.Choice(this, List.of(device), "", models);
  }

  @Override
  public List<Device> devices() {
    return List.of(device);
  }

  @Override
  public TrainingSession open(
      Device on, Problem problem, List<RunConfig> runs, Optional<Profile> profile) {
    return new Session(runs);
  }

  /// A session that trains nothing, so that every call is free.
  static final class Session implements TrainingSession {
    private static final int STEPS = 128;

    private final double[] weights;
    private final FloatLosses.Layout layout;
    private final FloatLosses.Terms terms;

    /// (STEPS, 2, R): negative log likelihood, squared weights.
    private final MemorySegment numbers;

    Session(List<RunConfig> runs) {
      float[] initial = runs.getFirst().initialWeights();
      weights = IntStream.range(0, initial.length).mapToDouble(i -> initial[i]).toArray();
      layout = new FloatLosses.Layout(2 * runs.size(), 1, 0, 1, runs.size(), 1);
      terms = FloatLosses.Terms.of(1, weights.length, runs);
      numbers = Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, 2L * STEPS * runs.size());
      for (int i = 0; i < 2 * STEPS * runs.size(); i++) {
        int step = i / (2 * runs.size());
        double rate = (i % runs.size() + 1.0) / runs.size();
        float number = (float) (2.45 + 1.3 / (1 + step * rate));
        numbers.setAtIndex(ValueLayout.JAVA_FLOAT, i, number);
      }
    }

    @Override
    public StepLosses advance(int steps) {
      return new FloatLosses(numbers, layout, terms, steps);
    }

    @Override
    public StepLosses evaluate() {
      return advance(1);
    }

    @Override
    public double[] weights(int run) {
      return weights;
    }

    @Override
    public void close() {}
  }
}
