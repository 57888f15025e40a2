package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.WIDTH;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/// Horizontal bars of seconds, each with its part of the whole: what ran, and what was compiled for
/// it.
final class ProfilePicture {
  private static final Lettering LABELS = Lettering.ofSize(30);
  private static final Lettering TITLES = Lettering.ofSize(32);
  private static final double ROW = 2.0 * LABELS.size();
  private static final double TOP = 2.6 * TITLES.size();

  /// Height of a bar, in rows.
  private static final double BAR = 0.62;

  /// So many seconds have no decimals.
  private static final double MANY = 1e5;

  private static final double LONGEST_NAME = WIDTH / 3.0;

  private static final Color RUN = new Color(0x08519c);
  private static final Color COMPILE = new Color(0xe6820e);
  private static final Color REST = new Color(0x999999);

  /// A part of a training.
  ///
  /// @param seconds it took, without its compilation
  /// @param compileSeconds its compilation took
  record Bar(String name, double seconds, double compileSeconds) {
    /// Tasks are named as methods are; what else there is has other names.
    private static final List<String> NO_TASKS = List.of("copies in", "copies out", "waiting");

    boolean isTask() {
      return !NO_TASKS.contains(name);
    }

    double total() {
      return seconds + compileSeconds;
    }
  }

  private final String title;
  private final Caption caption;
  private final List<Bar> bars;
  private final long launches;
  private final double whole;
  private final XyPlot plot;

  /// @param title what the times are of
  /// @param bars from top to bottom
  /// @param launches how many of them the bars are about
  ProfilePicture(String title, List<Bar> bars, long launches) {
    this.title = title;
    caption = Caption.of(List.of(title));
    this.bars = List.copyOf(bars);
    this.launches = launches;
    whole = bars.stream().mapToDouble(Bar::total).sum();
    double above = caption.height() + TOP;
    plot = new XyPlot(ChartSize.DEFAULT, seconds(), rows(), new XyPlot.Room(above - GAP, 0));
    plot.makeHigh((int) Math.ceil(above + bars.size() * ROW + GAP));
    plot.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
    plot.getStyler().setYAxisLeftWidthHint((int) Math.round(left()));
    addBars(RUN, bar -> bar.isTask() ? 0 : bar.seconds(), Bar::seconds);
    addBars(REST, bar -> bar.isTask() ? bar.seconds() : 0, Bar::seconds);
    addBars(COMPILE, Bar::seconds, Bar::total);
    plot.addOverlay(this::paintTexts);
  }

  private double left() {
    return bars.stream().mapToDouble(bar -> LABELS.width(name(bar))).max().orElse(0) + 2 * GAP;
  }

  private static String name(Bar bar) {
    return LABELS.shortened(bar.name(), LONGEST_NAME);
  }

  /// The axis of the bars, which leaves room for the times beside the longest.
  private PlotAxis seconds() {
    double longest = bars.stream().mapToDouble(Bar::total).max().orElse(0);
    double times = bars.stream().mapToDouble(bar -> LABELS.width(time(bar))).max().orElse(0);
    double room = WIDTH - left() - 2 * GAP;
    double end = longest > 0 ? longest * room / (room - times - GAP) : 1;
    return new PlotAxis(new Axis(Scale.LINEAR, 0, end, 0, room), "", List.of());
  }

  private PlotAxis rows() {
    double foot = Math.max(1, bars.size());
    return new PlotAxis(new Axis(Scale.LINEAR, -foot, 0, 0, foot * ROW), "", List.of());
  }

  private static double middle(int bar) {
    return -bar - 0.5;
  }

  private void addBars(Color colour, ToDoubleFunction<Bar> from, ToDoubleFunction<Bar> to) {
    DoubleStream.Builder x = DoubleStream.builder();
    DoubleStream.Builder y = DoubleStream.builder();
    for (int i = 0; i < bars.size(); i++) {
      double begin = from.applyAsDouble(bars.get(i));
      double end = to.applyAsDouble(bars.get(i));
      double foot = middle(i) - BAR / 2;
      double top = middle(i) + BAR / 2;
      x.add(begin).add(end).add(end).add(begin).add(0);
      y.add(foot).add(foot).add(top).add(top).add(Double.NaN);
    }
    if (!bars.isEmpty()) {
      plot.addAreas(new PlotLine.Points(x.build().toArray(), y.build().toArray()), colour);
    }
  }

  /// The times of a bar and its part of the whole.
  String time(Bar bar) {
    double percent = whole > 0 ? 100 * (bar.total() / whole) : 0;
    String compiled =
        bar.compileSeconds() > 0 ? " + " + text(bar.compileSeconds()) + " compiled" : "";
    return text(bar.seconds()) + compiled + String.format(Locale.ROOT, ", %.0f %%", percent);
  }

  private static String text(double seconds) {
    if (seconds >= MANY) {
      return Numbers.significant(seconds) + " s";
    }
    return seconds >= 1
        ? String.format(Locale.ROOT, "%.2f s", seconds)
        : seconds >= 0.001
            ? String.format(Locale.ROOT, "%.0f ms", seconds * 1e3)
            : String.format(Locale.ROOT, "%.0f µs", seconds * 1e6);
  }

  private String total() {
    String count = String.format(Locale.ROOT, "%,d", launches);
    return text(whole) + " in " + (launches == 1 ? "1 launch" : count + " launches");
  }

  /// Paints the picture.
  Recording recording() {
    List<String> sentences = new ArrayList<>(List.of(total()));
    bars.forEach(bar -> sentences.add(bar.name() + ": " + time(bar)));
    return plot.recording(new Description(title, sentences));
  }

  private void paintTexts(Graphics2D g) {
    caption.paint(g);
    paintLegend(g);
    g.setColor(PlotStyle.FRAME);
    for (int i = 0; i < bars.size(); i++) {
      double row = plot.y().pixel(middle(i));
      LABELS.rightAligned(g, name(bars.get(i)), plot.area().getMinX() - GAP, row);
      double end = plot.x().pixel(bars.get(i).total());
      LABELS.leftAligned(g, time(bars.get(i)), end + GAP, row);
    }
  }

  private void paintLegend(Graphics2D g) {
    double middle = caption.height() + TITLES.size();
    double at = GAP;
    at = paintKey(g, RUN, "ran", at, middle);
    at = paintKey(g, COMPILE, "compiled, once", at, middle);
    paintKey(g, REST, "neither", at, middle);
    g.setColor(PlotStyle.FRAME);
    TITLES.rightAligned(g, total(), WIDTH - GAP, middle);
  }

  private static double paintKey(
      Graphics2D g, Color colour, String text, double at, double middle) {
    double side = LABELS.size();
    g.setColor(colour);
    g.fill(new Rectangle2D.Double(at, middle - side / 2, side, side));
    g.setColor(PlotStyle.FRAME);
    LABELS.leftAligned(g, text, at + side + GAP, middle);
    return at + side + 4 * GAP + LABELS.width(text);
  }
}
