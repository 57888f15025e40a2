package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import twister.spec.ChartSize;

/// The final losses of a sweep by the values of one key: means over seeds with error bars.
final class KeyPicture {
  private static final Color RUNS = CurveStyle.PALE.colour();
  private static final Color LINE = new Color(0x08519c);
  private static final BasicStroke BAR = new BasicStroke(3);
  private static final double RUN = 3.5;

  /// Distance of the error bars of lines at a value in pixels, so that one sees all.
  private static final double BESIDE = 4;

  /// The same where no lines go from value to value.
  private static final double FAR_BESIDE = 22;

  /// Share of the room of a value that they take at most.
  private static final double COLUMN = 0.8;

  /// With more points than this, dots and error bars are small.
  private static final int MANY = 40;

  private final SweepTable table;
  private final KeyLines lines;
  private final boolean hasBars;
  private final boolean areMany;
  private final boolean areJoined;
  private final LossRange range;
  private final List<KeyLines.Edge> edges;
  private final List<LossPicture.Reference> levels;
  private final KeyPlot keys;
  private final XyPlot plot;
  private final KeyAxis shares;

  /// A picture of its own.
  KeyPicture(SweepTable table, KeyLines lines, ChartSize size) {
    this(table, lines, lines.range(table), Frame.of(size));
  }

  /// @param range the losses on the axis
  KeyPicture(SweepTable table, KeyLines lines, LossRange range, Frame frame) {
    this.table = table;
    this.lines = lines;
    hasBars = lines.hasBars();
    areMany = lines.key().size() > MANY;
    areJoined = lines.areJoined();
    Optional<KeyLegend> legend =
        frame.isPanel()
            ? Optional.empty()
            : lines.split().map(key -> KeyLegend.of(key, lines.samples(), frame.size()));
    this.range = range;
    Axis losses = range.axis(0, 1);
    edges = lines.showsRuns() ? lines.edgesOfRuns(table, losses) : lines.edges(losses);
    keys =
        new KeyPlot(
            lines.key(),
            KeyPlot.losses(range, new SweepWords(table).lossName()),
            frame.isPanel() ? List.of() : entries(),
            legend.map(KeyLegend::width).orElse(0.0),
            frame);
    plot = keys.plot();
    shares = keys.shares();
    if (lines.showsRuns()) {
      addRuns();
    }
    for (int line = 0; line < lines.lines().size(); line++) {
      addLine(line, losses);
    }
    lines.split().ifPresent(key -> plot.name(KeyLegend.entries(key, lines.samples())));
    levels = lines.levels(table);
    levels.forEach(mark -> plot.addLevel(mark.loss(), PlotStyle.REFERENCE, PlotStyle.DASHED));
    plot.addOverlay(this::paintEdge);
    if (!levels.isEmpty()) {
      plot.addOverlay(this::paintLevels);
    }
    keys.addNoLoss(table);
    legend.ifPresent(values -> plot.addOverlay(g -> values.paint(g, plot.area())));
  }

  /// Paints the picture.
  Recording recording() {
    return plot.recording(new SweepWords(table).byKey(lines, range));
  }

  /// What its marks mean.
  List<LegendRow.Entry> entries() {
    Stream<LegendRow.Entry> runs =
        lines.showsRuns()
            ? Stream.of(
                LegendRow.Entry.dots("each run", RUNS),
                new LegendRow.Entry("best of each " + lines.unit(), LINE, PlotStyle.THICK))
            : Stream.of();
    return Stream.concat(runs, EdgeMarks.legend(edges.stream().map(KeyLines.Edge::kind))).toList();
  }

  /// All runs as dots.
  private void addRuns() {
    List<SweepRun> runs = table.runs().stream().filter(run -> lines.key().place(run) >= 0).toList();
    Curve dots = curve(runs, run -> shares.pixel(lines.key().place(run)), SweepRun::loss);
    plot.addPoints(dots, RUNS, PointMark.dot(RUN));
  }

