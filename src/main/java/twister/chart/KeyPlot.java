package twister.chart;

import static twister.chart.PlotStyle.GAP;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// A plot over the values of a key.
final class KeyPlot {
  private final SweepKey key;
  private final XyPlot plot;
  private final double width;

  /// @param y the axis at the left
  /// @param entries of the legend above the plot
  /// @param beside room at the right of the plot
  KeyPlot(SweepKey key, PlotAxis y, List<LegendRow.Entry> entries, double beside, Frame frame) {
    this.key = key;
    double most = XyPlot.about(frame, y, new XyPlot.Room(0, 0)).getWidth();
    double right = Math.max(beside, lastLabelBeyond(key, most));
    width = most - right;
    LegendRow legend = new LegendRow(entries, most);
    XyPlot.Room room = new XyPlot.Room(Math.max(0.5 * GAP, legend.height()), right);
    plot = new XyPlot(frame, PlotAxis.bare(key.axisTitle(), "0"), y, room);
    plot.markBelow(marks());
    plot.addOverlay(g -> legend.paint(g, plot.area().getMinX(), GAP));
    plot.addOverlay(this::paintAxis);
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

  /// The labelled marks of the axis below, in shares.
  private List<Axis.Tick> marks() {
    return KeyAxis.below(key, new Rectangle2D.Double(0, 0, width, 1)).marks().stream()
        .filter(mark -> !mark.label().isEmpty())
        .map(mark -> new Axis.Tick(mark.pixel() / width, mark.label()))
        .toList();
  }

  /// What is drawn.
  XyPlot plot() {
    return plot;
  }

  /// The axis below in shares, for series.
  KeyAxis shares() {
    return KeyAxis.shares(key);
  }

  /// The share of the axis below that so many units are.
  double share(double units) {
    return units / width;
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

  private void paintAxis(Graphics2D g) {
    MarkedAxis.of(x(), plot).paint(g);
  }
}
