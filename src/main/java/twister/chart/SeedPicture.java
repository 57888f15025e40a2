package twister.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import twister.spec.ChartSize;

/// The final losses of runs that differ in their seed alone, with their mean and its interval.
final class SeedPicture {
  private static final Color DOTS = new Color(0x08519c);
  private static final Color INTERVAL = new Color(0xc6dbef);

  /// Half the width of a mark of the interval.
  private static final double ARM = 9;

  private final SweepTable table;
  private final SweepKey seeds;
  private final SweepSetting setting;
  private final SeedRange range;
  private final Axis losses;
  private final KeyPlot keys;
  private final XyPlot plot;
  private final double dot;

  /// A picture of its own.
  ///
  /// @param table of one setting
  SeedPicture(SweepTable table, SweepKey seeds, ChartSize size) {
    this(table, seeds, SeedRange.of(List.of(table)), Frame.of(size));
  }

  /// @param table of one setting
  /// @param range the losses on the axis
  SeedPicture(SweepTable table, SweepKey seeds, SeedRange range, Frame frame) {
    this.table = table;
    this.seeds = seeds;
    setting = table.settings().getFirst();
    this.range = range;
    losses = range.losses().axis(0, 1);
    keys =
        new KeyPlot(
            seeds,
            KeyPlot.losses(range.losses(), new SweepWords(table).lossName()),
            frame.isPanel() ? List.of() : entries(),
            0,
            frame);
    plot = keys.plot();
    dot = Math.clamp(0.4 / keys.share(1) / seeds.size(), 3, 9);
    addMean();
    addRuns();
    plot.addOverlay(this::paintEdge);
    keys.addNoLoss(table);
  }

  /// Paints the picture.
  Recording recording() {
    return plot.recording(new SweepWords(table).bySeed(range));
  }

  /// What its marks mean.
  List<LegendRow.Entry> entries() {
    Stream<LegendRow.Entry> mean =
        setting.margin() > 0
            ? Stream.of(
                LegendRow.Entry.dots("run", DOTS),
                new LegendRow.Entry("mean", PlotStyle.REFERENCE, PlotStyle.DASHED),
                LegendRow.Entry.area("95 % interval of the mean", INTERVAL))
            : Stream.of();
    Stream<EdgeMarks.Kind> interval =
        range.isIntervalCut(setting) ? Stream.of(EdgeMarks.Kind.BEYOND) : Stream.of();
    Stream<EdgeMarks.Kind> kinds =
        Stream.concat(interval, table.runs().stream().flatMap(run -> kind(run).stream()));
    return Stream.concat(mean, EdgeMarks.legend(kinds)).toList();
  }

  /// Why a run has no place on the axis, if it has none.
  private Optional<EdgeMarks.Kind> kind(SweepRun run) {
    if (run.isDiverged()) {
      return Optional.of(EdgeMarks.Kind.DIVERGED);
    }
    if (run.isInfinite()) {
      return Optional.of(EdgeMarks.Kind.INFINITE);
    }
    return KeyLines.isBeyond(run.loss(), losses)
        ? Optional.of(EdgeMarks.Kind.BEYOND)
        : Optional.empty();
  }

  private void addMean() {
    double mean = setting.finiteLoss();
    if (Double.isFinite(mean)) {
      plot.addRange(mean - setting.margin(), mean + setting.margin(), INTERVAL);
      plot.addLevel(mean, PlotStyle.REFERENCE, PlotStyle.DASHED);
    }
  }

  private void addRuns() {
    KeyAxis shares = keys.shares();
    List<SweepRun> runs = table.runs();
    Curve dots =
        new Curve(
            runs.stream().mapToDouble(run -> shares.pixel(seeds.place(run))).toArray(),
            runs.stream().mapToDouble(SweepRun::loss).toArray());
    plot.addPoints(dots, DOTS, PointMark.dot(dot));
  }

  /// Marks at the top for what has no place on the axis.
  private void paintEdge(Graphics2D g) {
    EdgeMarks marks = new EdgeMarks();
    KeyAxis x = keys.x();
    for (SweepRun run : table.runs()) {
      double across = x.pixel(seeds.place(run));
      Color colour = run.isDiverged() ? PlotStyle.DIVERGED : DOTS;
      kind(run).ifPresent(kind -> marks.add(across, kind, colour));
    }
    marks.paint(g, plot.area().getMinY(), Math.clamp(dot, 4, 10));
    paintInterval(g);
  }

  /// Marks at the right for the ends of the interval that are beyond the axis.
  private void paintInterval(Graphics2D g) {
    Rectangle2D area = plot.area();
    double right = area.getMaxX() - ARM;
    g.setColor(PlotStyle.REFERENCE);
    if (range.isCutAbove(setting)) {
      EdgeMarks.paint(
          g, EdgeMarks.Kind.BEYOND, new Point2D.Double(right, area.getMinY() + ARM), ARM);
    }
    if (range.isCutBelow(setting)) {
      EdgeMarks.paintBeyondFoot(g, new Point2D.Double(right, area.getMaxY() - ARM), ARM);
    }
  }
}
