package twister.chart;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The two axes of a plot, with their numbers and titles.
///
/// @param plot the area between them
/// @param across marks of the axis below
/// @param up marks of the axis at the left
/// @param acrossTitle what the axis below shows
/// @param upTitle what the axis at the left shows
record PlotFrame(
    Rectangle2D plot, List<Mark> across, List<Mark> up, String acrossTitle, String upTitle) {
  /// A mark of an axis; one without a label is small.
  ///
  /// @param pixel where it is
  record Mark(double pixel, String label) {}

  /// The marks of an axis at its round numbers.
  static List<Mark> marks(Axis axis, List<Axis.Tick> ticks) {
    return ticks.stream().map(tick -> new Mark(axis.pixel(tick.value()), tick.label())).toList();
  }

  /// The marks of an axis of losses.
  static List<Mark> losses(Axis axis) {
    return marks(axis, axis.ticks(4, 0));
  }

  /// Room that an axis at the left takes with its numbers and its title.
  static double left(List<Mark> marks) {
    double widest =
        marks.stream().mapToDouble(mark -> PlotStyle.TICKS.width(mark.label())).max().orElse(0);
    return 1.4 * PlotStyle.TITLES.size() + widest + PlotStyle.TICK + 2 * PlotStyle.GAP;
  }

  /// Places of some of so many marks at even distances, the first and the last among them.
  ///
  /// @param apart the least distance of two, in marks
  static Stream<Integer> some(int size, double apart) {
    int gaps = (size - 1) / Math.max(1, (int) Math.ceil(apart));
    return gaps < 1
        ? Stream.of(0)
        : IntStream.rangeClosed(0, gaps)
            .mapToObj(gap -> (int) Math.round((double) gap * (size - 1) / gaps));
  }

  /// The marks of an axis below a plot, from the left, without those whose labels have no room.
  static List<Mark> apart(List<Mark> marks) {
    List<Mark> some = new ArrayList<>();
    double free = 0;
    for (Mark mark : marks) {
      double half = PlotStyle.TICKS.width(mark.label()) / 2 + PlotStyle.GAP;
      if (mark.pixel() - half >= free) {
        some.add(mark);
        free = mark.pixel() + half;
      }
    }
    return some;
  }

  /// The marks of an upward axis, from its foot, without those whose labels have no room.
  static List<Mark> apartUp(List<Mark> marks) {
    List<Mark> some = new ArrayList<>();
    for (Mark mark : marks) {
      double room = 1.2 * PlotStyle.TICKS.size();
      if (some.isEmpty() || some.getLast().pixel() - mark.pixel() >= room) {
        some.add(mark);
      }
    }
    return some;
  }

  void paint(Graphics2D g) {
    g.setColor(PlotStyle.FRAME);
    g.setStroke(PlotStyle.THIN);
    g.draw(new Line2D.Double(plot.getMinX(), plot.getMinY(), plot.getMinX(), plot.getMaxY()));
    g.draw(new Line2D.Double(plot.getMinX(), plot.getMaxY(), plot.getMaxX(), plot.getMaxY()));
    up.forEach(mark -> paintUp(g, mark));
    across.forEach(mark -> paintAcross(g, mark));
    double foot = plot.getMaxY() + PlotStyle.FOOT;
    PlotStyle.TITLES.centred(
        g, acrossTitle, plot.getCenterX(), foot - 0.75 * PlotStyle.TITLES.size());
    // A long title is smaller, so that it does not go on beyond the plot.
    double fit = plot.getHeight() / PlotStyle.TITLES.width(upTitle);
    Lettering.ofSize(PlotStyle.TITLES.size() * Math.min(1, fit))
        .upwards(g, upTitle, 0.7 * PlotStyle.TITLES.size(), plot.getCenterY());
  }

  private void paintUp(Graphics2D g, Mark mark) {
    double at = mark.pixel();
    g.draw(new Line2D.Double(plot.getMinX() - length(mark), at, plot.getMinX(), at));
    if (!mark.label().isEmpty()) {
      double end = plot.getMinX() - PlotStyle.TICK - PlotStyle.GAP;
      PlotStyle.TICKS.rightAligned(g, mark.label(), end, at);
    }
  }

  private void paintAcross(Graphics2D g, Mark mark) {
    double at = mark.pixel();
    double foot = plot.getMaxY();
    g.draw(new Line2D.Double(at, foot, at, foot + length(mark)));
    if (!mark.label().isEmpty()) {
      double middle = foot + PlotStyle.TICK + PlotStyle.GAP + PlotStyle.TICKS.height() / 2;
      // The last label may be wider than the room beside the plot.
      double end = PlotStyle.WIDTH - PlotStyle.GAP / 2.0 - PlotStyle.TICKS.width(mark.label()) / 2;
      PlotStyle.TICKS.centred(g, mark.label(), Math.min(at, end), middle);
    }
  }

  private static double length(Mark mark) {
    return mark.label().isEmpty() ? PlotStyle.TICK / 2.0 : PlotStyle.TICK;
  }
}
