package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The losses of very many runs: how they are spread at each step, and the best run. A run that has
/// diverged counts as worse than all others from there on; one that had fewer steps to do, not at
/// all.
final class CurveBands implements LossLayer {
  private static final Color OUTER = new Color(0xdeebf7);
  private static final Color INNER = new Color(0x9ecae1);
  private static final Color MEDIAN = new Color(0x08519c);
  private static final double[] SHARES = {0.1, 0.25, 0.5, 0.75, 0.9};
  private static final double SAMPLE = 50;

  private final List<Curve> quantiles;
  private final Optional<Curve> best;

  CurveBands(SweepTable table, SweepCurves curves) {
    double[][] sorted =
        IntStream.range(0, curves.points())
            .parallel()
            .mapToObj(point -> sorted(table, curves, point))
            .takeWhile(losses -> losses.length > 0)
            .toArray(double[][]::new);
    double[] steps = IntStream.range(0, sorted.length).mapToDouble(curves::step).toArray();
    quantiles =
        Arrays.stream(SHARES)
            .mapToObj(
                share ->
                    new Curve(
                        steps,
                        Arrays.stream(sorted).mapToDouble(all -> quantile(all, share)).toArray()))
            .toList();
    best = table.best().map(curves::curve);
  }

  /// The losses of all runs at a point; NaN, which is sorted last, of those that have diverged.
  private static double[] sorted(SweepTable table, SweepCurves curves, int point) {
    double from = (double) point * curves.width();
    return table.runs().stream()
        .filter(run -> run.isDiverged() || run.steps() > from || point == 0)
        .mapToDouble(run -> curves.losses(run).means()[point])
        .sorted()
        .toArray();
  }

  /// Between the two nearest of the sorted values (Hyndman and Fan 1996, definition 7).
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int lower = (int) place;
    double part = place - lower;
    double from = sorted[lower];
    return part == 0 ? from : from + part * (sorted[lower + 1] - from);
  }

  @Override
  public DoubleStream losses() {
    return lines().stream().flatMapToDouble(Curve::finiteValues);
  }

  @Override
  public List<String> caption() {
    return List.of();
  }

  @Override
  public Optional<SidePanel> side() {
    return Optional.empty();
  }

  @Override
  public List<Curve> lines() {
    return Stream.concat(quantiles.stream(), best.stream()).toList();
  }

  @Override
  public Color colour(SweepRun run) {
    return PlotStyle.DIVERGED;
  }

  @Override
  public void paint(Graphics2D g, Axis x, Axis y) {
    CurvePath paths = new CurvePath(x, y);
    g.setColor(OUTER);
    g.fill(paths.band(quantiles.get(0), quantiles.get(4)));
    g.setColor(INNER);
    g.fill(paths.band(quantiles.get(1), quantiles.get(3)));
    g.setStroke(PlotStyle.THICK);
    g.setColor(MEDIAN);
    g.draw(paths.line(quantiles.get(2)));
    g.setColor(PlotStyle.BEST);
    best.ifPresent(curve -> g.draw(paths.line(curve)));
    paintLegend(g, x.start(), y.end() - 1.1 * LABELS.size());
  }

  private static void paintLegend(Graphics2D g, double left, double middle) {
    double at = paintSample(g, PlotStyle.BEST, 5, "best run", left, middle);
    at = paintSample(g, MEDIAN, 5, "median", at, middle);
    at = paintSample(g, INNER, 22, "25–75 %", at, middle);
    paintSample(g, OUTER, 22, "10–90 %", at, middle);
  }

  private static double paintSample(
      Graphics2D g, Color colour, int width, String text, double at, double middle) {
    g.setColor(colour);
    g.setStroke(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    g.draw(new Line2D.Double(at, middle, at + SAMPLE, middle));
    g.setColor(PlotStyle.FRAME);
    LABELS.leftAligned(g, text, at + SAMPLE + GAP, middle);
    return at + SAMPLE + 4 * GAP + LABELS.width(text);
  }
}
