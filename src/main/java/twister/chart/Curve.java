package twister.chart;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Values over steps. Values may be NaN or infinite: there the drawn line has a gap.
final class Curve {
  /// No points.
  static final Curve EMPTY = new Curve(new double[0], new double[0]);

  private static final int MOST_SMOOTHED = 1000;

  /// A line needs some points.
  private static final int LEAST_HALF = 2;

  private final double[] steps;
  private final double[] values;

  /// @param steps (S), increasing
  /// @param values (S)
  Curve(double[] steps, double[] values) {
    if (steps.length != values.length) {
      throw new IllegalArgumentException(
          "values: expected (" + steps.length + "), got (" + values.length + ")");
    }
    this.steps = steps;
    this.values = values;
  }

  int size() {
    return steps.length;
  }

  double step(int point) {
    return steps[point];
  }

  double value(int point) {
    return values[point];
  }

  boolean isFinite(int point) {
    return Double.isFinite(values[point]);
  }

  DoubleStream finiteValues() {
    return DoubleStream.of(values).filter(Double::isFinite);
  }

  /// The first point without a finite value, empty if the run never diverged.
  OptionalInt divergence() {
    return IntStream.range(0, size()).filter(point -> !isFinite(point)).findFirst();
  }

  /// The means of so many neighbouring points, each in their middle, where there are so many; a
  /// mean with a value that is not finite is not finite either.
  ///
  /// Sums within blocks of so many points, from either end, make each mean of two numbers, and
  /// nothing is subtracted: a loss of 1e38 leaves no trace in the means after it (van Herk 1992).
  ///
  /// @param points from 1 to all
  Curve movingMeans(int points) {
    if (points == 1) {
      return this;
    }
    double[] upTo = new double[size()];
    double[] from = new double[size()];
    for (int i = 0; i < size(); i++) {
      upTo[i] = values[i] / points + (i % points == 0 ? 0 : upTo[i - 1]);
      int back = size() - 1 - i;
      boolean isLast = back % points == points - 1 || back == size() - 1;
      from[back] = values[back] / points + (isLast ? 0 : from[back + 1]);
    }
    int size = size() - points + 1;
    double[] middles = new double[size];
    double[] means = new double[size];
    for (int i = 0; i < size; i++) {
      middles[i] = (steps[i] + steps[i + points - 1]) / 2;
      means[i] = i % points == 0 ? from[i] : from[i] + upTo[i + points - 1];
    }
    return new Curve(middles, means);
  }

  /// The mean of curves over the same steps, up to the last that all have: beyond it, one that ends
  /// would be a kink.
  static Curve mean(List<Curve> curves) {
    int size = curves.stream().mapToInt(Curve::size).min().orElse(0);
    return new Curve(
        IntStream.range(0, size).mapToDouble(curves.getFirst()::step).toArray(),
        IntStream.range(0, size)
            .mapToDouble(
                point ->
                    curves.stream().mapToDouble(curve -> curve.value(point)).average().orElse(0))
            .toArray());
  }

  /// The points of some steps.
  Curve between(double first, double last) {
    int[] kept =
        IntStream.range(0, size())
            .filter(point -> steps[point] >= first && steps[point] <= last)
            .toArray();
    return kept.length == size() ? this : only(kept);
  }

  private Curve only(int... points) {
    return new Curve(
        IntStream.of(points).mapToDouble(this::step).toArray(),
        IntStream.of(points).mapToDouble(this::value).toArray());
  }

  /// The same steps with other values.
  Curve mapped(DoubleUnaryOperator change) {
    return new Curve(steps, DoubleStream.of(values).map(change).toArray());
  }

  /// This curve up to its first gap without its noise: the values of [LocalLine] over so large a
  /// part of all points to either side, at some of the points where there are many. At the
  /// beginning, where losses fall fast, no more points count after one than before it.
  ///
  /// @param scale of the axis on which the points shall be spread evenly
  Curve smoothed(double part, Scale scale) {
    int size = divergence().orElse(size());
    int half = Math.max(LEAST_HALF, (int) Math.round(part * size));
    double[] known = Arrays.copyOf(values, size);
    IntStream some =
        size <= MOST_SMOOTHED
            ? IntStream.range(0, size)
            : IntStream.range(0, MOST_SMOOTHED)
                .map(point -> border(point, MOST_SMOOTHED - 1, size, scale));
    int[] points =
        IntStream.concat(IntStream.range(0, Math.min(1, size)), some).distinct().toArray();
    return new Curve(
        IntStream.of(points).mapToDouble(this::step).toArray(),
        IntStream.of(points)
            .mapToDouble(
                point -> LocalLine.at(known, point, Math.clamp(point, LEAST_HALF, half)).value())
            .toArray());
  }

  /// This curve with fewer points that draws the same picture: the first and last point, the
  /// smallest and largest value of every bucket between them, and every bucket's first gap.
  ///
  /// @param limit number of points that are left if there are no gaps, at least 4
  /// @param scale of the axis on which the buckets are equally wide
  Curve thinned(int limit, Scale scale) {
    if (size() <= limit) {
      return this;
    }
    IntStream.Builder kept = IntStream.builder();
    int buckets = (limit - 2) / 2;
    kept.accept(0);
    for (int bucket = 0; bucket < buckets; bucket++) {
      int from = border(bucket, buckets, size(), scale);
      keepExtremes(from, border(bucket + 1, buckets, size(), scale), kept);
    }
    kept.accept(size() - 1);
    return only(kept.build().toArray());
  }

  /// First point of a bucket; the buckets divide all points but the first and the last of so many.
  private int border(int bucket, int buckets, int size, Scale scale) {
    if (bucket == buckets) {
      return size - 1;
    }
    if (scale == Scale.LINEAR || bucket == 0) {
      return 1 + (int) ((long) (size - 2) * bucket / buckets);
    }
    double first = Math.max(1, steps[1]);
    double wanted = first * Math.pow(steps[size - 1] / first, (double) bucket / buckets);
    int at = Arrays.binarySearch(steps, 1, size - 1, wanted);
    return at < 0 ? -at - 1 : at;
  }

  private void keepExtremes(int from, int to, IntConsumer kept) {
    int least = -1;
    int greatest = -1;
    int gap = -1;
    for (int point = from; point < to; point++) {
      if (!isFinite(point)) {
        gap = gap < 0 ? point : gap;
      } else {
        least = least < 0 || values[point] < values[least] ? point : least;
        greatest = greatest < 0 || values[point] > values[greatest] ? point : greatest;
      }
    }
    IntStream.of(least, greatest, gap).filter(p -> p >= 0).sorted().distinct().forEach(kept);
  }
}
