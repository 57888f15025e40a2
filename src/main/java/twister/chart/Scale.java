package twister.chart;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// How an axis spreads its values.
enum Scale {
  LINEAR {
    @Override
    double position(double value) {
      return value;
    }

    @Override
    double value(double position) {
      return position;
    }
  },
  LOGARITHMIC {
    @Override
    double position(double value) {
      return Math.log10(value);
    }

    @Override
    double value(double position) {
      return Math.min(Math.pow(10, position), Double.MAX_VALUE);
    }
  };

  /// A decade, with room for rounded values.
  private static final double FACTOR = 10 * (1 - 1e-9);

  abstract double position(double value);

  abstract double value(double position);

  /// The scale on which values are spaced more evenly. Logarithmic are only values of at least 0
  /// whose positive ones span a factor of 10; two of them, which have one distance only, are if
  /// they do.
  ///
  /// @param values (N), at least one, increasing
  static Scale of(double[] values) {
    double[] positive = Arrays.stream(values).filter(value -> value > 0).toArray();
    boolean spansDecade =
        positive.length > 1 && positive[positive.length - 1] >= FACTOR * positive[0];
    if (values[0] < 0 || !spansDecade) {
      return LINEAR;
    }
    double[] positions = Arrays.stream(positive).map(LOGARITHMIC::position).toArray();
    boolean isEvener = unevenness(positions) < unevenness(values);
    return values.length == 2 || isEvener ? LOGARITHMIC : LINEAR;
  }

  /// Standard deviation of the distances of neighbours over their mean.
  private static double unevenness(double[] values) {
    double mean = (values[values.length - 1] - values[0]) / (values.length - 1);
    DoubleStream squares =
        IntStream.range(1, values.length)
            .mapToDouble(i -> (values[i] - values[i - 1]) / mean - 1)
            .map(deviation -> deviation * deviation);
    return Math.sqrt(squares.average().orElse(0));
  }
}
