package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;
import static twister.chart.PlotStyle.TITLES;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import twister.spec.ChartSize;

/// The values of a key one below the other, each with its colour.
///
/// @param widest room for it
/// @param samples what stands for the values
record KeyLegend(SweepKey key, double widest, Samples samples) implements SidePanel {
  /// Up to so many lines can be told apart.
  static final int MOST = CurveStyle.SERIES.size();

  /// The same of numbers: where dashes repeat, shades are far from each other.
  private static final int MOST_NUMBERS = 12;

  /// Above the plot, in units.
  private static final double HEAD = 2 * TITLES.size();

  /// The title of the key may take so many rows.
  private static final int TITLE = 2;

  private static final double DOT = 8;
  private static final double SAMPLE = 60;
  private static final double ROW = 1.4 * LABELS.size();

  /// The colour of a value: numbers from dark to light, words as different as can be.
  static Color colour(SweepKey key, int place) {
    return key.isNumeric() ? Shades.LINES.at(place / (key.size() - 1.0)) : style(place).colour();
  }

  /// Whether each value can have its own line in a picture; many numbers are places on a scale.
  static boolean fits(SweepKey key, ChartSize size) {
    return !key.isNumeric()
        || key.size() <= MOST
        || (key.size() <= MOST_NUMBERS
            && (TITLE + key.size()) * ROW <= size.unitsUp() - PlotStyle.FOOT - HEAD);
  }

  /// The line of a value: its dashes tell it from the others where there are no colours, or where
  /// lines coincide.
  static BasicStroke stroke(int place) {
    return style(place).stroke();
  }

  private static CurveStyle style(int place) {
    return CurveStyle.SERIES.get(place % CurveStyle.SERIES.size());
  }

  /// The values as entries of a legend.
  static List<LegendRow.Entry> entries(SweepKey key, Samples samples) {
    return IntStream.range(0, key.size())
        .mapToObj(
            place -> {
              String name = key.title() + " " + key.label(place);
              return switch (samples) {
                case LINES -> new LegendRow.Entry(name, colour(key, place), stroke(place));
                case POINTS -> LegendRow.Entry.points(name, colour(key, place), place);
              };
            })
        .toList();
  }

  /// The same as a row: what the values are is said once.
  static List<LegendRow.Entry> row(SweepKey key, List<LegendRow.Entry> entries) {
    return IntStream.range(0, entries.size())
        .mapToObj(place -> place == 0 ? entries.get(0) : entries.get(place).named(key.label(place)))
        .toList();
  }

  private List<String> titleLines() {
    return LABELS.lines(key.title(), widest).stream()
        .map(line -> LABELS.shortened(line, widest))
        .toList();
  }

  private String label(int place) {
    return LABELS.shortened(key.label(place), widest - SAMPLE);
  }

  private int rows() {
    return key.isNumeric() ? key.size() : Math.min(key.size(), MOST);
  }

  /// What stands for a value.
  enum Samples {
    LINES,
    POINTS
  }

  /// The legend of a picture.
  static KeyLegend of(SweepKey key, Samples samples, ChartSize size) {
    return new KeyLegend(key, 0.3 * size.units(), samples);
  }

  @Override
  public double width() {
    List<Double> widths = new ArrayList<>();
    titleLines().forEach(line -> widths.add(LABELS.width(line)));
    for (int place = 0; place < rows(); place++) {
      widths.add(SAMPLE + GAP + LABELS.width(label(place)));
    }
    return 3 * GAP + widths.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  @Override
  public void paint(Graphics2D g, Rectangle2D plot) {
    double left = plot.getMaxX() + 2 * GAP;
    double at = plot.getMinY() + TITLES.size();
    double high = plot.getHeight() + 0.8 * PlotStyle.FOOT;
    List<String> lines = titleLines();
    if (high < LABELS.size() * (lines.size() + rows())) {
      lines = List.of(LABELS.shortened(key.title(), widest));
    }
    double row = Math.min(ROW, high / (lines.size() + rows()));
    g.setColor(PlotStyle.FRAME);
    for (String line : lines) {
      LABELS.leftAligned(g, line, left, at);
      at += row;
    }
    for (int place = rows() - 1; place >= 0; place--) {
      g.setColor(colour(key, place));
      if (samples == Samples.LINES) {
        g.setStroke(stroke(place));
        g.draw(new Line2D.Double(left, at, left + SAMPLE, at));
      } else {
        PointMark.ofSeries(place, DOT).paint(g, left + SAMPLE / 2, at, 0);
      }
      g.setColor(PlotStyle.FRAME);
      LABELS.leftAligned(g, label(place), left + SAMPLE + GAP, at);
      at += row;
    }
  }
}
