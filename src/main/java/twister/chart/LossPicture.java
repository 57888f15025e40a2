package twister.chart;

import static twister.chart.LossMarks.besides;
import static twister.chart.LossMarks.paintLabel;
import static twister.chart.PlotStyle.DIVERGED;
import static twister.chart.PlotStyle.FRAME;
import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;
import static twister.chart.PlotStyle.THICK;
import static twister.chart.PlotStyle.TICKS;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import twister.spec.ChartSize;

/// A loss curve.
final class LossPicture {
  /// With more points than this, a thick line would hide its own ups and downs.
  private static final int DENSE = 1000;

  /// A picture has no more points, so that its file is small.
  private static final int POINTS = 4000;

  /// Room for half a dot at the first step, as a share of the axis.
  private static final double DOT = 0.009;

  /// Room above a plot without a legend.
  private static final double ABOVE = 0.5 * GAP;

  /// Height of a plot for each number at its left.
  private static final double PER_LOSS = 150;

  /// A named curve.
  ///
  /// @param isLevel whether it is a loss without steps
  record Line(String name, Curve curve, CurveStyle look, boolean isLevel) {
    Line(String name, Curve curve, CurveStyle look) {
      this(name, curve, look, false);
    }

    /// The same with as few points as draw the same picture.
    private Line thinned(int points, LossView view) {
      return new Line(name, curve.thinned(points, view.scale()), look, isLevel);
    }

    /// The first loss as a level between two steps.
    Line level(double from, double to) {
      double loss = curve.value(0);
      Curve level = new Curve(new double[] {from, to}, new double[] {loss, loss});
      return new Line(name, level, look, true);
    }

    /// Its first and its last loss, in words; empty if it has none.
    Optional<String> ends() {
      int last = curve.size() - 1;
      if (isLevel) {
        return Optional.of(Numbers.padded(curve.value(0), 4) + " at all steps");
      }
      return last < 0
          ? Optional.empty()
          : Optional.of(at(curve, 0) + (last > 0 ? ", " + at(curve, last) : ""));
    }
  }

  /// A loss to compare with.
  record Reference(String name, double loss) {
    /// What stands at its line: `uniform, ln 27 = 3.30`.
    String text() {
      return name + " = " + Numbers.rounded(loss);
    }

    /// The same for a caption: `uniform, ln 27: 3.30`.
    String sentence() {
      return name + ": " + Numbers.rounded(loss);
    }

    /// Its name alone, in few words: `uniform`.
    String brief() {
      return name.replaceAll("(, | \\().*", "");
    }
  }

  private final List<Line> lines;
  private final List<Line> all;
  private final List<Reference> references;
  private final LossView view;
  private final Axis losses;
  private final LegendRow legend;
  private final XyPlot plot;
  private final double above;

  /// The marks of a logarithmic axis of losses.
  private List<Axis.Tick> lossMarks = List.of();

  /// @param lines curves over the same steps, the loss of each step that is minimized first
  /// @param references losses to compare with, in the unit of the lines
  /// @param view of which unit and axes are drawn
  LossPicture(List<Line> lines, List<Reference> references, LossView view, ChartSize size) {
    this(lines, lines, references, view, Frame.of(size));
  }

  /// @param lines the curves
  /// @param all those that the axes hold
  LossPicture(
      List<Line> lines, List<Line> all, List<Reference> references, LossView view, Frame frame) {
    this.lines = thinned(lines, view);
    this.references = near(references, all, view);
    this.view = view;
    this.all = all.equals(lines) ? this.lines : thinned(all, view);
    int number = Math.clamp(Math.round(frame.height() / PER_LOSS) - 1, 2, 6);
    losses = axis(XyPlot.height(frame, ABOVE));
    PlotAxis y = losses(number);
    double lastStep = 0.5 * TICKS.width(Numbers.whole(LossAxes.lastStep(this.all)));
    double beside = Math.max(0, lastStep - GAP);
    double width = XyPlot.about(frame, y, new XyPlot.Room(ABOVE, beside)).getWidth();
    boolean hasLegend = lines.size() > 1 && !frame.isPanel();
    legend = new LegendRow(hasLegend ? entries() : List.of(), width + beside + GAP);
    above = Math.max(ABOVE, legend.height());
    plot = new XyPlot(frame, steps(width), y, new XyPlot.Room(above, beside));
    lossMarks.forEach(tick -> plot.addGridLine(tick.value()));
    this.lines.forEach(this::addCurve);
    this.references.forEach(
        mark -> plot.addLevel(mark.loss(), PlotStyle.REFERENCE, PlotStyle.DASHED));
    plot.name(lines.size() > 1 ? entries() : List.of());
    this.references.forEach(mark -> plot.note(PlotData.Note.of(mark, this.references)));
    plot.markBeside(lossMarks);
    plot.addOverlay(this::paintAxes);
    plot.addOverlay(this::paintLabels);
  }

