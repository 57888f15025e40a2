package twister.chart;

import static twister.chart.PlotStyle.GAP;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// A plot over the values of a key.
final class KeyPlot {
  /// About how high the plot is.
  static final double PLOT = 700;

  private final SweepKey key;
  private final List<String> words;
  private final XyPlot plot;
  private final double width;

  /// @param y the axis at the left
  /// @param words what is said above the plot
  /// @param beside room at the right of the plot
  KeyPlot(SweepKey key, PlotAxis y, List<String> words, double beside) {
    this.key = key;
    this.words = List.copyOf(words);
    Caption caption = Caption.of(words);
    ChartSize size =
        ChartSize.pixels(
            PlotStyle.WIDTH, Math.ceil(caption.height() + GAP + PLOT + PlotStyle.FOOT));
    double most = XyPlot.about(size, y, new XyPlot.Room(caption.height(), 0)).getWidth();
    XyPlot.Room room =
        new XyPlot.Room(caption.height(), Math.max(beside, lastLabelBeyond(key, most)));
    width = XyPlot.about(size, y, room).getWidth();
    String title = PlotStyle.TITLES.shortened(key.title(), width);
    plot = new XyPlot(size, PlotAxis.bare(title, "0"), y, room);
    plot.addOverlay(caption::paint);
  }

  /// How far the label of the last number goes on beyond a plot and its margin.
  private static double lastLabelBeyond(SweepKey key, double width) {
    int last = key.size() - 1;
    double free = (1 - KeyAxis.shares(key).pixel(last)) * width + GAP;
    // Words are shortened to their columns.
    return key.isNumeric() ? PlotStyle.TICKS.width(key.label(last)) / 2 - free : 0;
  }

  /// An axis of losses.
  static PlotAxis losses(LossRange range, String name) {
    Axis axis = range.axis(0, 1);
    return new PlotAxis(
        axis, name + " (nats per character)", range.isEmpty() ? List.of() : axis.ticks(4, 0));
  }

  /// What is drawn.
  XyPlot plot() {
    return plot;
  }

  /// The axis below in shares, for series.
  KeyAxis shares() {
    return KeyAxis.shares(key);
  }

  /// The share of the axis below that so many pixels are.
  double share(double pixels) {
    return pixels / width;
  }

  /// The axis below; known when the plot is painted.
  KeyAxis x() {
    return KeyAxis.below(key, plot.area());
  }

  /// Says that there is no finite loss, where that is so.
  void addNoLoss(SweepTable table) {
    if (table.best().isEmpty()) {
      plot.addOverlay(
          g -> {
            g.setColor(PlotStyle.DIVERGED);
            Rectangle2D area = plot.area();
            PlotStyle.LABELS.centred(
                g, new SweepWords(table).noLoss(), area.getCenterX(), area.getCenterY());
          });
    }
  }

  /// Paints the plot.
  ///
  /// @param title what it shows, in a few words
  Recording recording(String title) {
    plot.addOverlay(this::paintAxis);
    return plot.recording(new Description(title, words));
  }

  private void paintAxis(Graphics2D g) {
    new KeyMarks(x(), plot.area()).paint(g);
  }
}
