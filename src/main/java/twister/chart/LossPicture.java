package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// A loss curve made for one column of a paper: 8 cm wide, its smallest text is about 6 points.
final class LossPicture implements Picture {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 800;
  private static final int GAP = 14;
  private static final int TICK = 10;

  /// Room for half a point at the first step.
  private static final int DOT = 9;

  /// How far above the plot a loss is that has no place on the axis.
  private static final double BEYOND = 20;

  /// With more points than this, a thick line would hide its own ups and downs.
  private static final int DENSE = 1000;
  private static final Lettering TICKS = Lettering.ofSize(34);
  private static final Lettering LABELS = Lettering.ofSize(32);
  private static final Lettering TITLES = Lettering.ofSize(36);

  private static final Color FRAME = new Color(0x333333);
  private static final Color REFERENCE = new Color(0x555555);
  private static final Color GROUND = new Color(0xff, 0xff, 0xff, 0xb0);
  private static final Color DIVERGED = new Color(0xb2182b);
  private static final BasicStroke THIN = new BasicStroke(2);
  private static final BasicStroke DASHED =
      new BasicStroke(
          2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {14, 9}, 0);
  private static final BasicStroke THICK =
      new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  /// A named curve.
  record Line(String name, Curve curve, Look look) {}

  /// A loss to compare with, in nats per character.
  record Reference(String name, double loss) {}

  private final List<Line> lines;
  private final List<Reference> references;
  private final Axis x;
  private final Axis y;
  private final Rectangle2D plot;

  /// @param lines curves over the same steps, the loss of each step that is minimized first
  /// @param references losses to compare with
  LossPicture(List<Line> lines, List<Reference> references) {
    this.lines = List.copyOf(lines);
    this.references = List.copyOf(references);
    double top = lines.size() > 1 ? 2.2 * LABELS.size() : 1.5 * GAP;
    y = LossAxes.losses(lines, references, HEIGHT - 3.4 * TICKS.size(), top);
    double left = 1.4 * TITLES.size() + TICKS.widest(lossTicks()) + TICK + 2 * GAP;
    x = LossAxes.steps(lines, left, WIDTH - 2 * GAP - 0.5 * TICKS.width(lastStep()));
    plot = new Rectangle2D.Double(left, top, x.end() - left, y.start() - top);
  }

  private String lastStep() {
    Curve curve = lines.getFirst().curve();
    return curve.size() == 0
        ? ""
        : Numbers.text(new BigDecimal((long) curve.step(curve.size() - 1)));
  }

  private List<Axis.Tick> lossTicks() {
    return y.ticks(4, 0);
  }

  /// As many whole steps as have room beside each other.
  private List<Axis.Tick> stepTicks() {
    for (int number = 6; number > 1; number--) {
      List<Axis.Tick> ticks = x.ticks(number, 1);
      if (ticks.size() * (TICKS.widest(ticks) + 3 * GAP) < plot.getWidth()) {
        return ticks;
      }
    }
    return x.ticks(1, 1);
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
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, HEIGHT);
    Shape everything = g.getClip();
    if (isAbove(highest())) {
      g.clip(new Rectangle2D.Double(plot.getMinX() - DOT, plot.getMinY(), WIDTH, HEIGHT));
    }
    lines.forEach(line -> paintCurve(g, line.curve(), line.look()));
    g.setClip(everything);
    references.forEach(reference -> paintReference(g, reference));
    paintFrame(g);
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

  private void paintReference(Graphics2D g, Reference reference) {
    g.setColor(REFERENCE);
    g.setStroke(DASHED);
    double at = y.pixel(reference.loss());
    g.draw(new Line2D.Double(plot.getMinX(), at, plot.getMaxX(), at));
  }

