package twister.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import twister.tracking.Metrics;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;

/// What a range test of the learning rate found: the loss at each rate, smoothed, and two rates
/// that stand out.
///
/// Losses of batches are smoothed by [LocalLine] over a twentieth of all points to either side. As
/// the window reaches ahead, the lowest point lies before a sudden rise, never in it. Losses over
/// every example have no noise, and stay as they are; their slope is that of five points. Before,
/// losses far above the first ones are lowered, so that a training that blows up does not hide what
/// was before; and more than [#MOST] losses are averaged in groups.
final class RangeSeries {
  private static final int MOST = 2000;
  private static final double HALF_WINDOW = 0.05;
  private static final int LEAST_HALF = 2;

  private final Scale scale;
  private final boolean isNoisy;
  private final Curve losses;
  private final Curve smoothed;
  private final OptionalInt steepest;
  private final OptionalInt lowest;

  /// @param rates (S), growing
  /// @param losses (S), in nats per character; from the first that is not finite on, they count for
  ///   nothing
  /// @param isNoisy whether each loss is of some examples only
  RangeSeries(double[] rates, double[] losses, boolean isNoisy) {
    this.isNoisy = isNoisy;
    this.losses = new Curve(rates, losses);
    scale = scale(rates);
    int size = this.losses.divergence().orElse(rates.length);
    int group = Math.max(1, Math.ceilDiv(size, MOST));
    int points = size / group;
    double[] means = new double[points];
    double[] middles = new double[points];
    double ceiling = ceiling(Arrays.copyOf(losses, size));
    for (int point = 0; point < points; point++) {
      int from = point * group;
      means[point] =
          Arrays.stream(losses, from, from + group)
              .map(loss -> Math.min(loss, ceiling))
              .average()
              .orElseThrow();
      middles[point] = (rates[from + (group - 1) / 2] + rates[from + group / 2]) / 2;
    }
    int window = isNoisy ? (int) Math.round(HALF_WINDOW * points) : 0;
    int half = Math.max(LEAST_HALF, window);
    LocalLine[] lines =
        IntStream.range(0, points)
            .mapToObj(point -> LocalLine.at(means, point, half))
            .toArray(LocalLine[]::new);
    double[] shown = isNoisy ? Arrays.stream(lines).mapToDouble(LocalLine::value).toArray() : means;
    smoothed = new Curve(middles, shown);
    lowest = least(IntStream.range(0, points), point -> shown[point]);
    steepest =
        least(
            IntStream.range(Math.min(half, points), lowest.orElse(0))
                .filter(point -> lines[point].slope() < 0),
            point -> lines[point].slope());
  }

  /// Reads the columns `loss` and `learning_rate` of a run's `metrics.csv`; a torn last line is
  /// ignored.
  ///
  /// @throws IOException naming the file if it cannot be read or its rates do not grow
  static RangeSeries read(Path file) throws IOException {
    Columns columns = new Columns();
    Metrics.forEachRate(file, columns::add);
    for (int step = 1; step < columns.size; step++) {
      if (columns.rates[step] < columns.rates[step - 1]) {
        throw new IOException(file + ": the learning rate falls after step " + (step - 1));
      }
    }
    boolean isOfBatches =
        Optional.ofNullable(file.getParent())
            .flatMap(run -> new RunFolder(run).record())
            .map(RunRecord::isOfBatches)
            .orElse(true);
    return new RangeSeries(
        Arrays.copyOf(columns.rates, columns.size),
        Arrays.copyOf(columns.losses, columns.size),
        isOfBatches);
  }

  private static final class Columns {
    private double[] rates = new double[1024];
    private double[] losses = new double[1024];
    private int size;

    void add(double rate, double loss) {
      if (size == rates.length) {
        rates = Arrays.copyOf(rates, 2 * size);
        losses = Arrays.copyOf(losses, 2 * size);
      }
      rates[size] = rate;
      losses[size] = loss;
      size++;
    }
  }

  /// How the rates were spread, by the one in the middle: it is their arithmetic mean or their
  /// geometric one.
  private static Scale scale(double[] rates) {
    if (rates.length < 3 || !(rates[0] > 0)) {
      return Scale.LOGARITHMIC;
    }
    int last = rates.length - 1;
    int half = last / 2;
    double part = (double) half / last;
    double middle = rates[half];
    double linear = rates[0] + (rates[last] - rates[0]) * part;
    double logarithmic = rates[0] * Math.pow(rates[last] / rates[0], part);
    return Math.abs(middle - linear) < Math.abs(middle - logarithmic)
        ? Scale.LINEAR
        : Scale.LOGARITHMIC;
  }

  /// As far above the first losses as the least one is below them.
  private static double ceiling(double[] losses) {
    if (losses.length == 0) {
      return 0;
    }
    double[] first = Arrays.copyOf(losses, Math.max(1, losses.length / 20));
    Arrays.sort(first);
    double start = first[first.length / 2];
    double descent = start - Arrays.stream(losses).min().orElseThrow();
    return start + (descent > 0 ? descent : Math.max(1, Math.abs(start)));
  }

  private static OptionalInt least(IntStream points, IntToDoubleFunction value) {
    return points.reduce((a, b) -> value.applyAsDouble(b) < value.applyAsDouble(a) ? b : a);
  }

  /// How the rates are spread.
  Scale scale() {
    return scale;
  }

  /// The loss before each update over the update's rate.
  Curve losses() {
    return losses;
  }

  /// Whether each loss is of some examples only, so that the curve is smoothed.
  boolean isNoisy() {
    return isNoisy;
  }

  /// The losses without their noise, up to the first that is not finite.
  Curve smoothed() {
    return smoothed;
  }

  /// The point where the smoothed loss falls fastest, before its lowest point: in nats per step,
  /// and so per factor or summand of the rate. Empty where it does not fall.
  OptionalInt steepest() {
    return steepest;
  }

  /// The point of the lowest smoothed loss; empty where there is none.
  OptionalInt lowest() {
    return lowest;
  }
}
