package twister.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import twister.tracking.Metrics;

/// The losses of the runs of a sweep, each over the same steps. Where there are many, they are
/// means of some steps after one another.
final class SweepCurves {
  private static final int MOST = 200;

  /// The losses of a run.
  ///
  /// @param means (P), NaN from where the run has ended
  /// @param lastStep the last step with a finite loss, NaN if there is none
  /// @param lastLoss the loss there, in nats per character
  record Losses(double[] means, double lastStep, double lastLoss) {
    boolean isEmpty() {
      return Double.isNaN(lastStep);
    }
  }

  private final int width;
  private final double[] steps;
  private final Losses[] runs;

  private SweepCurves(int width, double[] steps, Losses[] runs) {
    this.width = width;
    this.steps = steps;
    this.runs = runs;
  }

  /// Reads `metrics.csv` of each run.
  ///
  /// @param runs in the order of their rows
  /// @throws IOException naming file and line if one cannot be read
  static SweepCurves read(Path experimentFolder, List<SweepRun> runs) throws IOException {
    int all = (int) runs.stream().mapToLong(SweepRun::steps).max().orElse(0);
    int width = Math.max(1, Math.ceilDiv(all, MOST));
    double[] steps = new double[Math.max(1, Math.ceilDiv(all, width))];
    for (int point = 0; point < steps.length; point++) {
      int last = Math.min((point + 1) * width, Math.max(all, 1)) - 1;
      steps[point] = (point * width + last) / 2.0;
    }
    try {
      Losses[] losses =
          runs.parallelStream()
              .map(run -> losses(experimentFolder.resolve(run.id()), width, steps.length))
              .toArray(Losses[]::new);
      return new SweepCurves(width, steps, losses);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Losses losses(Path runFolder, int width, int points) {
    Sums sums = new Sums(width, points);
    try {
      Metrics.forEachLoss(runFolder.resolve("metrics.csv"), sums::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sums.losses();
  }

  /// Adds up the losses of a run until the first that is not finite.
  private static final class Sums {
    private final int width;
    private final double[] sums;
    private final int[] counts;
    private double lastStep = Double.NaN;
    private double lastLoss = Double.NaN;
    private boolean ended;

    Sums(int width, int points) {
      this.width = width;
      sums = new double[points];
      counts = new int[points];
    }

    void add(double step, double loss) {
      ended |= !Double.isFinite(loss);
      if (!ended) {
        int point = (int) Math.clamp(step / width, 0, sums.length - 1.0);
        counts[point]++;
        sums[point] += loss;
        lastStep = step;
        lastLoss = loss;
      }
    }

    Losses losses() {
      double[] means = new double[sums.length];
      Arrays.setAll(means, point -> counts[point] == 0 ? Double.NaN : sums[point] / counts[point]);
      return new Losses(means, lastStep, lastLoss);
    }
  }

  /// Over how many steps each mean goes.
  int width() {
    return width;
  }

  /// The number of points, P.
  int points() {
    return steps.length;
  }

  /// The middle of the steps of a point.
  double step(int point) {
    return steps[point];
  }

  Losses losses(SweepRun run) {
    return runs[run.row()];
  }

  /// The means of a run's losses as a curve, up to the last finite loss itself.
  Curve curve(SweepRun run) {
    Losses losses = losses(run);
    int size = 0;
    while (size < steps.length
        && Double.isFinite(losses.means()[size])
        && steps[size] <= losses.lastStep()) {
      size++;
    }
    boolean goesOn = !losses.isEmpty() && (size == 0 || steps[size - 1] < losses.lastStep());
    double[] across = Arrays.copyOf(steps, goesOn ? size + 1 : size);
    double[] up = Arrays.copyOf(losses.means(), across.length);
    if (goesOn) {
      across[size] = losses.lastStep();
      up[size] = losses.lastLoss();
    }
    return new Curve(across, up);
  }
}
