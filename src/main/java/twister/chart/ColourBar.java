package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.TICK;
import static twister.chart.PlotStyle.TICKS;
import static twister.chart.PlotStyle.TITLES;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/// A bar of colours with numbers beside it, as high as the plot.
final class ColourBar implements SidePanel {
  private static final double BAR = 36;
  private static final int BANDS = 180;

  /// Of a bar of losses that go on above it: what is beyond has the colour of its end.
  private static final double ARROW = 30;

  /// A box for the value before the break of an axis.
  private static final double BOX = 30;

  private static final Color ZERO = new Color(0x808080);

  private final String title;
  private final Shades shades;
  private final Scaling scaling;
  private final double arrow;

  /// What a bar shows between two heights.
  @FunctionalInterface
  private interface Scaling {
    Marks between(double foot, double top);
  }

  /// The marks of a bar.
  ///
  /// @param foot where its colours start
  /// @param box the middle of the box below it, NaN if it has none
  private record Marks(List<AxisMark> marks, double foot, double box) {}

  private ColourBar(String title, Shades shades, double arrow, Scaling scaling) {
    this.title = title;
    this.shades = shades;
    this.arrow = arrow;
    this.scaling = scaling;
  }

  /// A bar of the values of a key.
  static ColourBar of(SweepKey key) {
    return new ColourBar(
        key.axisTitle(),
        Shades.LINES,
        0,
        (foot, top) -> {
          KeyAxis axis = KeyAxis.exact(key, foot, top);
          double from = axis.gap().orElse(foot);
          return new Marks(axis.marks(), from, from == foot ? Double.NaN : axis.pixel(0));
        });
  }

  /// A bar of losses.
  static ColourBar of(LossRange range, Shades shades) {
    double arrow = range.isCut() ? ARROW : 0;
    return of("loss (nats per character)", shades, arrow, range.ticks(12), range::share);
  }

  /// A bar of values.
  ///
  /// @param share where each is among the colours, from 0 to 1
  static ColourBar of(
      String title, Shades shades, List<Axis.Tick> ticks, DoubleUnaryOperator share) {
    return of(title, shades, 0, ticks, share);
  }

  private static ColourBar of(
      String title, Shades shades, double arrow, List<Axis.Tick> ticks, DoubleUnaryOperator share) {
    return new ColourBar(
        title,
        shades,
        arrow,
        (foot, top) -> {
          Stream<AxisMark> marks =
              ticks.stream()
                  .map(
                      tick ->
                          new AxisMark(
                              foot + share.applyAsDouble(tick.value()) * (top - foot),
                              tick.label()));
          return new Marks(AxisMark.apartUp(marks.toList()), foot, Double.NaN);
        });
  }

  /// The colour of a value of a key; 0 on a logarithmic scale, below all others, is grey.
  static Color colour(SweepKey key, int place) {
    KeyAxis axis = KeyAxis.exact(key, 0, 1);
    boolean isZero = axis.gap().isPresent() && place == 0;
    double from = axis.gap().orElse(0);
    return isZero ? ZERO : Shades.LINES.at((axis.pixel(place) - from) / (1 - from));
  }

  /// What the colours mean.
  String title() {
    return title;
  }

  /// The labels that have room, by their share of the colours.
  ///
  /// @param height of the bar, in units
  List<Axis.Tick> ticks(double height) {
    return scaling.between(height, 0).marks().stream()
        .filter(mark -> !mark.label().isEmpty())
        .map(mark -> new Axis.Tick(1 - mark.pixel() / height, mark.label()))
        .toList();
  }

  @Override
  public double width() {
    // Other labels have room at another height.
    double widest =
        Stream.of(PlotStyle.HEIGHT, PlotStyle.HEIGHT / 2)
            .flatMap(height -> scaling.between(height, 0).marks().stream())
            .mapToDouble(mark -> TICKS.width(mark.label()))
            .max()
            .orElse(0);
    return 3 * GAP + BAR + TICK + GAP + widest + 1.4 * TITLES.size();
  }

  @Override
  public void paint(Graphics2D g, Rectangle2D plot) {
    double left = plot.getMaxX() + 3 * GAP;
    double top = plot.getMinY() + arrow;
    Marks marks = scaling.between(plot.getMaxY(), top);
    paintColours(g, left, marks.foot(), top);
    if (!Double.isNaN(marks.box())) {
      g.setColor(ZERO);
      g.fill(new Rectangle2D.Double(left, marks.box() - BOX / 2, BAR, BOX));
    }
    g.setColor(PlotStyle.FRAME);
    g.setStroke(PlotStyle.THIN);
    for (AxisMark mark : marks.marks()) {
      double from = left + BAR;
      double length = mark.label().isEmpty() ? TICK / 2.0 : TICK;
      g.draw(new Line2D.Double(from, mark.pixel(), from + length, mark.pixel()));
      if (!mark.label().isEmpty()) {
        TICKS.leftAligned(g, mark.label(), from + TICK + GAP, mark.pixel());
      }
    }
    double right = plot.getMaxX() + width() - 0.6 * TITLES.size();
    TITLES.upwards(g, TITLES.fitting(title, plot.getHeight()), right, plot.getCenterY());
  }

  private void paintColours(Graphics2D g, double left, double foot, double top) {
    double band = (foot - top) / BANDS;
    for (int i = BANDS - 1; i >= 0; i--) {
      g.setColor(shades.at((i + 0.5) / BANDS));
      // Each shade covers all that is below it, or the ground would shine through between them.
      double from = foot - (i + 1) * band;
      g.fill(new Rectangle2D.Double(left, from, BAR, foot - from));
    }
    if (arrow > 0) {
      Path2D head = new Path2D.Double();
      head.moveTo(left, top + 0.5);
      head.lineTo(left + BAR / 2, top - arrow);
      head.lineTo(left + BAR, top + 0.5);
      g.setColor(shades.at(1));
      g.fill(head);
    }
  }
}
