package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.WIDTH;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The losses of settings that are no grid as coloured dots, at the values of two keys.
final class SweepScatterPicture implements Picture {
  private static final double PLOT = 700;

  /// Dots of one shade are one path; that keeps the drawing small.
  private static final int COLOURS = 64;

  private final SweepCells cells;
  private final LossRange range;
  private final Caption caption;
  private final Optional<ColourBar> bar;
  private final KeyAxis x;
  private final KeyAxis y;
  private final Rectangle2D plot;

  SweepScatterPicture(SweepTable table, SweepCells cells) {
    this.cells = cells;
    range = LossRange.of(cells.losses(), table.uniform());
    caption = Caption.of(new SweepWords(table).heatmap(cells, range, "ringed"));
    bar = range.isEmpty() ? Optional.empty() : Optional.of(ColourBar.of(range));
    double top = caption.height() + GAP;
    y = KeyAxis.of(cells.up(), top + PLOT, top);
    double left = PlotFrame.left(y.marks());
    double right = WIDTH - 2 * GAP - bar.map(ColourBar::width).orElse(0.0);
    x = KeyAxis.of(cells.across(), left, right);
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
    paintSettings(g);
    cells.best().ifPresent(best -> paintBest(g, best));
    new PlotFrame(plot, x.marks(), y.marks(), cells.across().title(), cells.up().title()).paint(g);
    x.paintGap(g, plot.getMaxY());
    y.paintGap(g, plot.getMinX());
    caption.paint(g);
    bar.ifPresent(colours -> colours.paint(g, plot));
  }

  private Point2D place(SweepSetting setting) {
    return new Point2D.Double(
        x.pixel(cells.across().place(setting.first())), y.pixel(cells.up().place(setting.first())));
  }

  private double radius() {
    return Math.clamp(200 / Math.sqrt(cells.worstFirst().size()), 3, 14);
  }

  /// Crosses, then dots, the best last.
  private void paintSettings(Graphics2D g) {
    List<Path2D> dots = new ArrayList<>();
    for (int colour = 0; colour < COLOURS; colour++) {
      dots.add(new Path2D.Double());
    }
    g.setColor(PlotStyle.DIVERGED);
    g.setStroke(PlotStyle.THIN);
    for (SweepSetting setting : cells.worstFirst()) {
      Point2D at = place(setting);
      if (setting.isDiverged()) {
        EdgeMarks.paint(g, EdgeMarks.Kind.DIVERGED, at, 0.8 * radius());
      } else if (setting.isInfinite()) {
        EdgeMarks.paint(g, EdgeMarks.Kind.INFINITE, at, 0.8 * radius());
      } else if (setting.isFinite()) {
        Path2D path = dots.get((int) (range.share(setting.loss()) * (COLOURS - 1)));
        path.moveTo(at.getX(), at.getY());
        path.lineTo(at.getX(), at.getY());
      }
    }
    g.setStroke(
        new BasicStroke((float) (2 * radius()), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (int colour = COLOURS - 1; colour >= 0; colour--) {
      if (dots.get(colour).getCurrentPoint() != null) {
        g.setColor(Shades.VIRIDIS.at(colour / (COLOURS - 1.0)));
        g.draw(dots.get(colour));
      }
    }
  }

  private void paintBest(Graphics2D g, SweepSetting best) {
    double radius = radius() + 6;
    Point2D at = place(best);
    g.setColor(PlotStyle.BEST);
    g.setStroke(PlotStyle.THICK);
    g.draw(new Ellipse2D.Double(at.getX() - radius, at.getY() - radius, 2 * radius, 2 * radius));
  }
}
