package twister.chart;

import static twister.chart.LossMarks.besides;
import static twister.chart.LossMarks.paintLabel;
import static twister.chart.PlotStyle.DIVERGED;
import static twister.chart.PlotStyle.FRAME;
import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.HEIGHT;
import static twister.chart.PlotStyle.LABELS;
import static twister.chart.PlotStyle.THICK;
import static twister.chart.PlotStyle.TICKS;
import static twister.chart.PlotStyle.WIDTH;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.List;

/// A loss curve, as wide as a column.
final class LossPicture implements Picture {
  /// Room for half a point at the first step.
  private static final int DOT = 9;

  /// How far above the plot a loss is that has no place on the axis.
  private static final double BEYOND = 20;

  /// With more points than this, a thick line would hide its own ups and downs.
  private static final int DENSE = 1000;

  /// A named curve.
  record Line(String name, Curve curve, CurveStyle look) {}

  /// A loss to compare with, in nats per character.
  record Reference(String name, double loss) {}

  private final List<Line> lines;
  private final LossMarks marks;
  private final Axis x;
  private final Axis y;
  private final Rectangle2D plot;

  /// @param lines curves over the same steps, the loss of each step that is minimized first
  /// @param references losses to compare with
  LossPicture(List<Line> lines, List<Reference> references) {
    this.lines = List.copyOf(lines);
    double top = lines.size() > 1 ? 2.2 * LABELS.size() : 1.5 * GAP;
    y = LossAxes.losses(lines, references, HEIGHT - PlotStyle.FOOT, top);
    double left = PlotFrame.left(PlotFrame.losses(y));
    x = LossAxes.steps(lines, left, WIDTH - 2 * GAP - 0.5 * TICKS.width(lastStep()));
    plot = new Rectangle2D.Double(left, top, x.end() - left, y.start() - top);
    marks = new LossMarks(plot, y, List.copyOf(references));
  }

  private String lastStep() {
    return Numbers.text(new BigDecimal((long) LossAxes.lastStep(lines)));
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
    Shape everything = g.getClip();
    if (isAbove(highest())) {
      g.clip(new Rectangle2D.Double(plot.getMinX() - DOT, plot.getMinY(), WIDTH, HEIGHT));
    }
    lines.forEach(line -> paintCurve(g, line.curve(), line.look()));
    g.setClip(everything);
    marks.paintLines(g);
    frame().paint(g);
    paintLabels(g);
    if (lines.size() > 1) {
      paintLegend(g);
    }
  }

  private double highest() {
    return lines.stream().flatMapToDouble(line -> line.curve().finiteValues()).max().orElse(0);
  }

  private boolean isAbove(double loss) {
    return y.scale().position(loss) > y.high();
  }

  private void paintCurve(Graphics2D g, Curve curve, CurveStyle look) {
    g.setColor(look.colour());
    double dot = look.dot();
    Path2D path = new Path2D.Double();
    for (int point = 0; point < curve.size(); point++) {
      if (curve.isFinite(point)) {
        Point2D at = place(curve, point);
        if (hasNeighbour(curve, point - 1)) {
          path.lineTo(at.getX(), at.getY());
        } else if (hasNeighbour(curve, point + 1)) {
          path.moveTo(at.getX(), at.getY());
        } else {
          g.fill(new Ellipse2D.Double(at.getX() - dot, at.getY() - dot, 2 * dot, 2 * dot));
        }
      }
    }
    g.setStroke(curve.size() > DENSE ? look.dense() : look.stroke());
    g.draw(path);
  }

  private static boolean hasNeighbour(Curve curve, int point) {
    return point >= 0 && point < curve.size() && curve.isFinite(point);
  }

  private Point2D place(Curve curve, int point) {
    double loss = curve.value(point);
    double up = isAbove(loss) ? plot.getMinY() - BEYOND : y.pixel(loss);
    return new Point2D.Double(x.pixel(curve.step(point)), up);
  }

  private PlotFrame frame() {
    return new PlotFrame(
        plot, LossAxes.stepMarks(x), PlotFrame.losses(y), "step", "loss (nats per character)");
  }

  private void paintLegend(Graphics2D g) {
    double at = plot.getMinX();
    double middle = 0.9 * LABELS.size();
    for (Line line : lines) {
      g.setColor(line.look().colour());
      g.setStroke(line.look().stroke());
      g.draw(new Line2D.Double(at, middle, at + 50, middle));
      g.setColor(FRAME);
      LABELS.leftAligned(g, line.name(), at + 50 + GAP, middle);
      at += 50 + 4 * GAP + LABELS.width(line.name());
    }
  }

  private void paintLabels(Graphics2D g) {
    LabelPlaces places = new LabelPlaces(plot);
    lines.stream()
        .filter(line -> !line.look().equals(CurveStyle.PALE))
        .forEach(line -> avoid(places, line.curve()));
    marks.avoid(places);
    paintDivergence(g, places);
    paintCut(g, places);
    marks.paintLabels(g, places);
  }

  private void avoid(LabelPlaces places, Curve curve) {
    for (int point = 1; point < curve.size(); point++) {
      if (curve.isFinite(point - 1) && curve.isFinite(point)) {
        places.avoid(place(curve, point - 1), place(curve, point));
      }
    }
  }

  /// Marks the step of the first loss that is not finite, at the edge of the plot, and names it.
  private void paintDivergence(Graphics2D g, LabelPlaces places) {
    Curve curve = lines.getFirst().curve();
    g.setColor(DIVERGED);
    if (curve.finiteValues().findAny().isEmpty()) {
      String text = curve.size() == 0 ? "no steps recorded" : "no finite loss";
      LABELS.centred(g, text, plot.getCenterX(), plot.getCenterY());
    } else if (curve.divergence().isPresent()) {
      double step = curve.step(curve.divergence().getAsInt());
      Point2D at = new Point2D.Double(x.pixel(step), plot.getMinY());
      g.setStroke(THICK);
      PlotStyle.cross(g, at, 14);
      String text = "not finite from step " + (long) step;
      double width = LABELS.width(text) + 2 * GAP;
      List<Rectangle2D> near =
          besides(text, at.getX() + width + GAP, at.getY(), at.getX() - width - GAP);
      paintLabel(g, text, places.take(near), DIVERGED);
    }
  }

  /// Says that there are losses which the axis does not show.
  private void paintCut(Graphics2D g, LabelPlaces places) {
    if (isAbove(highest())) {
      String text = "beyond the axis: losses up to " + Numbers.significant(highest());
      List<Rectangle2D> below =
          besides(text, plot.getMaxX(), plot.getMinY(), plot.getMinX()).stream()
              .filter(plot::contains)
              .toList();
      paintLabel(g, text, places.take(below), FRAME);
    }
  }
}
