package twister.chart;

import static twister.chart.PlotStyle.DASHED;
import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.HEIGHT;
import static twister.chart.PlotStyle.LABELS;
import static twister.chart.PlotStyle.THICK;
import static twister.chart.PlotStyle.WIDTH;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// A range test as wide as a column.
///
/// The labels of the two marks stand above the plot, where no curve is, beside each other.
final class RangePicture implements Picture {
  private static final Color DOTS = new Color(0x9ecae1);
  private static final Color CURVE = new Color(0x08519c);
  private static final Color STEEPEST = new Color(0xd95f02);
  private static final Color LOWEST = new Color(0x1b7837);

  /// Width of a dot; where there are many, they are small.
  private static final BasicStroke DOT =
      new BasicStroke(8, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private static final BasicStroke SMALL_DOT =
      new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final int MANY = 400;

  /// A point of the smoothed curve that stands out.
  private record Mark(String text, Color colour, double rate, double loss) {}

  private final RangeSeries series;
  private final Curve dots;
  private final List<Mark> marks;
  private final Axis x;
  private final Axis y;
  private final Rectangle2D plot;

  /// @param dots the losses of the steps, as many as can be seen
  RangePicture(RangeSeries series, Curve dots) {
    this.series = series;
    this.dots = dots;
    double top = 3.9 * LABELS.size();
    y = RangeAxes.losses(series, HEIGHT - PlotStyle.FOOT, top);
    double left = PlotFrame.left(PlotFrame.losses(y));
    x = RangeAxes.rates(series, left, WIDTH - 4.5 * GAP);
    plot = new Rectangle2D.Double(left, top, x.end() - left, y.start() - top);
    marks = new ArrayList<>();
    add("steepest at ", STEEPEST, series.steepest());
    add("lowest at ", LOWEST, series.lowest());
  }

  private void add(String name, Color colour, OptionalInt point) {
    if (point.isPresent()) {
      double rate = series.smoothed().step(point.getAsInt());
      double loss = series.smoothed().value(point.getAsInt());
      marks.add(new Mark(name + Numbers.significant(rate), colour, rate, loss));
    }
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void paint(Graphics2D g) {
    PlotStyle.clear(g, WIDTH, HEIGHT);
    paintDots(g);
    for (Mark mark : marks) {
      g.setColor(mark.colour());
      g.setStroke(DASHED);
      double at = x.pixel(mark.rate());
      g.draw(new Line2D.Double(at, plot.getMinY() - GAP / 2.0, at, plot.getMaxY()));
    }
    paintCurve(g);
    marks.forEach(mark -> paintMark(g, mark));
    frame().paint(g);
    paintLegend(g);
    paintLabels(g);
    paintDivergence(g);
  }

  private boolean isShown(double loss) {
    return loss <= y.high();
  }

  /// Dots as strokes without length, one path for all of them.
  private void paintDots(Graphics2D g) {
    Path2D path = new Path2D.Double();
    for (int point = 0; point < dots.size(); point++) {
      if (dots.isFinite(point) && isShown(dots.value(point))) {
        double across = x.pixel(dots.step(point));
        double up = y.pixel(dots.value(point));
        path.moveTo(across, up);
        path.lineTo(across, up);
      }
    }
    g.setColor(DOTS);
    g.setStroke(dots.size() > MANY ? SMALL_DOT : DOT);
    g.draw(path);
  }

  /// The smoothed curve; where it leaves the axis, up to its end.
  private void paintCurve(Graphics2D g) {
    Curve curve = series.smoothed();
    Path2D path = new Path2D.Double();
    for (int point = 1; point < curve.size(); point++) {
      double from = curve.value(point - 1);
      double to = curve.value(point);
      if (isShown(from) || isShown(to)) {
        if (path.getCurrentPoint() == null || !isShown(from)) {
          path.moveTo(across(curve, point, from, to, from), y.pixel(from));
        }
        path.lineTo(across(curve, point, from, to, to), y.pixel(to));
      }
    }
    g.setColor(CURVE);
    g.setStroke(THICK);
    g.draw(path);
  }

  /// Pixel across at which the curve between two points comes to a loss, or to the end of the axis.
  private double across(Curve curve, int point, double from, double to, double loss) {
    double left = x.pixel(curve.step(point - 1));
    double right = x.pixel(curve.step(point));
    double wanted = Math.min(loss, y.high());
    return from == to ? right : left + (wanted - from) / (to - from) * (right - left);
  }

  private void paintMark(Graphics2D g, Mark mark) {
    double across = x.pixel(mark.rate());
    double up = y.pixel(mark.loss());
    g.setColor(Color.WHITE);
    g.fill(new Ellipse2D.Double(across - 13, up - 13, 26, 26));
    g.setColor(mark.colour());
    g.fill(new Ellipse2D.Double(across - 10, up - 10, 20, 20));
  }

  private PlotFrame frame() {
    return new PlotFrame(
        plot, rates(), PlotFrame.losses(y), "learning rate", "loss (nats per character)");
  }

  private List<PlotFrame.Mark> rates() {
    return RangeAxes.marks(x, 6);
  }

  private void paintLegend(Graphics2D g) {
    double at = plot.getMinX();
    double middle = 0.9 * LABELS.size();
    g.setColor(DOTS);
    for (int dot = 0; dot < 3; dot++) {
      g.fill(new Ellipse2D.Double(at + 3 + 18 * dot, middle - 4 + 5 * (dot % 2), 8, 8));
    }
    at = legend(g, "loss of each step", at, middle);
    g.setColor(CURVE);
    g.setStroke(THICK);
    g.draw(new Line2D.Double(at, middle, at + 50, middle));
    legend(g, "smoothed", at, middle);
  }

  /// Writes beside a sample of what is drawn.
  ///
  /// @return pixel where the next sample starts
  private static double legend(Graphics2D g, String text, double at, double middle) {
    g.setColor(PlotStyle.FRAME);
    LABELS.leftAligned(g, text, at + 50 + GAP, middle);
    return at + 50 + 4 * GAP + LABELS.width(text);
  }

  /// The labels over their lines; moved apart where they would meet, and back from the edges.
  private void paintLabels(Graphics2D g) {
    double[] starts = new double[marks.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = x.pixel(marks.get(i).rate()) - width(i) / 2;
    }
    if (starts.length == 2) {
      double overlap = starts[0] + width(0) + 3 * GAP - starts[1];
      if (overlap > 0) {
        starts[0] -= overlap / 2;
        starts[1] += overlap / 2;
      }
      starts[1] = Math.min(starts[1], WIDTH - GAP - width(1));
      starts[0] = Math.min(starts[0], starts[1] - 3 * GAP - width(0));
      starts[0] = Math.max(starts[0], GAP);
      starts[1] = Math.max(starts[1], starts[0] + width(0) + 3 * GAP);
    } else if (starts.length == 1) {
      starts[0] = Math.clamp(starts[0], GAP, WIDTH - GAP - width(0));
    }
    for (int i = 0; i < starts.length; i++) {
      g.setColor(marks.get(i).colour());
      LABELS.leftAligned(g, marks.get(i).text(), starts[i], plot.getMinY() - 1.1 * LABELS.size());
    }
  }

  private double width(int mark) {
    return LABELS.width(marks.get(mark).text());
  }

  private void paintDivergence(Graphics2D g) {
    g.setColor(PlotStyle.DIVERGED);
    Curve losses = series.losses();
    if (losses.size() == 0) {
      LABELS.centred(g, "no steps recorded", plot.getCenterX(), plot.getCenterY());
    } else if (series.lowest().isEmpty()) {
      LABELS.centred(g, "no finite loss", plot.getCenterX(), plot.getCenterY());
    } else if (losses.divergence().isPresent()) {
      String rate = Numbers.significant(losses.step(losses.divergence().getAsInt()));
      LABELS.rightAligned(g, "not finite from " + rate, WIDTH - GAP, 0.9 * LABELS.size());
    }
  }
}
