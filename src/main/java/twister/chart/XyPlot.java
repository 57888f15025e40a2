package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.TICKS;
import static twister.chart.PlotStyle.TITLES;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.knowm.xchart.internal.chartpart.Legend_Marker;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// A plot of XChart over two axes of numbers, in the look of all charts. Series are added first,
/// what XChart has no part for is painted over them, and the whole is recorded once: XChart changes
/// its charts while it paints them.
final class XyPlot extends XYChart {
  private final Frame frame;
  private final PlotAxis x;
  private final PlotAxis y;
  private final OutlinedTexts outlines = new OutlinedTexts();
  private final List<PlotData.Part> parts = new ArrayList<>();
  private final List<LegendRow.Entry> entries = new ArrayList<>();
  private final List<PlotData.Note> notes = new ArrayList<>();
  private List<Axis.Tick> marksBelow = List.of();
  private List<Axis.Tick> marksBeside = List.of();

  /// Room that a plot leaves for others.
  ///
  /// @param above it, for a legend
  /// @param beside it, at its right
  record Room(double above, double beside) {}

  /// @param x the axis below
  /// @param y the axis at the left
  XyPlot(Frame frame, PlotAxis x, PlotAxis y, Room room) {
    super(frame.width(), frame.height());
    this.frame = frame;
    this.x = x;
    this.y = y;
    PlotStyle.look(getStyler());
    Rectangle2D about = about(frame, y, room);
    getStyler().setAxisTitleFont(outlines.font(TITLES.font()));
    getStyler().setAxisTickLabelsFont(outlines.font(TICKS.font()));
    setXAxisTitle(TITLES.spelled(TITLES.fitting(x.title(), about.getWidth())));
    setYAxisTitle(TITLES.spelled(TITLES.fitting(y.title(), about.getHeight())));
    getStyler().setAxisTitlesVisible(!frame.isPanel());
    leave(room);
    scale(about);
  }

  private void leave(Room room) {
    // XChart leaves room for a title, and for a legend at the right.
    setTitle(" ");
    getStyler().setChartTitlePadding((int) Math.round(room.above() / 2));
    legend = new Beside(room.beside());
    getStyler().setLegendVisible(true).setLegendPosition(Styler.LegendPosition.OutsideE);
  }

  private void scale(Rectangle2D about) {
    XYStyler styler = getStyler();
    styler.setXAxisMin(x.low()).setXAxisMax(x.high());
    styler.setYAxisMin(y.low()).setYAxisMax(y.high());
    styler.setXAxisTickMarkSpacingHint(x.spacing(about.getWidth()));
    styler.setYAxisTickMarkSpacingHint(y.spacing(about.getHeight()));
    styler.setXAxisTickLabelsFormattingFunction(x::label);
    styler.setYAxisTickLabelsFormattingFunction(y::label);
    if (x.isBare()) {
      styler.setXAxisTickMarksColor(PlotStyle.UNSEEN);
    }
    if (x.isBare() || !frame.hasNumbersBelow()) {
      styler.setXAxisTickLabelsColor(PlotStyle.UNSEEN);
    }
    if (y.isBare()) {
      styler.setYAxisTickMarksColor(PlotStyle.UNSEEN);
      styler.setPlotGridHorizontalLinesVisible(false);
    }
    if (y.isBare() || !frame.hasNumbersBeside()) {
      styler.setYAxisTickLabelsColor(PlotStyle.UNSEEN);
    }
    // Where all points of an axis are evenly spaced, XChart puts ticks at them: this series, of
    // which nothing is drawn, is not.
    double[] uneven = {x.low(), 0.7 * x.low() + 0.3 * x.high(), x.high()};
    double[] nothing = {Double.NaN, Double.NaN, Double.NaN};
    addSeries(new PlotLine.Points(uneven, nothing)).setMarker(SeriesMarkers.NONE);
  }

  /// About where the plot will be, before XChart has laid it out.
  ///
  /// @param y the axis at the left, with its labels
  static Rectangle2D about(Frame frame, PlotAxis y, Room room) {
    double title = frame.isPanel() ? 0 : GAP + TITLES.size();
    double left = GAP + title + PlotStyle.BESIDE_TICKS + TICKS.widest(y.ticks());
    return new Rectangle2D.Double(
        left,
        GAP + room.above(),
        frame.width() - left - 2.0 * GAP - room.beside(),
        height(frame, room.above()));
  }

