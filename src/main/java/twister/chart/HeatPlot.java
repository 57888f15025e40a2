package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.TICKS;
import static twister.chart.PlotStyle.TITLES;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapSeries;
import org.knowm.xchart.internal.chartpart.Legend_HeatMap;
import org.knowm.xchart.style.HeatMapStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.theme.XChartTheme;
import twister.spec.ChartSize;

/// A heatmap of XChart in the look of all charts: coloured cells, and axes where there are any.
/// What XChart has no part for is painted over it, and the whole is recorded once.
final class HeatPlot extends HeatMapChart {
  /// More marks than this would be a comb.
  private static final int MOST_MARKS = 40;

  private final ChartSize size;
  private final Names across;
  private final Names up;
  private final OutlinedTexts outlines = new OutlinedTexts();
  private final List<Number[]> cells = new ArrayList<>();

  /// The columns or rows of a heatmap, rows from its foot.
  ///
  /// @param title what they are, empty if there is no axis
  /// @param labels one for each, empty where none has room
  record Names(String title, List<String> labels) {
    Names {
      labels = List.copyOf(labels);
    }

    /// So many columns or rows without an axis.
    static Names none(int size) {
      return new Names("", Collections.nCopies(size, ""));
    }

    int size() {
      return labels.size();
    }
  }

  /// Room around the cells, in units.
  ///
  /// @param left with the axis there
  /// @param beside at the right; `edge` or at least twice that
  /// @param edge below the cells and their axis
  record Room(double left, double above, double beside, int edge) {
    private double legend() {
      return beside - 2.0 * edge;
    }
  }

  /// @param height of the picture in units
  HeatPlot(ChartSize size, int height, Names across, Names up, Room room, Shades shades) {
    super(size.units(), height, new XChartTheme());
    this.size = size;
    this.across = across;
    this.up = up;
    PlotStyle.look(getStyler());
    getStyler().setPlotGridLinesVisible(false);
    getStyler()
        .setRangeColors(Arrays.stream(shades.stops()).mapToObj(Color::new).toArray(Color[]::new));
    getStyler().setMin(0).setMax(1);
    leave(room);
    if (across.title().isEmpty()) {
      getStyler().setAxisTicksVisible(false);
    } else {
      addAxes(room);
    }
  }

  private void leave(Room room) {
    // XChart leaves room for a title, and for a legend at the right.
    setTitle(" ");
    getStyler().setChartTitlePadding((int) Math.round((room.above() - room.edge()) / 2));
    getStyler().setChartPadding(room.edge()).setYAxisLeftWidthHint((int) Math.round(room.left()));
    legend = new Beside(Math.max(0, room.legend()));
    getStyler().setLegendVisible(room.legend() >= 0);
    getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
  }

  private void addAxes(Room room) {
    HeatMapStyler styler = getStyler();
    styler.setAxisTitleFont(outlines.font(TITLES.font()));
    styler.setAxisTickLabelsFont(outlines.font(TICKS.font()));
    double wide = getWidth() - room.left() - room.beside();
    setXAxisTitle(TITLES.spelled(TITLES.fitting(across.title(), wide)));
    double high = getHeight() - room.above() - PlotStyle.FOOT;
    setYAxisTitle(TITLES.spelled(TITLES.fitting(up.title(), high)));
    styler.setAxisTicksLineVisible(false);
    styler.setAxisTicksMarksVisible(Math.max(across.size(), up.size()) <= MOST_MARKS);
    // Of both axes; at more, XChart leaves labels out.
    styler.setXAxisTickMarkSpacingHint(0);
  }

  /// Room that an axis at the left takes.
  static double left(List<String> labels) {
    double widest = labels.stream().mapToDouble(TICKS::width).max().orElse(0);
    return 1.4 * TITLES.size() + widest + PlotStyle.TICK + 2 * GAP;
  }

  /// Colours a cell.
  ///
  /// @param row from the foot
  /// @param share of the colours, from 0 to 1
  void addCell(int column, int row, double share) {
    cells.add(new Number[] {column, row, share});
  }

  /// The area of all cells; known when they are painted.
  Rectangle2D area() {
    return plot.getBounds();
  }

  /// The place of a cell; known when it is painted.
  ///
  /// @param row from the foot
  Rectangle2D cell(int column, int row) {
    double width = area().getWidth() / across.size();
    double height = area().getHeight() / up.size();
    double left = area().getMinX() + column * width;
    return new Rectangle2D.Double(left, area().getMaxY() - (row + 1) * height, width, height);
  }

  /// Paints the lines of the axes, which XChart would put below the cells.
  void paintLines(Graphics2D g) {
    double left = Math.round(area().getMinX());
    double foot = Math.round(area().getMaxY());
    g.setColor(PlotStyle.FRAME);
    g.setStroke(PlotStyle.THIN);
    g.draw(new Line2D.Double(left, area().getMinY(), left, foot));
    g.draw(new Line2D.Double(left, foot, area().getMaxX(), foot));
  }

  /// Paints something over the cells and beside them, when [#area] is known.
  void addOverlay(Consumer<Graphics2D> painter) {
    addAnnotation(new XyPlot.Overlay(painter));
  }

  /// Paints the heatmap.
  ///
  /// @param data what it shows; asked for once it is painted
  Recording recording(Description description, Supplier<HeatData> data) {
    // XChart wants a cell at least: it leaves out this one, which is beyond the last column.
    addCell(across.size(), 0, 0);
    addSeries("cells", across.labels(), up.labels(), cells);
    Recorder recorder = new Recorder(outlines);
    paint(recorder, getWidth(), getHeight());
    Optional<PictureData> shown =
        across.size() * up.size() <= HeatData.MOST ? Optional.of(data.get()) : Optional.empty();
    return new Recording(size, getWidth(), getHeight(), description, recorder.steps(), shown);
  }

  /// XChart's part beside a heatmap: room only.
  private final class Beside extends Legend_HeatMap<HeatMapStyler, HeatMapSeries> {
    private final double width;

    Beside(double width) {
      super(HeatPlot.this);
      this.width = width;
    }

    @Override
    public Rectangle2D getBounds() {
      return new Rectangle2D.Double(0, 0, width, 0);
    }

    @Override
    public void paint(Graphics2D g) {
      // What stands there is painted as an overlay.
    }
  }
}
