package twister.chart;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// The axis of a key, from left to right or upwards. Words stand at even distances. Numbers are
/// spread as they are spaced; 0, which a logarithmic axis does not have, gets a place before its
/// start.
final class KeyAxis {
  /// Share of the axis that is left free at either end of numbers.
  private static final double FREE = 0.04;

  /// Share of the plot that is left free at either end of all values, for half a dot.
  private static final double DOT = 0.01;

  /// Share of the axis before the break.
  private static final double ZERO = 0.15;

  /// Where the 0 is between the start of the axis and the break.
  private static final double ZERO_PLACE = 0.4;

  /// So many values or fewer are themselves the marks, with labels where there is room.
  private static final int FEW = 8;

  private final SweepKey key;
  private final double start;
  private final double end;
  private final Optional<Axis> numbers;
  private final OptionalDouble gap;

  private KeyAxis(SweepKey key, double start, double end, double free) {
    this.key = key;
    this.start = start;
    this.end = end;
    boolean hasZero = key.isSpread() && key.scale() == Scale.LOGARITHMIC && key.number(0) == 0;
    gap = hasZero ? OptionalDouble.of(start + ZERO * (end - start)) : OptionalDouble.empty();
    numbers =
        key.isSpread() ? Optional.of(axis(key, gap.orElse(start), end, free)) : Optional.empty();
  }

  /// An axis of a plot in shares, from 0 to 1.
  static KeyAxis shares(SweepKey key) {
    return between(key, 0, 1);
  }

  /// The axis below a plot.
  ///
  /// @param plot the area of the plot
  static KeyAxis below(SweepKey key, Rectangle2D plot) {
    return between(key, plot.getMinX(), plot.getMaxX());
  }

  /// The axis at the left of a plot.
  ///
  /// @param plot the area of the plot
  static KeyAxis beside(SweepKey key, Rectangle2D plot) {
    return between(key, plot.getMaxY(), plot.getMinY());
  }

  private static KeyAxis between(SweepKey key, double start, double end) {
    double dot = DOT * (end - start);
    return new KeyAxis(key, start + dot, end - dot, FREE);
  }

  /// An axis whose ends are the least and the greatest value, of a bar of colours.
  static KeyAxis exact(SweepKey key, double start, double end) {
    return new KeyAxis(key, start, end, 0);
  }

  private static Axis axis(SweepKey key, double start, double end, double free) {
    Scale scale = key.scale();
    double[] positive = key.numbers();
    int first = scale == Scale.LOGARITHMIC && positive[0] == 0 ? 1 : 0;
    double low = scale.position(positive[first]);
    double high = scale.position(positive[positive.length - 1]);
    double room = free * high - free * low;
    return new Axis(
        scale,
        Math.max(low - room, -Double.MAX_VALUE),
        Math.min(high + room, Double.MAX_VALUE),
        start,
        end);
  }

  /// Whether it has a place between any two values.
  boolean isContinuous() {
    return numbers.isPresent();
  }

  double pixel(int place) {
    if (numbers.isEmpty()) {
      return start + (place + 0.5) / key.size() * (end - start);
    }
    boolean isZero = gap.isPresent() && place == 0;
    return isZero
        ? start + ZERO_PLACE * (gap.getAsDouble() - start)
        : numbers.get().pixel(key.number(place));
  }

  /// Where the axis is broken, to have a place for 0.
  OptionalDouble gap() {
    return gap;
  }

  /// The marks, no two labels in each other's way.
  List<AxisMark> marks() {
    List<AxisMark> values =
        IntStream.range(0, key.size())
            .mapToObj(place -> new AxisMark(pixel(place), key.label(place)))
            .toList();
    if (numbers.isEmpty()) {
      return key.isNumeric() ? some(values) : shortened(values);
    }
    List<AxisMark> marks = new ArrayList<>();
    if (values.size() <= FEW) {
      values.forEach(value -> marks.add(new AxisMark(value.pixel(), "")));
      marks.addAll(apart(values));
      return marks;
    }
    Axis axis = numbers.get();
    for (double minor : RangeAxes.minor(axis)) {
      marks.add(new AxisMark(axis.pixel(minor), ""));
    }
    List<AxisMark> labelled = new ArrayList<>();
    if (gap.isPresent()) {
      labelled.add(values.getFirst());
    }
    labelled.addAll(
        AxisMark.marks(
            axis,
            axis.scale() == Scale.LINEAR
                ? axis.ticks(6, key.isWhole() ? 1 : 0)
                : RangeAxes.ticks(axis, 6)));
    marks.addAll(apart(labelled));
    return marks;
  }

  /// Whether it goes from left to right.
  boolean isAcross() {
    return start < end;
  }

  /// Every mark, or every second, third ..., as there is room for their labels.
  private List<AxisMark> some(List<AxisMark> marks) {
    double widest =
        marks.stream().mapToDouble(mark -> PlotStyle.TICKS.width(mark.label())).max().orElse(0);
    double room = Math.abs(end - start) / key.size();
    double label = isAcross() ? widest + PlotStyle.GAP : 1.2 * PlotStyle.TICKS.size();
    return AxisMark.some(marks.size(), label / room).map(marks::get).toList();
  }

  /// Words as long as they have room; some only where they would have hardly any.
  private List<AxisMark> shortened(List<AxisMark> marks) {
    double room = (end - start) / key.size() - 2 * PlotStyle.GAP;
    return apart(
        marks.stream()
            .map(m -> new AxisMark(m.pixel(), PlotStyle.TICKS.shortened(m.label(), room)))
            .toList());
  }

  private List<AxisMark> apart(List<AxisMark> marks) {
    return isAcross() ? AxisMark.apart(marks) : AxisMark.apartUp(marks);
  }
}