  /// About how high the plot will be.
  ///
  /// @param above room above it
  static double height(Frame frame, double above) {
    double title = frame.isPanel() ? 0 : TITLES.height();
    double below = GAP + title + PlotStyle.BESIDE_TICKS + TICKS.height();
    return frame.height() - GAP - above - below;
  }

  /// Where it is drawn.
  Frame frame() {
    return frame;
  }

  /// The area of the plot; known when it is painted.
  Rectangle2D area() {
    return plot.getBounds();
  }

  /// The axis below with its pixels; known when it is painted.
  Axis x() {
    return x.placed(area().getMinX(), area().getMaxX());
  }

  /// The axis at the left with its pixels; known when it is painted.
  Axis y() {
    return y.placed(area().getMaxY(), area().getMinY());
  }

  /// Adds a curve. It has gaps where its values are not finite, and ends at the edges of the plot;
  /// points without a neighbour are dots.
  ///
  /// @param radius of a dot
  void addCurve(Curve curve, Color colour, BasicStroke stroke, double radius) {
    parts.add(new PlotData.Line(curve, colour, stroke));
    PlotLine line = new PlotLine(curve, x, y);
    addLine(line.line(), colour, stroke);
    addDots(line.dots(), colour, radius);
  }

  private void addLine(PlotLine.Points points, Color colour, BasicStroke stroke) {
    if (points.x().length > 0) {
      XYSeries series = addSeries(points);
      series.setLineColor(colour).setLineStyle(stroke);
      series.setMarker(SeriesMarkers.NONE);
    }
  }

  private XYSeries addSeries(PlotLine.Points points) {
    // No legend of XChart shows the name.
    return addSeries("series " + seriesMap.size(), points.x(), points.y());
  }

  private void addDots(PlotLine.Points points, Color colour, double radius) {
    if (points.x().length > 0) {
      XYSeries series = addSeries(points);
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      series.setMarkerColor(colour);
      series.setMarker(PointMark.dot(radius));
    }
  }

  /// Adds marks, one at each point of a curve that is on the plot.
  void addPoints(Curve curve, Color colour, PointMark mark) {
    parts.add(new PlotData.Dots(curve, colour, mark.tex()));
    int[] shown =
        IntStream.range(0, curve.size())
            .filter(point -> y.coordinate(curve.value(point)) >= y.low())
            .filter(point -> y.coordinate(curve.value(point)) <= y.high())
            .toArray();
    if (shown.length > 0) {
      XYSeries series =
          addSeries(
              new PlotLine.Points(
                  IntStream.of(shown).mapToDouble(at -> x.coordinate(curve.step(at))).toArray(),
                  IntStream.of(shown).mapToDouble(at -> y.coordinate(curve.value(at))).toArray()));
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      series.setMarkerColor(colour);
      series.setMarker(mark);
    }
  }

  /// Adds an area from end to end of the plot.
  ///
  /// @param from value where it begins on the axis at the left
  /// @param to value where it ends
  void addRange(double from, double to, Color colour) {
    double[] ends = {x.lowest(), x.highest(), x.highest(), x.lowest()};
    parts.add(new PlotData.Areas(new Curve(ends, new double[] {from, from, to, to}), colour));
    double foot = Math.max(y.low(), y.coordinate(Math.max(from, -Double.MAX_VALUE)));
    double top = Math.min(y.high(), y.coordinate(Math.min(to, Double.MAX_VALUE)));
    if (foot < top) {
      addCorners(
          new PlotLine.Points(
              new double[] {x.low(), x.high(), x.high(), x.low()},
              new double[] {foot, foot, top, top}),
          colour);
    }
  }

  /// Makes the picture as high as what it shows, whatever its size says.
  void makeHigh(int units) {
    setHeight(units);
  }

