package twister.chart;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import twister.spec.ChartSize;

/// The losses of settings that are no grid as coloured dots, at the values of two keys.
final class SweepScatterPicture {
  /// Dots of one shade are one path; that keeps the drawing small.
  private static final int COLOURS = 64;

  private final SweepTable table;
  private final SweepCells cells;
  private final LossRange range;
  private final KeyPlot keys;
  private final XyPlot plot;

  SweepScatterPicture(SweepTable table, SweepCells cells, ChartSize size) {
    this.table = table;
    this.cells = cells;
    range = LossRange.ofColours(cells.losses(), table.uniform());
    Optional<ColourBar> bar =
        range.isEmpty() ? Optional.empty() : Optional.of(ColourBar.of(range, Shades.LINES));
    keys =
        new KeyPlot(
            cells.across(),
            up(cells.up(), size),
            SweepCells.legend(cells.worstFirst().stream()),
            bar.map(ColourBar::width).orElse(0.0),
            Frame.of(size));
    plot = keys.plot();
    double radius = Math.clamp(200 / Math.sqrt(cells.worstFirst().size()), 3, 14);
    addLossless(SweepSetting::isDiverged, EdgeMarks.Kind.DIVERGED, 0.8 * radius);
    addLossless(
        setting -> setting.isInfinite() && !setting.isDiverged(),
        EdgeMarks.Kind.INFINITE,
        0.8 * radius);
    addDots(radius);
    cells.best().ifPresent(best -> add(List.of(best), PlotStyle.BEST, PointMark.ring(radius + 6)));
    plot.addOverlay(g -> MarkedAxis.of(KeyAxis.beside(cells.up(), plot.area()), plot).paint(g));
    bar.ifPresent(colours -> plot.addOverlay(g -> colours.paint(g, plot.area())));
  }

  /// The axis at the left, with room for the widest label that it has.
  private static PlotAxis up(SweepKey key, ChartSize size) {
    Rectangle2D about = new Rectangle2D.Double(0, 0, 1, XyPlot.height(Frame.of(size), 0));
    String widest =
        KeyAxis.beside(key, about).marks().stream()
            .map(AxisMark::label)
            .max(Comparator.comparingDouble(PlotStyle.TICKS::width))
            .orElse("0");
    return PlotAxis.bare(key.axisTitle(), widest);
  }

  /// Paints the picture.
  Recording recording() {
    return plot.recording(new SweepWords(table).heatmap(cells, range, "ringed"));
  }

  private void add(List<SweepSetting> settings, Color colour, PointMark mark) {
    KeyAxis across = keys.shares();
    KeyAxis up = KeyAxis.shares(cells.up());
    Curve points =
        new Curve(
            settings.stream()
                .mapToDouble(setting -> across.pixel(cells.across().place(setting.first())))
                .toArray(),
            settings.stream()
                .mapToDouble(setting -> up.pixel(cells.up().place(setting.first())))
                .toArray());
    plot.addPoints(points, colour, mark);
  }

  private void addLossless(Predicate<SweepSetting> which, EdgeMarks.Kind kind, double arm) {
    add(
        cells.worstFirst().stream().filter(which).toList(),
        PlotStyle.DIVERGED,
        PointMark.of(kind, arm));
  }

  /// The best last.
  private void addDots(double radius) {
    TreeMap<Integer, List<SweepSetting>> byShade =
        cells.worstFirst().stream()
            .filter(SweepSetting::isFinite)
            .collect(Collectors.groupingBy(this::shade, TreeMap::new, Collectors.toList()));
    byShade
        .descendingMap()
        .forEach(
            (shade, settings) ->
                add(settings, Shades.LINES.at(shade / (COLOURS - 1.0)), PointMark.dot(radius)));
  }

  private int shade(SweepSetting setting) {
    return (int) (range.share(setting.loss()) * (COLOURS - 1));
  }
}
