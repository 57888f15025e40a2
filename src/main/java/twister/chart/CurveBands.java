package twister.chart;

import java.awt.Color;
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
  private static final Color OUTER = new Color(0xc6dbef);
  private static final Color INNER = new Color(0x8dbbdc);
  private static final Color MEDIAN = new Color(0x08519c);
  private static final double[] SHARES = {0.1, 0.25, 0.5, 0.75, 0.9};

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
    double step = curves.step(point);
    return table.runs().stream()
        .filter(
            run ->
                Double.isFinite(curves.loss(run, point))
                    || (run.isDiverged() && curves.lastStep(run) < step))
        .mapToDouble(run -> curves.loss(run, point))
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
    return List.of("Bands hold the middle half and 80 % of all runs");
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
  public List<LegendRow.Entry> legend() {
    return List.of(
        new LegendRow.Entry("best run", PlotStyle.BEST, PlotStyle.THICK),
        new LegendRow.Entry("median", MEDIAN, PlotStyle.THICK),
        LegendRow.Entry.area("25–75 %", INNER),
        LegendRow.Entry.area("10–90 %", OUTER));
  }

  @Override
  public List<LegendRow.Entry> names() {
    return legend();
  }

  @Override
  public void addTo(XyPlot plot) {
    plot.addBand(quantiles.get(0), quantiles.get(4), OUTER);
    plot.addBand(quantiles.get(1), quantiles.get(3), INNER);
    double dot = PlotStyle.THICK.getLineWidth();
    plot.addCurve(upwards(quantiles.get(2)), MEDIAN, PlotStyle.THICK, dot);
    best.ifPresent(curve -> plot.addCurve(curve, PlotStyle.BEST, PlotStyle.THICK, dot));
  }

  /// The curve with the largest number for NaN, so that it leaves the plot upwards.
  private static Curve upwards(Curve curve) {
    IntStream points = IntStream.range(0, curve.size());
    double[] steps = points.mapToDouble(curve::step).toArray();
    double[] values = new double[steps.length];
    Arrays.setAll(values, point -> curve.isFinite(point) ? curve.value(point) : Double.MAX_VALUE);
    return new Curve(steps, values);
  }
}