  private static <T> Curve curve(
      List<T> points, ToDoubleFunction<T> across, ToDoubleFunction<T> loss) {
    return new Curve(
        points.stream().mapToDouble(across).toArray(), points.stream().mapToDouble(loss).toArray());
  }

  private Color colour(int line) {
    return lines.split().map(key -> KeyLegend.colour(key, line)).orElse(LINE);
  }

  private double across(int line, int place) {
    double middle = (lines.lines().size() - 1) / 2.0;
    double room = COLUMN / lines.key().size() / lines.lines().size();
    double beside =
        shares.isContinuous()
            ? keys.share(hasBars ? BESIDE : 0)
            : Math.min(keys.share(FAR_BESIDE), room);
    return shares.pixel(place) + (line - middle) * beside;
  }

  private void addLine(int line, Axis losses) {
    Color colour = colour(line);
    List<KeyLines.Point> points = lines.lines().get(line);
    if (areJoined) {
      BasicStroke stroke = lines.split().isPresent() ? KeyLegend.stroke(line) : PlotStyle.THICK;
      for (List<KeyLines.Point> part : KeyLines.parts(points, shares, losses)) {
        plot.addCurve(
            curve(part, point -> across(line, point.place()), KeyLines.Point::loss),
            colour,
            stroke,
            dot());
      }
    }
    plot.addPoints(
        curve(points, point -> across(line, point.place()), KeyLines.Point::loss),
        colour,
        areJoined ? PointMark.dot(dot()) : PointMark.ofSeries(line, dot()));
    addBars(line, points, losses);
  }

  private double dot() {
    return areMany ? 5 : 8;
  }

  /// The error bars of the points that are on the axis. One that goes on beyond it has no cap
  /// there.
  private void addBars(int line, List<KeyLines.Point> points, Axis losses) {
    List<KeyLines.Point> barred =
        points.stream()
            .filter(point -> point.setting().margin() > 0)
            .filter(point -> !KeyLines.isBeyond(point.loss(), losses))
            .toList();
    double[] across = new double[3 * barred.size()];
    double[] ends = new double[3 * barred.size()];
    for (int i = 0; i < barred.size(); i++) {
      KeyLines.Point point = barred.get(i);
      double margin = point.setting().margin();
      Arrays.fill(across, 3 * i, 3 * i + 3, across(line, point.place()));
      ends[3 * i] = point.loss() - margin;
      ends[3 * i + 1] = point.loss() + margin;
      ends[3 * i + 2] = Double.NaN;
    }
    Curve bars = new Curve(across, ends);
    plot.addCurve(bars, colour(line), BAR, 0);
    plot.addPoints(bars, colour(line), PointMark.cap(areMany ? 3 : 9, BAR));
  }

  /// Names the levels where their names cover little.
  private void paintLevels(Graphics2D g) {
    Rectangle2D area = plot.area();
    LabelPlaces places = new LabelPlaces(area);
    for (List<KeyLines.Point> line : lines.lines()) {
      for (int i = 1; i < line.size(); i++) {
        if (line.get(i - 1).setting().isFinite() && line.get(i).setting().isFinite()) {
          places.avoid(at(line.get(i - 1)), at(line.get(i)));
        }
      }
    }
    LossMarks marks = new LossMarks(plot, levels);
    marks.avoid(places);
    marks.paintLabels(g, places);
  }

  private Point2D at(KeyLines.Point point) {
    return new Point2D.Double(keys.x().pixel(point.place()), plot.y().pixel(point.loss()));
  }

  /// Marks at the top for what has no place on the axis: where there are lines for values of a key,
  /// in their colours, so that one sees which it is of.
  private void paintEdge(Graphics2D g) {
    EdgeMarks marks = new EdgeMarks();
    KeyAxis x = keys.x();
    for (KeyLines.Edge edge : edges) {
      boolean isRed = edge.kind() == EdgeMarks.Kind.DIVERGED && lines.split().isEmpty();
      marks.add(
          x.pixel(edge.place()), edge.kind(), isRed ? PlotStyle.DIVERGED : colour(edge.line()));
    }
    marks.paint(g, plot.area().getMinY(), areMany ? 6 : 10);
  }
}
