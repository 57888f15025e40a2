package twister.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.DoubleStream;

/// The final losses of runs that differ in their seed alone, with their mean and its interval.
final class SeedPicture {
  private static final Color DOTS = new Color(0x08519c);
  private static final Color INTERVAL = new Color(0xdeebf7);

  private final SweepTable table;
  private final SweepKey seeds;
  private final Axis losses;
  private final KeyPlot keys;
  private final XyPlot plot;
  private final double dot;

  /// @param table of one setting
  SeedPicture(SweepTable table, SweepKey seeds) {
    this.table = table;
    this.seeds = seeds;
    SweepSetting setting = table.settings().getFirst();
    LossRange range = range(table, setting);
    losses = range.axis(0, 1);
    SweepWords words = new SweepWords(table);
    keys =
        new KeyPlot(
            seeds, KeyPlot.losses(range, words.lossName()), words.bySeed(setting, range), 0);
    plot = keys.plot();
    dot = Math.clamp(0.4 / keys.share(1) / seeds.size(), 3, 9);
    addMean(setting);
    addRuns();
    plot.addOverlay(this::paintEdge);
    keys.addNoLoss(table);
  }

  private static LossRange range(SweepTable table, SweepSetting setting) {
    LossRange range =
        LossRange.of(table.runs().stream().mapToDouble(SweepRun::loss), table.uniform());
    double mean = setting.finiteLoss();
    double margin = setting.margin();
    return margin > 0 ? range.withBars(DoubleStream.of(mean - margin, mean + margin)) : range;
  }

  /// Paints the picture.
  Recording recording() {
    return keys.recording("Final losses by " + seeds.title());
  }

  private void addMean(SweepSetting setting) {
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
      if (run.isDiverged()) {
        marks.add(across, EdgeMarks.Kind.DIVERGED, PlotStyle.DIVERGED);
      } else if (run.isInfinite()) {
        marks.add(across, EdgeMarks.Kind.INFINITE, DOTS);
      } else if (KeyLines.isBeyond(run.loss(), losses)) {
        marks.add(across, EdgeMarks.Kind.BEYOND, DOTS);
      }
    }
    marks.paint(g, plot.area().getMinY(), Math.clamp(dot, 4, 10));
  }
}
