package twister.chart;

import java.util.List;

/// An axis as XChart draws it: its ticks are at whole numbers, from 0 for the first.
///
/// XChart cannot be told where ticks are. It puts them at the multiples of a round step of its own,
/// and where numbers are very large, very small or very near to each other it puts none, or one for
/// each pixel. So it is given coordinates in which the step is 1, whatever is shown and however it
/// is spread.
final class PlotAxis {
  /// How many steps an axis has that is to have one tick or none: the next whole number is off it.
  private static final double ONE_TICK = 0.9;

  /// No coordinate is further away; XChart computes with all of them.
  private static final double FURTHEST = 1e6;

  private final Axis axis;
  private final String title;
  private final List<Axis.Tick> ticks;
  private final double step;
  private final double first;
  private final boolean isBare;

  /// @param axis which values are shown; its pixels say nothing
  /// @param ticks at even distances, increasing
  PlotAxis(Axis axis, String title, List<Axis.Tick> ticks) {
    this(axis, title, ticks, false);
  }

  private PlotAxis(Axis axis, String title, List<Axis.Tick> ticks, boolean isBare) {
    this.axis = axis;
    this.title = title;
    this.ticks = List.copyOf(ticks);
    this.isBare = isBare;
    if (ticks.size() < 2) {
      step = axis.high() / ONE_TICK - axis.low() / ONE_TICK;
      first = ticks.isEmpty() ? axis.low() - (1 - ONE_TICK) / 2 * step : position(ticks.getFirst());
    } else {
      step = position(ticks.get(1)) - position(ticks.get(0));
      first = position(ticks.getFirst());
    }
  }

  /// An axis of shares, from 0 at its low end to 1 at its high end, of which XChart draws the title
  /// alone: ticks at any distances and of any words are painted over the plot.
  ///
  /// @param widest a label as wide as the widest of them, for which there is room
  static PlotAxis bare(String title, String widest) {
    return bare(new Axis(Scale.LINEAR, 0, 1, 0, 1), title, widest);
  }

  /// An axis of which XChart draws the title alone: its line and its ticks, at any distances, are
  /// painted over the plot.
  ///
  /// @param widest a label as wide as the widest of them, for which there is room
  static PlotAxis bare(Axis axis, String title, String widest) {
    double middle = axis.scale().value(axis.low() / 2 + axis.high() / 2);
    return new PlotAxis(axis, title, List.of(new Axis.Tick(middle, widest)), true);
  }

  private double position(Axis.Tick tick) {
    return axis.scale().position(tick.value());
  }

  String title() {
    return title;
  }

  List<Axis.Tick> ticks() {
    return ticks;
  }

  /// Whether its line and its ticks are painted over the plot.
  boolean isBare() {
    return isBare;
  }

  double low() {
    return (axis.low() - first) / step;
  }

  double high() {
    return (axis.high() - first) / step;
  }

  /// How it spreads its values.
  Scale scale() {
    return axis.scale();
  }

  /// The value at its low end.
  double lowest() {
    return axis.scale().value(axis.low());
  }

  /// The value at its high end.
  double highest() {
    return axis.scale().value(axis.high());
  }

  /// The coordinate of a value; that of 0 on a logarithmic axis is far below it. Infinite values
  /// and NaN have none, which is NaN.
  double coordinate(double value) {
    if (!Double.isFinite(value)) {
      return Double.NaN;
    }
    double position =
        axis.scale() == Scale.LOGARITHMIC && value <= 0 ? -FURTHEST : axis.scale().position(value);
    return Math.clamp((position - first) / step, -FURTHEST, FURTHEST);
  }

  /// The label of a coordinate that XChart asks for: that of a tick, else a blank one. Blanks at
  /// the two ends differ, or XChart would take its own numbers for too near to each other.
  String label(double coordinate) {
    long tick = Math.round(coordinate);
    if (Math.abs(coordinate - tick) < 1e-6 && tick >= 0 && tick < ticks.size()) {
      return ticks.get((int) tick).label();
    }
    return coordinate < (low() + high()) / 2 ? " " : "  ";
  }

  /// The distance of ticks that makes XChart choose a step of 1, where the axis has about so many
  /// pixels.
  int spacing(double pixels) {
    // XChart takes every distance from 0.75 to 1.5 steps for one.
    return (int) Math.max(1, 0.85 * pixels / (high() - low()));
  }

  /// The axis with its pixels.
  ///
  /// @param start pixel of its low end
  /// @param end pixel of its high end
  Axis placed(double start, double end) {
    return new Axis(axis.scale(), axis.low(), axis.high(), start, end);
  }
}
