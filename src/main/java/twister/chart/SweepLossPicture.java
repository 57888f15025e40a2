package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;
import static twister.chart.PlotStyle.TICKS;
import static twister.chart.PlotStyle.WIDTH;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/// The losses of the runs of a sweep over their steps.
final class SweepLossPicture implements Picture {
  private static final double PLOT = 640;

  /// Crosses of more runs than this are small.
  private static final int MANY = 60;

  private final SweepTable table;
  private final SweepCurves curves;
  private final LossLayer layer;
  private final Optional<SidePanel> side;
  private final LossRange range;
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
    range = losses;
    y = range.axis(top + PLOT, top);
    double left = PlotFrame.left(range.marks(y));
    double last = lastStep();
    double first = last > 0 ? 0 : last;
    double free =
        side.map(SidePanel::width).orElse(0.5 * TICKS.width(SweepWords.number((long) last)));
    x = LossAxes.steps(first, last, left, WIDTH - 2 * GAP - free);
    plot = new Rectangle2D.Double(left, top, x.end() - left, PLOT);
    marks = new LossMarks(plot, y, references);
  }

  /// The last step that has a curve or a cross.
  private double lastStep() {
    double crosses =
        table.runs().stream()
            .filter(SweepRun::isDiverged)
            .mapToDouble(run -> (double) run.steps())
            .max()
            .orElse(0);
    return Math.max(curves.step(curves.points() - 1), crosses);
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
    List<String> lines = new ArrayList<>(new SweepWords(table).curves());
    lines.addAll(layer.caption());
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
            range.marks(y),
            "step",
            new SweepWords(table).stepLossName() + " (nats per character)")
        .paint(g);
    marks.paintLabels(g, labelPlaces());
    caption.paint(g);
    side.ifPresent(panel -> panel.paint(g, plot));
    if (table.runs().stream().allMatch(run -> curves.losses(run).isEmpty())) {
      g.setColor(PlotStyle.DIVERGED);
      LABELS.centred(g, new SweepWords(table).noLoss(), plot.getCenterX(), plot.getCenterY());
    }
  }

  private LabelPlaces labelPlaces() {
    LabelPlaces places = new LabelPlaces(plot);
    for (Curve curve : layer.lines()) {
      for (int point = 1; point < curve.size(); point++) {
        if (isShown(curve, point - 1) && isShown(curve, point)) {
          places.avoid(place(curve, point - 1), place(curve, point));
        }
      }
    }
    marks.avoid(places);
    return places;
  }

  private boolean isShown(Curve curve, int point) {
    return curve.isFinite(point) && !KeyLines.isBeyond(curve.value(point), y);
  }

  private Point2D place(Curve curve, int point) {
    return new Point2D.Double(x.pixel(curve.step(point)), y.pixel(curve.value(point)));
  }

  /// A cross at the edge for each run that diverged, at the step whose loss was not finite. Those
  /// of one step and different colours are below each other, so that one sees all.
  private void paintCrosses(Graphics2D g) {
    boolean areMany = table.diverged() > MANY;
    double arm = areMany ? 6 : 10;
    g.setStroke(areMany ? PlotStyle.THIN : PlotStyle.THICK);
    Map<Long, Set<Color>> colours = new TreeMap<>();
    table.runs().stream()
        .filter(SweepRun::isDiverged)
        .forEach(
            run ->
                colours
                    .computeIfAbsent(run.steps(), _ -> new LinkedHashSet<>())
                    .add(layer.colour(run)));
    colours.forEach(
        (step, ofStep) -> {
          double up = plot.getMinY();
          for (Color colour : ofStep) {
            g.setColor(colour);
            PlotStyle.cross(g, new Point2D.Double(x.pixel(step), up), arm);
            up += 2.2 * arm;
          }
        });
  }
}
