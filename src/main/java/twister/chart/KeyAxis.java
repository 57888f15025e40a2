package twister.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
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

  /// Share of the axis before the break.
  private static final double ZERO = 0.15;

  /// Where the 0 is between the start of the axis and the break.
  private static final double ZERO_PLACE = 0.4;

  /// So many values or fewer are themselves the marks, if there is room.
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

  /// An axis of a plot.
  ///
  /// @param start pixel where it starts
  /// @param end pixel where it ends
  static KeyAxis of(SweepKey key, double start, double end) {
    return new KeyAxis(key, start, end, FREE);
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
  List<PlotFrame.Mark> marks() {
    List<PlotFrame.Mark> values =
        IntStream.range(0, key.size())
            .mapToObj(place -> new PlotFrame.Mark(pixel(place), key.label(place)))
            .toList();
    if (numbers.isEmpty()) {
      return key.isNumeric() ? some(values) : shortened(values);
    }
    if (values.size() <= FEW && apart(values).size() == values.size()) {
      return values;
    }
    List<PlotFrame.Mark> marks = new ArrayList<>();
    Axis axis = numbers.get();
    for (double minor : RangeAxes.minor(axis)) {
      marks.add(new PlotFrame.Mark(axis.pixel(minor), ""));
    }
    List<PlotFrame.Mark> labelled = new ArrayList<>();
    if (gap.isPresent()) {
      labelled.add(values.getFirst());
    }
    labelled.addAll(
        PlotFrame.marks(
            axis,
            axis.scale() == Scale.LINEAR
                ? axis.ticks(6, key.isWhole() ? 1 : 0)
                : RangeAxes.ticks(axis, 6)));
    marks.addAll(apart(labelled));
    return marks;
  }

  private boolean isAcross() {
    return start < end;
  }

  /// Every mark, or every second, third ..., as there is room for their labels.
  private List<PlotFrame.Mark> some(List<PlotFrame.Mark> marks) {
    double widest =
        marks.stream().mapToDouble(mark -> PlotStyle.TICKS.width(mark.label())).max().orElse(0);
    double room = Math.abs(end - start) / key.size();
    double label = isAcross() ? widest + 2 * PlotStyle.GAP : 1.2 * PlotStyle.TICKS.size();
    return PlotFrame.some(marks.size(), label / room).map(marks::get).toList();
  }

  /// Words as long as they have room; some only where they would have hardly any.
  private List<PlotFrame.Mark> shortened(List<PlotFrame.Mark> marks) {
    double room = isAcross() ? (end - start) / key.size() - PlotStyle.GAP : PlotStyle.WIDTH / 4.0;
    return apart(
        marks.stream()
            .map(m -> new PlotFrame.Mark(m.pixel(), PlotStyle.TICKS.shortened(m.label(), room)))
            .toList());
  }

  private List<PlotFrame.Mark> apart(List<PlotFrame.Mark> marks) {
    return isAcross() ? PlotFrame.apart(marks) : PlotFrame.apartUp(marks);
  }

  /// Paints the break over the line of the axis, if there is one.
  ///
  /// @param away where the line is, in the direction across the axis
  void paintGap(Graphics2D g, double away) {
    if (gap.isEmpty()) {
      return;
    }
    double at = gap.getAsDouble();
    double half = 6;
    Path2D strokes = new Path2D.Double();
    for (int side = -1; side <= 1; side += 2) {
      Line2D stroke =
          isAcross()
              ? new Line2D.Double(at + side * half - 5, away + 12, at + side * half + 5, away - 12)
              : new Line2D.Double(away - 12, at + side * half + 5, away + 12, at + side * half - 5);
      strokes.append(stroke, false);
    }
    g.setColor(Color.WHITE);
    g.fill(
        isAcross()
            ? new Rectangle2D.Double(at - half, away - 4, 2 * half, 8)
            : new Rectangle2D.Double(away - 4, at - half, 8, 2 * half));
    g.setColor(PlotStyle.FRAME);
    g.setStroke(PlotStyle.THIN);
    g.draw(strokes);
  }
}