  /// Adds areas of one colour.
  ///
  /// @param corners values of the two axes; a point with NaN ends an area
  void addAreas(PlotLine.Points corners, Color colour) {
    parts.add(new PlotData.Areas(new Curve(corners.x(), corners.y()), colour));
    addCorners(
        new PlotLine.Points(
            Arrays.stream(corners.x()).map(x::coordinate).toArray(),
            Arrays.stream(corners.y()).map(y::coordinate).toArray()),
        colour);
  }

  /// @param corners coordinates
  private void addCorners(PlotLine.Points corners, Color colour) {
    XYSeries series = addSeries(corners);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    series.setLineStyle(SeriesLines.NONE).setFillColor(colour);
    series.setMarker(SeriesMarkers.NONE);
  }

  /// Adds the area between two curves over the same steps. Where it leaves the plot, or its values
  /// are not finite, it ends at the edge.
  void addBand(Curve lower, Curve upper, Color colour) {
    parts.add(PlotData.Areas.between(lower, upper, colour));
    if (lower.size() > 1) {
      addCorners(new PlotBand(x, y).corners(lower, upper), colour);
    }
  }

  /// Adds a line from the foot to the top of the plot.
  ///
  /// @param value where it is on the axis below
  void addUpright(double value, Color colour, BasicStroke stroke) {
    double at = x.coordinate(value);
    double[] ends = {y.low(), y.high()};
    Curve line = new Curve(new double[] {value, value}, new double[] {y.lowest(), y.highest()});
    parts.add(new PlotData.Line(line, colour, stroke));
    addLine(new PlotLine.Points(new double[] {at, at}, ends), colour, stroke);
  }

  /// Adds a line of the grid, for an axis at the left that is painted over the plot.
  ///
  /// @param value where it is on that axis
  void addGridLine(double value) {
    double at = y.coordinate(value);
    double[] ends = {x.low(), x.high()};
    addLine(new PlotLine.Points(ends, new double[] {at, at}), PlotStyle.GRID, PlotStyle.THIN);
  }

  /// Adds a line from end to end of the plot.
  ///
  /// @param value where it is on the axis at the left
  void addLevel(double value, Color colour, BasicStroke stroke) {
    double at = y.coordinate(value);
    if (at >= y.low() && at <= y.high()) {
      Curve line = new Curve(new double[] {x.lowest(), x.highest()}, new double[] {value, value});
      parts.add(new PlotData.Line(line, colour, stroke));
      double[] ends = {x.low(), x.high()};
      addLine(new PlotLine.Points(ends, new double[] {at, at}), colour, stroke);
    }
  }

  /// Paints something over the plot, also beyond its area, when [#area] and the axes are known.
  void addOverlay(Consumer<Graphics2D> painter) {
    addAnnotation(new Overlay(painter));
  }

  /// Tells what the curves are called; what is painted does not change.
  void name(List<LegendRow.Entry> names) {
    entries.addAll(names);
  }

  /// Tells what is written at a place; what is painted does not change.
  void note(PlotData.Note note) {
    notes.add(note);
  }

  /// Tells the marks of a bare axis below the plot; what is painted does not change.
  void markBelow(List<Axis.Tick> marks) {
    marksBelow = List.copyOf(marks);
  }

  /// Tells the marks of a bare axis at the left; what is painted does not change.
  void markBeside(List<Axis.Tick> marks) {
    marksBeside = List.copyOf(marks);
  }

  /// Paints the plot.
  Recording recording(Description description) {
    Recorder recorder = new Recorder(outlines);
    paint(recorder, getWidth(), getHeight());
    PlotData data = new PlotData(x, y, parts, entries, notes, marksBelow, marksBeside, area());
    return new Recording(
        frame.size(),
        getWidth(),
        getHeight(),
        description,
        recorder.steps(),
        Optional.of(PlotGrid.of(data)));
  }

  /// XChart's part for what is painted last.
  static final class Overlay extends Annotation {
    private final Consumer<Graphics2D> painter;

    Overlay(Consumer<Graphics2D> painter) {
      super(false);
      this.painter = painter;
    }

    @Override
    public void paint(Graphics2D g) {
      painter.accept(g);
    }
  }

  /// XChart's part beside a plot: room only.
  private final class Beside extends Legend_Marker<XYStyler, XYSeries> {
    private final double width;

    Beside(double width) {
      super(XyPlot.this);
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