  private void paintCurve(Graphics2D g, Curve curve, Look look) {
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

  private void paintFrame(Graphics2D g) {
    g.setColor(FRAME);
    g.setStroke(THIN);
    g.draw(new Line2D.Double(plot.getMinX(), plot.getMinY(), plot.getMinX(), plot.getMaxY()));
    g.draw(new Line2D.Double(plot.getMinX(), plot.getMaxY(), plot.getMaxX(), plot.getMaxY()));
    for (Axis.Tick tick : lossTicks()) {
      double at = y.pixel(tick.value());
      g.draw(new Line2D.Double(plot.getMinX() - TICK, at, plot.getMinX(), at));
      TICKS.rightAligned(g, tick.label(), plot.getMinX() - TICK - GAP, at);
    }
    for (Axis.Tick tick : stepTicks()) {
      double at = x.pixel(tick.value());
      g.draw(new Line2D.Double(at, plot.getMaxY(), at, plot.getMaxY() + TICK));
      TICKS.centred(g, tick.label(), at, plot.getMaxY() + TICK + GAP + TICKS.height() / 2);
    }
    TITLES.centred(g, "step", plot.getCenterX(), HEIGHT - 0.75 * TITLES.size());
    TITLES.upwards(g, "loss (nats per character)", 0.7 * TITLES.size(), plot.getCenterY());
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
        .filter(line -> !line.look().equals(Look.PALE))
        .forEach(line -> avoid(places, line.curve()));
    references.forEach(reference -> avoid(places, reference));
    paintDivergence(g, places);
    paintCut(g, places);
    for (Reference reference : references) {
      String text = reference.name() + " = " + Numbers.rounded(reference.loss());
      double at = y.pixel(reference.loss());
      List<Rectangle2D> near = besides(text, plot.getMaxX(), at, plot.getMinX());
      // Where a noisy curve covers the line itself, the end of the plot is free.
      near.add(besides(text, plot.getMaxX(), plot.getMaxY(), plot.getMinX()).getFirst());
      Rectangle2D place = places.take(near);
      paintLabel(g, text, place, REFERENCE);
    }
  }

  private void avoid(LabelPlaces places, Curve curve) {
    for (int point = 1; point < curve.size(); point++) {
      if (curve.isFinite(point - 1) && curve.isFinite(point)) {
        places.avoid(place(curve, point - 1), place(curve, point));
      }
    }
  }

  private void avoid(LabelPlaces places, Reference reference) {
    double at = y.pixel(reference.loss());
    places.avoid(new Point2D.Double(plot.getMinX(), at), new Point2D.Double(plot.getMaxX(), at));
  }

  /// Places for a text above and below a height: at the right, in the middle, at the left.
  ///
  /// @param right pixel where the first places end
  /// @param left pixel where the last places start
  private static List<Rectangle2D> besides(String text, double right, double at, double left) {
    double width = LABELS.width(text) + 2 * GAP;
    double height = 1.25 * LABELS.size();
    List<Rectangle2D> places = new ArrayList<>();
    for (double start : new double[] {right - width, (left + right - width) / 2, left}) {
      places.add(new Rectangle2D.Double(start, at - height - 2, width, height));
      places.add(new Rectangle2D.Double(start, at + 2, width, height));
    }
    return places;
  }

  /// Marks the last finite loss before the first that is not, and says at which step it was.
  private void paintDivergence(Graphics2D g, LabelPlaces places) {
    Curve curve = lines.getFirst().curve();
    g.setColor(DIVERGED);
    if (curve.finiteValues().findAny().isEmpty()) {
      String text = curve.size() == 0 ? "no steps recorded" : "no finite loss";
      LABELS.centred(g, text, plot.getCenterX(), plot.getCenterY());
    } else if (curve.divergence().isPresent()) {
      int first = curve.divergence().getAsInt();
      Point2D last =
          first > 0
              ? place(curve, first - 1)
              : new Point2D.Double(plot.getMinX(), plot.getMinY());
      String text = "not finite from step " + (long) curve.step(first);
      double width = LABELS.width(text) + 2 * GAP;
      Rectangle2D place =
          places.take(
              besides(text, last.getX() + width + GAP, last.getY(), last.getX() - width - GAP));
      paintLabel(g, text, place, DIVERGED);
      if (first > 0) {
        g.setColor(DIVERGED);
        paintCross(g, last);
      }
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

  /// Writes on a ground through which one sees: in a plot full of lines no place may be free.
  private static void paintLabel(Graphics2D g, String text, Rectangle2D place, Color colour) {
    g.setColor(GROUND);
    g.fill(place);
    g.setColor(colour);
    LABELS.leftAligned(g, text, place.getMinX() + GAP, place.getCenterY());
  }

  private static void paintCross(Graphics2D g, Point2D at) {
    double arm = 14;
    g.setStroke(THICK);
    g.draw(
        new Line2D.Double(at.getX() - arm, at.getY() - arm, at.getX() + arm, at.getY() + arm));
    g.draw(
        new Line2D.Double(at.getX() - arm, at.getY() + arm, at.getX() + arm, at.getY() - arm));
  }
}
