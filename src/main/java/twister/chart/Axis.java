package twister.chart;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// An axis: maps values to pixels and knows its round numbers.
///
/// @param scale how values are spread
/// @param low position of the lowest value, in the scale's own measure
/// @param high position of the highest value, above `low`
/// @param start pixel of `low`
/// @param end pixel of `high`
record Axis(Scale scale, double low, double high, double start, double end) {
  Axis {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "axis: expected finite low < high, got " + low + ", " + high);
    }
  }

  /// A labelled value.
  record Tick(double value, String label) {}

  /// Pixel of a value; one that is off the axis, such as 0 on a logarithmic one, is put at its end.
  double pixel(double value) {
    double position = Math.clamp(scale.position(value), low, high);
    return start + share(position) * (end - start);
  }

  /// Half of all may be the longest distance there is between two numbers.
  private double share(double position) {
    return Double.isInfinite(high - low)
        ? (position / 2 - low / 2) / (high / 2 - low / 2)
        : (position - low) / (high - low);
  }

  /// Round values in order, about as many as asked for.
  ///
  /// @param smallest no two ticks are nearer to each other than this
  List<Tick> ticks(int number, double smallest) {
    double least = scale == Scale.LOGARITHMIC ? 1 : smallest;
    double length =
        Double.isInfinite(high - low) ? high / number - low / number : (high - low) / number;
    double rough = Math.max(length, least);
    int exponent = (int) Math.floor(Math.log10(rough));
    BigDecimal step =
        BigDecimal.valueOf(roundFactor(rough / Math.pow(10, exponent))).scaleByPowerOfTen(exponent);
    return multiples(step.scale() <= 0 ? step.setScale(0) : step);
  }

  /// The round number nearest to one from 1 to 10.
  private static long roundFactor(double factor) {
    if (factor < 1.5) {
      return 1;
    }
    if (factor < 3.5) {
      return 2;
    }
    return factor < 7.5 ? 5 : 10;
  }

  private List<Tick> multiples(BigDecimal step) {
    double width = step.doubleValue();
    long first = (long) Math.ceil(low / width - 1e-9);
    long last = (long) Math.floor(high / width + 1e-9);
    List<BigDecimal> places =
        LongStream.rangeClosed(first, last)
            .mapToObj(multiple -> step.multiply(BigDecimal.valueOf(multiple)))
            .toList();
    List<String> labels =
        switch (scale) {
          case LINEAR -> Numbers.texts(places);
          case LOGARITHMIC ->
              Numbers.powersOfTen(places.stream().map(BigDecimal::intValueExact).toList());
        };
    return IntStream.range(0, places.size())
        .mapToObj(i -> new Tick(scale.value(places.get(i).doubleValue()), labels.get(i)))
        .toList();
  }
}
