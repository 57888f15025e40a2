package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;
import static twister.chart.PlotStyle.TICKS;
import static twister.chart.PlotStyle.WIDTH;

import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The losses of the runs of a sweep over their steps.
final class SweepLossPicture implements Picture {
  private static final double PLOT = 640;

  /// Crosses of more runs than this are small.
  private static final int MANY = 60;

  private final SweepTable table;
  private final SweepCurves curves;
  private final LossLayer layer;
  private final Optional<SidePanel> side;
  private final Caption caption;
  private final LossMarks marks;
  private final Axis x;
  private final Axis y;
  private final Rectangle2D plot;

  SweepLossPicture(SweepTable table, SweepCurves curves) {
    this.table = table;
    this.curves = curves;
    boolean isFamily = table.settings().size() <= CurveFamily.MOST;
    layer = isFamily ? new CurveFamily(table, curves) : new CurveBands(table, curves);
    side = layer.side();
    LossRange losses = LossRange.of(layer.losses(), table.uniform());
    List<LossPicture.Reference> references = references(losses);
    for (LossPicture.Reference reference : references) {
      losses = losses.with(reference.loss());
    }
    caption = Caption.of(words(losses));
    double top = caption.height() + (isFamily ? GAP : 2.2 * LABELS.size());
    y = losses.axis(top + PLOT, top);
    double left = PlotFrame.left(PlotFrame.losses(y));
    double last = curves.step(curves.points() - 1);
    double first = curves.points() > 1 ? Math.min(0, curves.step(0)) : last;
    double free =
        side.map(SidePanel::width).orElse(0.5 * TICKS.width(SweepWords.number((long) last)));
    x = LossAxes.steps(first, last, left, WIDTH - 2 * GAP - free);
    plot = new Rectangle2D.Double(left, top, x.end() - left, PLOT);
    marks = new LossMarks(plot, y, references);
  }

  private List<LossPicture.Reference> references(LossRange losses) {
    List<LossPicture.Reference> references = new ArrayList<>();
    if (losses.scale() == Scale.LOGARITHMIC) {
      return references;
    }
    if (table.uniform().isPresent()) {
      double loss = table.uniform().getAsDouble();
      references.add(new LossPicture.Reference("uniform, ln " + Math.round(Math.exp(loss)), loss));
    }
    OptionalDouble lowest = table.lowest();
    lowest.ifPresent(
        loss -> references.add(new LossPicture.Reference("lowest possible (counts)", loss)));
    return references;
  }

  private List<String> words(LossRange losses) {
    SweepWords words = new SweepWords(table);
    List<String> lines = new ArrayList<>();
    lines.add(words.runs());
    lines.addAll(layer.caption());
    words.best().forEach(lines::add);
    if (curves.width() > 1) {
      lines.add("each point the mean of " + SweepWords.number(curves.width()) + " steps");
    }
    if (losses.isCut()) {
      lines.add(SweepWords.beyond(losses));
    }
    return lines;
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
    layer.paint(g, x, y);
    marks.paintLines(g);
    paintCrosses(g);
    new PlotFrame(
            plot,
            LossAxes.stepMarks(x),
            PlotFrame.losses(y),
            "step",
            table.isPenalized() ? "loss with L2 (nats per character)" : "loss (nats per character)")
        .paint(g);
    marks.paintLabelsAtEnds(g);
    caption.paint(g);
    side.ifPresent(panel -> panel.paint(g, plot));
    if (table.runs().stream().allMatch(run -> curves.losses(run).isEmpty())) {
      g.setColor(PlotStyle.DIVERGED);
      LABELS.centred(g, "no finite loss", plot.getCenterX(), plot.getCenterY());
    }
  }

  private Point2D place(double step, double loss) {
    return new Point2D.Double(x.pixel(step), y.pixel(loss));
  }

  /// A cross at the last finite loss of each run that diverged, at the edge if it is above the plot.
  private void paintCrosses(Graphics2D g) {
    g.setColor(PlotStyle.DIVERGED);
    boolean areMany = table.diverged() > MANY;
    double arm = areMany ? 6 : 10;
    g.setStroke(areMany ? PlotStyle.THIN : PlotStyle.THICK);
    for (SweepRun run : table.runs()) {
      SweepCurves.Losses losses = curves.losses(run);
      if (run.isDiverged() && !losses.isEmpty()) {
        PlotStyle.cross(g, place(losses.lastStep(), losses.lastLoss()), arm);
      }
    }
  }
}
