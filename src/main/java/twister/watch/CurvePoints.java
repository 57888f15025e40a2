package twister.watch;

import java.util.Arrays;
import twister.tracking.Metrics;

/// The losses of a run over its steps, in few points however many steps there are: each is the mean
/// of as many steps after one another. They are gathered one by one; where the points are full, two
/// after one another become one.
final class CurvePoints implements Metrics.Losses {
  /// No screen shows more of a curve.
  static final int MOST = 200;

  private final double[] steps = new double[MOST];
  private final double[] losses = new double[MOST];
  private int size;

  /// How many steps a point has, the last one perhaps fewer.
  private long width = 1;

  private long inLast;

  @Override
  public void accept(double step, double loss) {
    if (size == 0 || inLast == width) {
      begin();
    }
    steps[size - 1] += step;
    losses[size - 1] += loss;
    inLast++;
  }

  private void begin() {
    if (size == MOST) {
      halve();
    }
    steps[size] = 0;
    losses[size] = 0;
    size++;
    inLast = 0;
  }

  private void halve() {
    size = MOST / 2;
    for (int point = 0; point < size; point++) {
      steps[point] = steps[2 * point] + steps[2 * point + 1];
      losses[point] = losses[2 * point] + losses[2 * point + 1];
    }
    width *= 2;
  }

  /// How many there are.
  int size() {
    return size;
  }

  /// The middles of the steps of each point.
  double[] steps() {
    return means(steps);
  }

  /// The mean losses of each point, in nats per character.
  double[] losses() {
    return means(losses);
  }

  private double[] means(double[] sums) {
    double[] means = Arrays.copyOf(sums, size);
    for (int point = 0; point < size; point++) {
      means[point] /= point == size - 1 ? inLast : width;
    }
    return means;
  }
}
