package twister.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Chooses the axes of a range test from what is to be seen on them.
final class RangeAxes {
  /// Share of the descent that the axis goes on above its start.
  private static final double ABOVE = 0.4;

  private static final double FREE = 0.06;

  private RangeAxes() {}

  /// The axis of the losses: all of the descent, and the beginning of what comes after it. Losses
  /// above its end are not shown, for a training that blows up has losses of any size.
  ///
  /// @param start pixel of the lowest loss
  /// @param end pixel of the highest loss
  static Axis losses(RangeSeries series, double start, double end) {
    OptionalInt lowest = series.lowest();
    if (lowest.isEmpty()) {
      return new Axis(Scale.LINEAR, 0, 1, start, end);
    }
    Curve smoothed = series.smoothed();
    double least = series.losses().finiteValues().min().orElseThrow();
    double greatest = series.losses().finiteValues().max().orElseThrow();
    double bottom = Math.min(least, smoothed.value(lowest.getAsInt()));
    double top =
        IntStream.rangeClosed(0, lowest.getAsInt())
            .mapToDouble(smoothed::value)
            .max()
            .orElseThrow();
    double descent = top - bottom > 0 ? top - bottom : Math.max(1, Math.abs(top)) * 0.1;
    double high = Math.min(top + ABOVE * descent, Math.max(greatest, top));
    double free = FREE * Math.max(high - bottom, 0.1 * descent);
    return new Axis(Scale.LINEAR, bottom - free, high + free, start, end);
  }

  /// The axis of the learning rates, from the first to the last, with room for half a mark beside
  /// them.
  ///
  /// @param start pixel of the first rate
  /// @param end pixel of the last rate
  static Axis rates(RangeSeries series, double start, double end) {
    Curve losses = series.losses();
    Scale scale = series.scale();
    double low = losses.size() == 0 ? 0 : scale.position(losses.step(0));
    double high = losses.size() == 0 ? 1 : scale.position(losses.step(losses.size() - 1));
    double room = (high - low) * PlotStyle.GAP / (end - start);
    return high > low
        ? new Axis(scale, low - room, high + room, start, end)
        : new Axis(scale, low - 1, low + 1, start, end);
  }

  /// The marks of an axis below a plot: as many labels as have room beside each other, and small
  /// marks.
  ///
  /// @param number about as many labels on a linear axis
  static List<AxisMark> marks(Axis rates, int number) {
    List<AxisMark> marks = new ArrayList<>();
    for (double rate : minor(rates)) {
      marks.add(new AxisMark(rates.pixel(rate), ""));
    }
    marks.addAll(AxisMark.apart(AxisMark.marks(rates, ticks(rates, number))));
    return marks;
  }

  /// Labelled rates: powers of ten, with 2 and 5 times them where there are few; round numbers
  /// where there would be only one.
  ///
  /// @param number about as many on a linear axis
  static List<Axis.Tick> ticks(Axis rates, int number) {
    if (rates.scale() == Scale.LINEAR) {
      return rates.ticks(number, 0);
    }
    List<Axis.Tick> decades = rates.ticks(9, 1);
    if (decades.size() >= 3) {
      return decades;
    }
    double[] finer = multiples(rates, 1, 2, 5);
    return finer.length >= 3
        ? labelled(finer)
        : new Axis(
                Scale.LINEAR,
                Scale.LOGARITHMIC.value(rates.low()),
                Scale.LOGARITHMIC.value(rates.high()),
                rates.start(),
                rates.end())
            .ticks(4, 0);
  }

  private static List<Axis.Tick> labelled(double... rates) {
    List<String> labels = Numbers.significant(rates);
    return IntStream.range(0, rates.length)
        .mapToObj(i -> new Axis.Tick(rates[i], labels.get(i)))
        .toList();
  }

  /// The rates between powers of ten that a logarithmic axis marks without labels.
  static double[] minor(Axis rates) {
    return rates.scale() == Scale.LINEAR || rates.high() - rates.low() > 10
        ? new double[0]
        : multiples(rates, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  private static double[] multiples(Axis rates, int... factors) {
    int first = (int) Math.floor(rates.low());
    int last = (int) Math.floor(rates.high());
    return IntStream.rangeClosed(first, last)
        .boxed()
        .flatMapToDouble(
            exponent -> IntStream.of(factors).mapToDouble(f -> f * Math.pow(10, exponent)))
        .filter(
            rate -> {
              double at = Math.log10(rate);
              return at >= rates.low() - 1e-9 && at <= rates.high() + 1e-9;
            })
        .toArray();
  }
}