  private static List<Line> thinned(List<Line> lines, LossView view) {
    int points = POINTS / Math.max(2, lines.size());
    return lines.stream().map(line -> line.thinned(points, view)).toList();
  }

  /// The marks that are shown: of a part of the steps only those that are near, so that its ups and
  /// downs fill the picture.
  private static List<Reference> near(List<Reference> marks, List<Line> lines, LossView view) {
    DoubleSummaryStatistics shown =
        lines.stream().flatMapToDouble(line -> line.curve().finiteValues()).summaryStatistics();
    double span = shown.getMax() - shown.getMin();
    return view.steps().equals(LossView.Steps.ALL) || shown.getCount() == 0
        ? List.copyOf(marks)
        : marks.stream()
            .filter(mark -> mark.loss() > shown.getMin() - span)
            .filter(mark -> mark.loss() < shown.getMax() + span)
            .toList();
  }

  private Axis axis(double height) {
    if (view.lossScale() == LossView.Spread.LOGARITHMIC) {
      return LossAxes.logarithmic(all, references, height, 0);
    }
    // On logarithmic steps, the beginning is what one wants to see.
    return view.stepScale() == LossView.Spread.LOGARITHMIC
        ? LossAxes.all(all, references, height, 0)
        : LossAxes.losses(all, references, height, 0);
  }

  /// The axis of the losses; one whose marks have no even distances is painted over the plot.
  private PlotAxis losses(int number) {
    String title = view.unit().title();
    if (view.lossScale() == LossView.Spread.CHOSEN) {
      return new PlotAxis(losses, title, losses.ticks(number, 0));
    }
    lossMarks = RangeAxes.ticks(losses, number);
    String widest =
        lossMarks.stream()
            .map(Axis.Tick::label)
            .max(Comparator.comparingDouble(TICKS::width))
            .orElse("0");
    return PlotAxis.bare(losses, title, widest);
  }

  /// What its lines are called.
  private List<LegendRow.Entry> entries() {
    return lines.stream()
        .map(line -> new LegendRow.Entry(line.name(), line.look().colour(), line.look().stroke()))
        .toList();
  }

  private PlotAxis steps(double width) {
    if (view.stepScale() == LossView.Spread.LOGARITHMIC) {
      return PlotAxis.bare(LossAxes.logarithmicSteps(all, 0, width), "step", "0");
    }
    Axis exact = LossAxes.steps(all, 0, width);
    double low = exact.low() - DOT * (exact.high() - exact.low());
    Axis axis = new Axis(exact.scale(), low, exact.high(), 0, width);
    return new PlotAxis(axis, "step", LossAxes.stepTicks(axis));
  }

  private void addCurve(Line line) {
    CurveStyle look = line.look();
    boolean isDense = line.curve().size() > DENSE;
    plot.addCurve(line.curve(), look.colour(), isDense ? look.dense() : look.stroke(), look.dot());
  }

  /// Paints the picture.
  Recording recording() {
    return plot.recording(description());
  }

  private Description description() {
    List<String> sentences = new ArrayList<>();
    for (Line line : lines) {
      line.ends().ifPresent(ends -> sentences.add(line.name() + ": " + ends));
    }
    if (isCut()) {
      sentences.add(cut());
    }
    references.forEach(mark -> sentences.add(mark.sentence()));
    return new Description("Loss over the steps of a training", sentences);
  }

