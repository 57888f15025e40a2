package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;
import static twister.chart.PlotStyle.TICKS;

import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// The losses of the runs of a sweep over their steps.
final class SweepLossPicture {
  /// Crosses of more runs than this are small.
  private static final int MANY = 60;

  /// Room before the first step, for half a dot.
  private static final double DOT = 8;

  private final SweepTable table;
  private final SweepCurves curves;
  private final LossLayer layer;
  private final LossRange losses;
  private final LegendRow legend;
  private final List<LossPicture.Reference> references;
  private final XyPlot plot;

  SweepLossPicture(SweepTable table, SweepCurves curves, ChartSize size) {
    this.table = table;
    this.curves = curves;
    boolean isFamily = table.settings().size() <= CurveFamily.MOST;
    layer = isFamily ? new CurveFamily(table, curves, size) : new CurveBands(table, curves);
    LossRange drawn = LossRange.of(layer.losses(), table.uniform());
    references = references(drawn);
    for (LossPicture.Reference reference : references) {
      drawn = drawn.with(reference.loss());
    }
    losses = drawn;
    Axis range = losses.axis(0, 1);
    List<Axis.Tick> ticks = losses.isEmpty() ? List.of() : range.ticks(4, 0);
    String name = new SweepWords(table).stepLossName(curves) + " (nats per character)";
    PlotAxis y = new PlotAxis(range, name, ticks);
    double last = lastStep();
    double beside =
        layer
            .side()
            .map(SidePanel::width)
            .orElse(Math.max(0, 0.5 * TICKS.width(SweepWords.number((long) last)) - GAP));
    double width = XyPlot.about(size, y, new XyPlot.Room(0, beside)).getWidth();
    legend = new LegendRow(entries(), width + beside);
    double above = Math.max(0.5 * GAP, legend.height());
    plot = new XyPlot(size, steps(last, width), y, new XyPlot.Room(above, beside));
    layer.addTo(plot);
    references.forEach(mark -> plot.addLevel(mark.loss(), PlotStyle.REFERENCE, PlotStyle.DASHED));
    references.forEach(mark -> plot.note(PlotData.Note.of(mark, references)));
    plot.name(layer.names());
    plot.addOverlay(this::paintCrosses);
    plot.addOverlay(this::paintLabels);
  }

  private static PlotAxis steps(double last, double width) {
    Axis exact = LossAxes.steps(last > 0 ? 0 : last, last, 0, width);
    double dot = (exact.high() - exact.low()) * DOT / width;
    Axis axis = new Axis(exact.scale(), exact.low() - dot, exact.high(), 0, width);
    return new PlotAxis(axis, "step", LossAxes.stepTicks(axis));
  }

  /// The last step that has a curve or a cross.
  private double lastStep() {
    return table.runs().stream()
        .mapToDouble(run -> run.isDiverged() ? run.steps() : curves.lastStep(run))
        .filter(Double::isFinite)
        .max()
        .orElse(0);
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
    if (lowest.isPresent() && !curves.areOfDevWords()) {
      references.add(new LossPicture.Reference("lowest possible (counts)", lowest.getAsDouble()));
    }
    return references;
  }

  private List<LegendRow.Entry> entries() {
    Stream<EdgeMarks.Kind> kinds =
        table.diverged() > 0 ? Stream.of(EdgeMarks.Kind.DIVERGED) : Stream.of();
    return Stream.concat(layer.legend().stream(), EdgeMarks.legend(kinds)).toList();
  }

  /// Paints the picture.
  Recording recording() {
    return plot.recording(new SweepWords(table).curves(losses, layer.caption(), curves));
  }

  private void paintLabels(Graphics2D g) {
    Rectangle2D area = plot.area();
    legend.paint(g, area.getMinX(), GAP);
    layer.side().ifPresent(panel -> panel.paint(g, area));
    LossMarks marks = new LossMarks(area, plot.y(), references);
    marks.paintLabels(g, labelPlaces(marks));
    if (table.runs().stream().allMatch(run -> curves.curve(run).size() == 0)) {
      g.setColor(PlotStyle.DIVERGED);
      LABELS.centred(g, new SweepWords(table).noLoss(), area.getCenterX(), area.getCenterY());
    }
  }

  private LabelPlaces labelPlaces(LossMarks marks) {
    LabelPlaces places = new LabelPlaces(plot.area());
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
    return curve.isFinite(point) && !KeyLines.isBeyond(curve.value(point), plot.y());
  }

  private Point2D place(Curve curve, int point) {
    return new Point2D.Double(
        plot.x().pixel(curve.step(point)), plot.y().pixel(curve.value(point)));
  }

  /// A cross at the edge for each run that diverged, at the step whose loss was not finite.
  private void paintCrosses(Graphics2D g) {
    EdgeMarks marks = new EdgeMarks();
    for (SweepRun run : table.runs()) {
      if (run.isDiverged()) {
        marks.add(plot.x().pixel((double) run.steps()), EdgeMarks.Kind.DIVERGED, layer.colour(run));
      }
    }
    marks.paint(g, plot.area().getMinY(), table.diverged() > MANY ? 6 : 10);
  }
}
