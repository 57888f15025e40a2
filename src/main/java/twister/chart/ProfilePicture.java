package twister.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

/// Horizontal bars of seconds, each with its part of the whole: what ran, and what was compiled for
/// it.
final class ProfilePicture implements Picture {
  private static final int WIDTH = 1200;
  private static final int GAP = 14;
  private static final Lettering LABELS = Lettering.ofSize(30);
  private static final Lettering TITLES = Lettering.ofSize(32);
  private static final double ROW = 2.0 * LABELS.size();
  private static final double TOP = 2.6 * TITLES.size();

  private static final Color TEXT = new Color(0x333333);
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

  private final Caption caption;
  private final List<Bar> bars;
  private final long launches;
  private final double whole;
  private final double left;
  private final double scale;

  /// @param title what the times are of
  /// @param bars from top to bottom
  /// @param launches how many of them the bars are about
  ProfilePicture(String title, List<Bar> bars, long launches) {
    caption = Caption.of(List.of(title));
    this.bars = List.copyOf(bars);
    this.launches = launches;
    whole = bars.stream().mapToDouble(Bar::total).sum();
    double longest = bars.stream().mapToDouble(Bar::total).max().orElse(0);
    double names = bars.stream().mapToDouble(bar -> LABELS.width(bar.name())).max().orElse(0);
    double times = bars.stream().mapToDouble(bar -> LABELS.width(time(bar))).max().orElse(0);
    left = names + 2 * GAP;
    scale = longest > 0 ? (WIDTH - left - times - 3 * GAP) / longest : 0;
  }

  /// The times of a bar and its part of the whole.
  String time(Bar bar) {
    double percent = whole > 0 ? 100 * bar.total() / whole : 0;
    String compiled =
        bar.compileSeconds() > 0 ? " + " + text(bar.compileSeconds()) + " compiled" : "";
    return text(bar.seconds()) + compiled + String.format(Locale.ROOT, ", %.0f %%", percent);
  }

  private static String text(double seconds) {
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

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return (int) Math.ceil(caption.height() + TOP + bars.size() * ROW + GAP);
  }

  @Override
  public void paint(Graphics2D g) {
    PlotStyle.clear(g, WIDTH, height());
    caption.paint(g);
    paintLegend(g);
    for (int i = 0; i < bars.size(); i++) {
      paintBar(g, bars.get(i), caption.height() + TOP + i * ROW + ROW / 2);
    }
  }

  private void paintLegend(Graphics2D g) {
    double middle = caption.height() + TITLES.size();
    double at = GAP;
    at = paintKey(g, RUN, "ran", at, middle);
    at = paintKey(g, COMPILE, "compiled, once", at, middle);
    paintKey(g, REST, "neither", at, middle);
    g.setColor(TEXT);
    TITLES.rightAligned(g, total(), WIDTH - GAP, middle);
  }

  private static double paintKey(
      Graphics2D g, Color colour, String text, double at, double middle) {
    double side = LABELS.size();
    g.setColor(colour);
    g.fill(new Rectangle2D.Double(at, middle - side / 2, side, side));
    g.setColor(TEXT);
    LABELS.leftAligned(g, text, at + side + GAP, middle);
    return at + side + 4 * GAP + LABELS.width(text);
  }

  private void paintBar(Graphics2D g, Bar bar, double middle) {
    double height = 0.62 * ROW;
    double ran = bar.seconds() * scale;
    double compiled = bar.compileSeconds() * scale;
    g.setColor(bar.isTask() ? RUN : REST);
    g.fill(new Rectangle2D.Double(left, middle - height / 2, ran, height));
    g.setColor(COMPILE);
    g.fill(new Rectangle2D.Double(left + ran, middle - height / 2, compiled, height));
    g.setColor(TEXT);
    LABELS.rightAligned(g, bar.name(), left - GAP, middle);
    LABELS.leftAligned(g, time(bar), left + ran + compiled + GAP, middle);
  }
}
