package twister.chart;

import static twister.chart.PlotStyle.DASHED;
import static twister.chart.PlotStyle.DIVERGED;
import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;
import static twister.chart.PlotStyle.THICK;
import static twister.chart.PlotStyle.TICKS;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import twister.spec.ChartSize;

/// A range test.
///
/// The labels of the two marks stand above the plot, where no curve is, beside each other.
final class RangePicture {
  static final Color DOTS = CurveStyle.PALE.colour();
  private static final Color CURVE = new Color(0x08519c);
  private static final Color STEEPEST = new Color(0xd95f02);
  private static final Color LOWEST = new Color(0x1b7837);

  /// Radius of a dot; where there are many, they are small.
  private static final double DOT = 4;

  private static final double SMALL_DOT = 2.5;
  private static final int MANY = 400;

  /// Radius of a mark.
  private static final double MARK = 10;

  /// Dots in the legend.
  private static final BasicStroke DOTTED =
      new BasicStroke(8, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, new float[] {0, 16}, 0);

  private static final double ROW = 1.5 * LABELS.size();
  private static final double BETWEEN = 3.0 * GAP;

  /// A point of the smoothed curve that stands out.
  private record Mark(String text, Color colour, Curve point) {
    double rate() {
      return point.step(0);
    }

    double width() {
      return LABELS.width(text);
    }
  }

  private final RangeSeries series;
  private final ChartSize size;
  private final List<Mark> marks = new ArrayList<>();
  private final Optional<String> divergence;
  private final LegendRow legend;
  private final boolean isDivergenceBelow;
  private final int rows;
  private final XyPlot plot;

  /// @param dots the losses of the steps, as many as can be seen
  RangePicture(RangeSeries series, Curve dots, ChartSize size) {
    this.series = series;
    this.size = size;
    add("steepest at ", STEEPEST, series.steepest());
    add("lowest at ", LOWEST, series.lowest());
    divergence = divergence();
    Axis losses = RangeAxes.losses(series, 1, 0);
    PlotAxis y = new PlotAxis(losses, "loss (nats per character)", losses.ticks(4, 0));
    Frame frame = Frame.of(size);
    double width = XyPlot.about(frame, y, new XyPlot.Room(0, 0)).getWidth();
    LegendRow.Entry ofSteps = new LegendRow.Entry("loss of each step", DOTS, DOTTED);
    legend =
        new LegendRow(
            series.isNoisy()
                ? List.of(ofSteps, new LegendRow.Entry("smoothed", CURVE, THICK))
                : List.of(ofSteps),
            width);
    isDivergenceBelow =
        divergence.isPresent()
            && legend.end() + BETWEEN + LABELS.width(divergence.get()) > width + GAP;
    rows = labelsWidth() > size.units() - 2 * GAP ? marks.size() : Math.min(1, marks.size());
    double above = legend.height() + (isDivergenceBelow ? ROW : 0) + rows * ROW + GAP;
    double last = TICKS.widest(RangeAxes.ticks(RangeAxes.rates(series, 0, width), 6));
    XyPlot.Room room = new XyPlot.Room(above, Math.max(0, 0.5 * last - GAP));
    Axis rates = RangeAxes.rates(series, 0, width - room.beside());
    plot = new XyPlot(frame, PlotAxis.bare(rates, "learning rate", "0"), y, room);
    plot.addPoints(dots, DOTS, PointMark.dot(dots.size() > MANY ? SMALL_DOT : DOT));
    marks.forEach(mark -> plot.addUpright(mark.rate(), mark.colour(), DASHED));
    plot.addCurve(series.smoothed(), CURVE, THICK, 0.5 * THICK.getLineWidth());
    marks.forEach(mark -> plot.addPoints(mark.point(), mark.colour(), PointMark.edged(MARK)));
    plot.addOverlay(this::paintRates);
    plot.addOverlay(this::paintLabels);
  }

  private void add(String name, Color colour, OptionalInt point) {
    if (point.isPresent()) {
      double[] rate = {series.smoothed().step(point.getAsInt())};
      double[] loss = {series.smoothed().value(point.getAsInt())};
      marks.add(new Mark(name + Numbers.significant(rate[0]), colour, new Curve(rate, loss)));
    }
  }

  private Optional<String> divergence() {
    Curve losses = series.losses();
    return series.lowest().isEmpty() || losses.divergence().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not finite from " + Numbers.significant(losses.step(losses.divergence().getAsInt())));
  }

  /// The width of all labels beside each other.
  private double labelsWidth() {
    return marks.stream().mapToDouble(Mark::width).sum() + BETWEEN * (marks.size() - 1);
  }

  /// Paints the picture.
  Recording recording() {
    List<String> sentences = new ArrayList<>(marks.stream().map(this::sentence).toList());
    nothing().ifPresent(sentences::add);
    divergence.ifPresent(sentences::add);
    return plot.recording(new Description("Loss over the rates of a range test", sentences));
  }

  private String sentence(Mark mark) {
    return "The %sloss %s %s"
        .formatted(
            series.isNoisy() ? "smoothed " : "",
            mark.colour().equals(STEEPEST) ? "falls" : "is",
            mark.text().replace(" at ", " at learning rate "));
  }

  /// Says why there is nothing to see.
  private Optional<String> nothing() {
    if (series.lowest().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(series.losses().size() == 0 ? "no steps recorded" : "no finite loss");
  }

  /// The axis below the plot; XChart has no ticks at uneven distances and no small ones.
  private void paintRates(Graphics2D g) {
    MarkedAxis.below(plot, RangeAxes.marks(plot.x(), 6)).paint(g);
  }

  private void paintLabels(Graphics2D g) {
    legend.paint(g, plot.area().getMinX(), GAP);
    paintMarks(g);
    g.setColor(DIVERGED);
    if (divergence.isPresent()) {
      double row = GAP + legend.height() - (isDivergenceBelow ? 0 : ROW);
      LABELS.rightAligned(g, divergence.get(), size.units() - GAP, row + LABELS.height() / 2);
    }
    nothing()
        .ifPresent(
            text -> LABELS.centred(g, text, plot.area().getCenterX(), plot.area().getCenterY()));
  }

  /// The labels over their lines; moved apart where they would meet, and back from the edges.
  private void paintMarks(Graphics2D g) {
    double[] starts =
        marks.stream()
            .mapToDouble(mark -> plot.x().pixel(mark.rate()) - mark.width() / 2)
            .toArray();
    if (starts.length == 2 && rows == 1) {
      double overlap = Math.max(0, starts[0] + marks.get(0).width() + BETWEEN - starts[1]);
      double most = size.units() - GAP - labelsWidth();
      starts[0] = Math.clamp(starts[0] - overlap / 2, GAP, most);
      starts[1] = Math.max(starts[1] + overlap / 2, starts[0] + marks.get(0).width() + BETWEEN);
    }
    double middle = plot.area().getMinY() - 1.1 * LABELS.size() - (rows - 1) * ROW;
    for (int i = 0; i < starts.length; i++) {
      Mark mark = marks.get(i);
      g.setColor(mark.colour());
      double at = Math.clamp(starts[i], GAP, size.units() - GAP - mark.width());
      LABELS.leftAligned(g, mark.text(), at, middle + (rows > 1 ? i * ROW : 0));
    }
  }
}
