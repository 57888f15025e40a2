package twister.chart;

import static twister.chart.PlotStyle.GAP;
import static twister.chart.PlotStyle.LABELS;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import twister.spec.ChartSize;
import twister.tracking.ProfileTable;
import twister.tracking.ProfileTable.Part;

/// Horizontal bars of seconds, each with its part of the whole: what ran, and what was compiled for
/// it. Above them stands what was trained, and on what device: times mean nothing without.
final class ProfilePicture {
  private static final double ROW = 1.8 * LABELS.size();

  /// Height of a bar, in rows.
  private static final double BAR = 0.62;

  /// So many seconds have no decimals.
  private static final double MANY = 1e5;

  /// Share of the picture that a name and a bar have, at most and at least.
  private static final double LONGEST_NAME = 0.33;

  private static final double SHORTEST = 0.25;

  private static final Color RUN = new Color(0x08519c);
  private static final Color COMPILE = PlotStyle.BEST;
  private static final Color REST = new Color(0xb8b8b8);

  private final String title;
  private final List<Part> bars;
  private final long launches;
  private final ChartSize size;
  private final double whole;
  private final boolean hasRoom;
  private final LegendRow legend;
  private final XyPlot plot;

  /// @param title what the times are of
  /// @param profile its parts from top to bottom
  /// @param size the picture is as high as its bars need
  ProfilePicture(String title, ProfileTable profile, ChartSize size) {
    this.title = title;
    bars = profile.parts();
    launches = profile.launches();
    this.size = size;
    whole = bars.stream().mapToDouble(Part::total).sum();
    hasRoom = times(this::time) < size.units() - left() - SHORTEST * size.units();
    List<LegendRow.Entry> entries =
        List.of(
            LegendRow.Entry.area("ran", RUN),
            LegendRow.Entry.area("compiled, once", COMPILE),
            LegendRow.Entry.area("neither", REST));
    legend = new LegendRow(entries, size.units() - 2 * GAP);
    Axis seconds = seconds();
    plot =
        new XyPlot(
            Frame.of(size),
            PlotAxis.bare(seconds, "", "0"),
            PlotAxis.bare(rows(), "", "0"),
            new XyPlot.Room(ROW + legend.height(), 0));
    plot.makeHigh((int) Math.ceil(ROW + legend.height() + bars.size() * ROW + 2 * GAP));
    plot.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
    plot.getStyler().setYAxisLeftWidthHint((int) Math.round(left()));
    addBars(RUN, bar -> bar.isTask() ? 0 : bar.seconds(), Part::seconds);
    addBars(REST, bar -> bar.isTask() ? bar.seconds() : 0, Part::seconds);
    addBars(COMPILE, Part::seconds, Part::total);
    plot.addOverlay(this::paintTexts);
    plot.name(entries);
    tell(seconds);
  }

  private double left() {
    return bars.stream().mapToDouble(bar -> LABELS.width(name(bar))).max().orElse(0) + 2 * GAP;
  }

  private double times(Function<Part, String> text) {
    return bars.stream().mapToDouble(bar -> LABELS.width(text.apply(bar))).max().orElse(0);
  }

  private String name(Part bar) {
    return LABELS.shortened(bar.name(), LONGEST_NAME * size.units());
  }

  /// The axis of the bars, which leaves room for the times beside the longest.
  private Axis seconds() {
    double longest = bars.stream().mapToDouble(Part::total).max().orElse(0);
    double room = size.units() - left() - 2 * GAP;
    double end = longest > 0 ? longest * room / (room - times(this::shown) - GAP) : 1;
    return new Axis(Scale.LINEAR, 0, end, 0, room);
  }

  private Axis rows() {
    double foot = Math.max(1, bars.size());
    return new Axis(Scale.LINEAR, -foot, 0, 0, foot * ROW);
  }

  /// Tells what is painted beside the bars.
  private void tell(Axis seconds) {
    plot.markBelow(
        seconds.ticks(3, 0).stream()
            .map(tick -> new Axis.Tick(tick.value(), tick.value() == 0 ? "0" : text(tick.value())))
            .toList());
    List<Axis.Tick> names = new ArrayList<>();
    for (int i = 0; i < bars.size(); i++) {
      names.add(new Axis.Tick(middle(i), name(bars.get(i))));
      plot.note(new PlotData.Note(middle(i), shown(bars.get(i)), PlotData.Side.BESIDE));
    }
    plot.markBeside(names);
  }

  private static double middle(int bar) {
    return -bar - 0.5;
  }

  private void addBars(Color colour, ToDoubleFunction<Part> from, ToDoubleFunction<Part> to) {
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
  String time(Part bar) {
    String compiled =
        bar.compileSeconds() > 0 ? " + " + text(bar.compileSeconds()) + " compiled" : "";
    return text(bar.seconds()) + compiled + percent(bar);
  }

  private String percent(Part bar) {
    double percent = whole > 0 ? 100 * (bar.total() / whole) : 0;
    return String.format(Locale.ROOT, ", %.0f %%", percent);
  }

  /// What stands beside a bar: its time as a whole where there is no room for both parts.
  private String shown(Part bar) {
    return hasRoom ? time(bar) : text(bar.total()) + percent(bar);
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
    List<String> sentences = new ArrayList<>(List.of("The whole took " + total()));
    bars.forEach(bar -> sentences.add(bar.name() + ": " + time(bar)));
    return plot.recording(new Description("Time of the device in " + title, sentences));
  }

  private void paintTexts(Graphics2D g) {
    g.setColor(PlotStyle.FRAME);
    LABELS.leftAligned(g, LABELS.shortened(title, size.units() - 2 * GAP), GAP, GAP + ROW / 2);
    legend.paint(g, GAP, GAP + ROW);
    g.setColor(PlotStyle.FRAME);
    for (int i = 0; i < bars.size(); i++) {
      double row = plot.y().pixel(middle(i));
      LABELS.rightAligned(g, name(bars.get(i)), plot.area().getMinX() - GAP, row);
      double end = plot.x().pixel(bars.get(i).total());
      LABELS.leftAligned(g, shown(bars.get(i)), end + GAP, row);
    }
  }
}
