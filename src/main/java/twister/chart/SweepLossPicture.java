package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;
import static twister.chart.PlotStyle.TICKS;

import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import twister.spec.ChartSize;

/// The losses of the runs of a sweep over their steps.
final class SweepLossPicture {
  /// Crosses of more runs than this are small.
  private static final int MANY = 60;

  /// Room before the first step, for half a dot.
  private static final double DOT = 8;

  private final SweepTable table;
  private final SweepCurves curves;
  private final LossLayer layer;
  private final boolean isPanel;
  private final LossRange losses;
  private final LegendRow legend;
  private final List<LossPicture.Reference> references;
  private final XyPlot plot;

  /// What the axes of some plots of one sweep hold.
  ///
  /// @param layers what each of them draws
  /// @param losses on the axis at the left
  /// @param references losses to compare with
  /// @param last the last step
  record Axes(
      List<LossLayer> layers,
      LossRange losses,
      List<LossPicture.Reference> references,
      double last) {
    /// @param tables of the same curves, at least one
    static Axes of(List<SweepTable> tables, SweepCurves curves, ChartSize size) {
      boolean areFamilies =
          tables.stream().allMatch(table -> table.settings().size() <= CurveFamily.MOST);
      List<LossLayer> layers =
          tables.stream()
              .<LossLayer>map(
                  table ->
                      areFamilies
                          ? new CurveFamily(table, curves, size)
                          : new CurveBands(table, curves))
              .toList();
      SweepTable first = tables.getFirst();
      LossRange drawn =
          LossRange.of(layers.stream().flatMapToDouble(LossLayer::losses), first.uniform());
      List<LossPicture.Reference> references = SweepLossPicture.references(first, curves, drawn);
      for (LossPicture.Reference reference : references) {
        drawn = drawn.with(reference.loss());
      }
      double last =
          tables.stream().mapToDouble(table -> lastStep(table, curves)).max().orElseThrow();
      return new Axes(layers, drawn, references, last);
    }
  }

  /// A picture of its own.
  SweepLossPicture(SweepTable table, SweepCurves curves, ChartSize size) {
    this(table, curves, Axes.of(List.of(table), curves, size), 0, Frame.of(size));
  }

  /// @param place of its layer among those of the axes
  SweepLossPicture(SweepTable table, SweepCurves curves, Axes axes, int place, Frame frame) {
    this.table = table;
    this.curves = curves;
    layer = axes.layers().get(place);
    losses = axes.losses();
    references = axes.references();
    isPanel = frame.isPanel();
    Axis range = losses.axis(0, 1);
    List<Axis.Tick> ticks = losses.isEmpty() ? List.of() : range.ticks(4, 0);
    String name = new SweepWords(table).stepLossName(curves) + " (nats per character)";
    PlotAxis y = new PlotAxis(range, name, ticks);
    double last = axes.last();
    double beside =
        side()
            .map(SidePanel::width)
            .orElse(Math.max(0, 0.5 * TICKS.width(SweepWords.number((long) last)) - GAP));
    double width = XyPlot.about(frame, y, new XyPlot.Room(0, beside)).getWidth();
    legend = new LegendRow(isPanel ? List.of() : entries(), width + beside);
    double above = Math.max(0.5 * GAP, legend.height());
    plot = new XyPlot(frame, steps(last, width), y, new XyPlot.Room(above, beside));
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
  private static double lastStep(SweepTable table, SweepCurves curves) {
    return table.runs().stream()
        .mapToDouble(run -> run.isDiverged() ? run.steps() : curves.lastStep(run))
        .filter(Double::isFinite)
        .max()
        .orElse(0);
  }

  private static List<LossPicture.Reference> references(
      SweepTable table, SweepCurves curves, LossRange losses) {
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

  private Optional<SidePanel> side() {
    return isPanel ? Optional.empty() : layer.side();
  }

  /// What its lines and marks mean.
  List<LegendRow.Entry> entries() {
    Stream<EdgeMarks.Kind> kinds =
        table.diverged() > 0 ? Stream.of(EdgeMarks.Kind.DIVERGED) : Stream.of();
    return Stream.concat(layer.legend().stream(), EdgeMarks.legend(kinds)).toList();
  }

  /// Paints the picture.
  Recording recording() {
    Description words = new SweepWords(table).curves(losses, layer.caption(), curves);
    List<String> sentences = new ArrayList<>(words.sentences());
    references.forEach(mark -> sentences.add(mark.sentence()));
    return plot.recording(new Description(words.title(), sentences));
  }

  private void paintLabels(Graphics2D g) {
    Rectangle2D area = plot.area();
    legend.paint(g, area.getMinX(), GAP);
    side().ifPresent(panel -> panel.paint(g, area));
    LossMarks marks = new LossMarks(plot, references);
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
