package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.WIDTH;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.stream.DoubleStream;

/// The final losses of runs that differ in their seed alone, with their mean and its interval.
final class SeedPicture implements Picture {
  private static final double PLOT = 700;
  private static final Color DOTS = new Color(0x08519c);
  private static final Color INTERVAL = new Color(0xdeebf7);

  private final SweepTable table;
  private final SweepKey seeds;
  private final SweepSetting setting;
  private final LossRange range;
  private final Caption caption;
  private final KeyAxis x;
  private final Axis y;
  private final Rectangle2D plot;

  /// @param table of one setting
  SeedPicture(SweepTable table, SweepKey seeds) {
    this.table = table;
    this.seeds = seeds;
    setting = table.settings().getFirst();
    LossRange losses =
        LossRange.of(table.runs().stream().mapToDouble(SweepRun::loss), table.uniform());
    if (setting.margin() > 0) {
      losses =
          losses.withBars(
              DoubleStream.of(
                  setting.finiteLoss() - setting.margin(),
                  setting.finiteLoss() + setting.margin()));
    }
    range = losses;
    caption = Caption.of(new SweepWords(table).bySeed(setting, range));
    double top = caption.height() + GAP;
    y = range.axis(top + PLOT, top);
    double left = PlotFrame.left(range.marks(y));
    double right = WIDTH - 3.0 * GAP;
    x = KeyAxis.of(seeds, left, right);
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
    paintMean(g);
    paintRuns(g);
    String loss = new SweepWords(table).lossName();
    new PlotFrame(plot, x.marks(), range.marks(y), seeds.title(), loss + " (nats per character)")
        .paint(g);
    if (table.best().isEmpty()) {
      g.setColor(PlotStyle.DIVERGED);
      PlotStyle.LABELS.centred(
          g, new SweepWords(table).noLoss(), plot.getCenterX(), plot.getCenterY());
    }
    caption.paint(g);
  }

  private void paintMean(Graphics2D g) {
    double mean = setting.finiteLoss();
    if (Double.isFinite(mean)) {
      double top = y.pixel(mean + setting.margin());
      double foot = y.pixel(mean - setting.margin());
      g.setColor(INTERVAL);
      g.fill(new Rectangle2D.Double(plot.getMinX(), top, plot.getWidth(), foot - top));
      g.setColor(PlotStyle.REFERENCE);
      g.setStroke(PlotStyle.DASHED);
      g.draw(new Line2D.Double(plot.getMinX(), y.pixel(mean), plot.getMaxX(), y.pixel(mean)));
    }
  }

  private void paintRuns(Graphics2D g) {
    double dot = Math.clamp(0.4 * plot.getWidth() / seeds.size(), 3, 9);
    EdgeMarks marks = new EdgeMarks();
    g.setColor(DOTS);
    for (SweepRun run : table.runs()) {
      double across = x.pixel(seeds.place(run));
      if (run.isDiverged()) {
        marks.add(across, EdgeMarks.Kind.DIVERGED, PlotStyle.DIVERGED);
      } else if (run.isInfinite()) {
        marks.add(across, EdgeMarks.Kind.INFINITE, DOTS);
      } else if (KeyLines.isBeyond(run.loss(), y)) {
        marks.add(across, EdgeMarks.Kind.BEYOND, DOTS);
      } else if (run.isFinite()) {
        double up = y.pixel(run.loss());
        g.fill(new Ellipse2D.Double(across - dot, up - dot, 2 * dot, 2 * dot));
      }
    }
    marks.paint(g, plot.getMinY(), Math.clamp(dot, 4, 10));
  }
}
