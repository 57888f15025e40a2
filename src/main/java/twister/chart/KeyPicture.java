package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.WIDTH;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;

/// The final losses of a sweep by the values of one key: means over seeds with error bars.
final class KeyPicture implements Picture {
  private static final double PLOT = 700;
  private static final Color RUNS = new Color(0x9ecae1);
  private static final Color LINE = new Color(0x08519c);
  private static final BasicStroke BAR = new BasicStroke(3);

  /// Distance of the error bars of lines at a value, so that one sees all.
  private static final double BESIDE = 4;

  /// The same where no lines go from value to value.
  private static final double FAR_BESIDE = 22;

  /// With more points than this, dots and error bars are small.
  private static final int MANY = 40;

  /// The axis of a curve that is given in pixels.
  private static final Axis PIXELS = new Axis(Scale.LINEAR, 0, WIDTH, 0, WIDTH);

  private final SweepTable table;
  private final KeyLines lines;
  private final Optional<SidePanel> side;
  private final Caption caption;
  private final boolean hasBars;
  private final LossRange range;
  private final KeyAxis x;
  private final Axis y;
  private final Rectangle2D plot;

  KeyPicture(SweepTable table, KeyLines lines) {
    this.table = table;
    this.lines = lines;
    hasBars = table.settings().stream().anyMatch(setting -> setting.margin() > 0);
    side = lines.split().map(KeyLegend::new);
    range = lines.range(table);
    caption = Caption.of(new SweepWords(table).byKey(lines, range));
    double top = caption.height() + GAP;
    y = range.axis(top + PLOT, top);
    double left = PlotFrame.left(range.marks(y));
    double right = WIDTH - 3 * GAP - side.map(SidePanel::width).orElse(0.0);
    x = KeyAxis.of(lines.key(), left, right);
    plot = new Rectangle2D.Double(left, top, right - left, PLOT);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return (int) Math.ceil(plot.getMaxY() + PlotStyle.FOOT);
  }

  @Override
  public void paint(Graphics2D g) {
    PlotStyle.clear(g, WIDTH, height());
    if (lines.showsRuns()) {
      paintRuns(g);
    }
    for (int line = 0; line < lines.lines().size(); line++) {
      paintLine(g, line);
    }
    paintEdge(g);
    String loss = new SweepWords(table).lossName();
    new PlotFrame(
            plot, x.marks(), range.marks(y), lines.key().title(), loss + " (nats per character)")
        .paint(g);
    x.paintGap(g, plot.getMaxY());
    if (table.best().isEmpty()) {
      g.setColor(PlotStyle.DIVERGED);
      PlotStyle.LABELS.centred(
          g, new SweepWords(table).noLoss(), plot.getCenterX(), plot.getCenterY());
    }
    caption.paint(g);
    side.ifPresent(panel -> panel.paint(g, plot));
  }

  private boolean isShown(double loss) {
    return y.scale().position(loss) <= y.high();
  }

  /// All runs as dots, strokes without length in one path.
  private void paintRuns(Graphics2D g) {
    Path2D path = new Path2D.Double();
    for (SweepRun run : table.runs()) {
      int place = lines.key().place(run);
      if (place >= 0 && run.isFinite() && isShown(run.loss())) {
        path.moveTo(x.pixel(place), y.pixel(run.loss()));
        path.lineTo(x.pixel(place), y.pixel(run.loss()));
      }
    }
    g.setColor(RUNS);
    g.setStroke(new BasicStroke(7, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
  }

  private Color colour(int line) {
    return lines.split().map(key -> KeyLegend.colour(key, line)).orElse(LINE);
  }

  private double across(int line, int place) {
    double beside = hasBars ? BESIDE : 0;
    double middle = (lines.lines().size() - 1) / 2.0;
    return x.pixel(place) + (line - middle) * (x.isContinuous() ? beside : FAR_BESIDE);
  }

  private void paintLine(Graphics2D g, int line) {
    g.setColor(colour(line));
    List<KeyLines.Point> points = lines.lines().get(line);
    if (x.isContinuous() && lines.form() != KeyLines.Form.POINTS) {
      g.setStroke(lines.split().map(key -> KeyLegend.stroke(key, line)).orElse(PlotStyle.THICK));
      CurvePath paths = new CurvePath(PIXELS, y);
      for (List<KeyLines.Point> part : KeyLines.parts(points, x, y)) {
        g.draw(
            paths.line(
                new Curve(
                    part.stream().mapToDouble(p -> across(line, p.place())).toArray(),
                    part.stream().mapToDouble(KeyLines.Point::loss).toArray())));
      }
    }
    for (KeyLines.Point point : points) {
      if (isShown(point.loss())) {
        paintPoint(g, point, across(line, point.place()));
      }
    }
  }

  private void paintPoint(Graphics2D g, KeyLines.Point point, double across) {
    boolean areMany = lines.key().size() > MANY;
    double up = y.pixel(point.loss());
    double dot = areMany ? 5 : 8;
    g.fill(new Ellipse2D.Double(across - dot, up - dot, 2 * dot, 2 * dot));
    double margin = point.setting().margin();
    if (margin > 0) {
      g.setStroke(BAR);
      g.draw(
          new Line2D.Double(
              across, y.pixel(point.loss() - margin), across, y.pixel(point.loss() + margin)));
      for (double end : new double[] {point.loss() - margin, point.loss() + margin}) {
        paintCap(g, end, across, areMany ? 3 : 9);
      }
    }
  }

  /// A bar that goes on beyond the axis has none there.
  private void paintCap(Graphics2D g, double loss, double across, double halfWidth) {
    double position = y.scale().position(loss);
    if (position >= y.low() && position <= y.high()) {
      double up = y.pixel(loss);
      g.draw(new Line2D.Double(across - halfWidth, up, across + halfWidth, up));
    }
  }

  /// Marks at the top for what has no place on the axis: where there are lines for values of a key,
  /// in their colours, so that one sees which it is of.
  private void paintEdge(Graphics2D g) {
    EdgeMarks marks = new EdgeMarks();
    List<KeyLines.Edge> edges = lines.showsRuns() ? lines.edgesOfRuns(table, y) : lines.edges(y);
    for (KeyLines.Edge edge : edges) {
      boolean isRed = edge.kind() == EdgeMarks.Kind.DIVERGED && lines.split().isEmpty();
      marks.add(
          x.pixel(edge.place()), edge.kind(), isRed ? PlotStyle.DIVERGED : colour(edge.line()));
    }
    marks.paint(g, plot.getMinY(), lines.key().size() > MANY ? 6 : 10);
  }
}