  private static String at(Curve curve, int point) {
    double loss = curve.value(point);
    String text = Double.isFinite(loss) ? Numbers.padded(loss, 4) : "not finite";
    return text + " at step " + Numbers.whole(curve.step(point));
  }

  private double highest() {
    return lines.stream().flatMapToDouble(line -> line.curve().finiteValues()).max().orElse(0);
  }

  private void paintAxes(Graphics2D g) {
    if (view.stepScale() == LossView.Spread.LOGARITHMIC) {
      MarkedAxis.below(plot, RangeAxes.marks(plot.x(), 6)).paint(g);
    }
    if (view.lossScale() == LossView.Spread.LOGARITHMIC) {
      MarkedAxis.beside(plot, AxisMark.apartUp(AxisMark.marks(plot.y(), lossMarks))).paint(g);
    }
  }

  private void paintLabels(Graphics2D g) {
    Rectangle2D area = plot.area();
    LabelPlaces places = new LabelPlaces(area);
    LossMarks marks = new LossMarks(plot, references);
    lines.stream()
        .filter(line -> !line.look().equals(CurveStyle.PALE))
        .forEach(line -> avoid(places, line.curve()));
    marks.avoid(places);
    legend.paint(g, area.getMinX(), GAP);
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

  private Point2D place(Curve curve, int point) {
    return new Point2D.Double(
        plot.x().pixel(curve.step(point)), plot.y().pixel(curve.value(point)));
  }

  /// Marks the step of the first loss that is not finite, at the edge of the plot, and names it.
  private void paintDivergence(Graphics2D g, LabelPlaces places) {
    Rectangle2D area = plot.area();
    Curve curve = lines.getFirst().curve();
    if (curve.finiteValues().findAny().isEmpty()) {
      String text = curve.size() == 0 ? "no steps recorded" : "no finite loss";
      paintAt(
          g,
          places,
          List.of(text),
          new Point2D.Double(area.getCenterX(), area.getCenterY()),
          DIVERGED);
    } else if (curve.divergence().isPresent()) {
      double step = curve.step(curve.divergence().getAsInt());
      Point2D at = new Point2D.Double(plot.x().pixel(step), area.getMinY());
      g.setColor(DIVERGED);
      g.setStroke(THICK);
      PlotStyle.cross(g, at, 14);
      String text = "not finite";
      paintAt(g, places, List.of(text + " from step " + Numbers.whole(step), text), at, DIVERGED);
    }
  }

  private boolean isCut() {
    return losses.scale().position(highest()) > losses.high();
  }

  /// Says that there are losses which the axis does not show, where there is room for it.
  private void paintCut(Graphics2D g, LabelPlaces places) {
    if (isCut()) {
      Rectangle2D area = plot.area();
      Point2D corner = new Point2D.Double(area.getMaxX(), area.getMinY());
      for (String text : List.of(cut(), "up to " + Numbers.significant(highest()))) {
        Optional<Rectangle2D> place = places.takeFree(near(text, corner));
        if (place.isPresent()) {
          paintLabel(g, text, place.get(), FRAME);
          return;
        }
      }
    }
  }

  private String cut() {
    return "beyond the axis: losses up to " + Numbers.significant(highest());
  }

  /// Writes the first text that has room, at a place or near to it where that leaves the plot.
  private void paintAt(
      Graphics2D g, LabelPlaces places, List<String> texts, Point2D at, Color colour) {
    Rectangle2D area = plot.area();
    String text =
        texts.stream()
            .filter(longest -> LABELS.width(longest) < area.getWidth() - 4 * GAP)
            .findFirst()
            .orElse(texts.getLast());
    paintLabel(g, text, places.take(near(text, at)), colour);
  }

  private List<Rectangle2D> near(String text, Point2D at) {
    double width = LABELS.width(text) + 2 * GAP;
    return besides(text, at.getX() + width + GAP, at.getY(), at.getX() - width - GAP).stream()
        .map(place -> LabelPlaces.within(place, plot.area()))
        .toList();
  }
}
