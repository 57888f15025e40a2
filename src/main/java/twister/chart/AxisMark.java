package twister.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A mark of an axis that is painted over a plot; one without a label is small.
///
/// @param pixel where it is
record AxisMark(double pixel, String label) {
  /// The marks of an axis at its round numbers.
  static List<AxisMark> marks(Axis axis, List<Axis.Tick> ticks) {
    return ticks.stream()
        .map(tick -> new AxisMark(axis.pixel(tick.value()), tick.label()))
        .toList();
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
  static List<AxisMark> apart(List<AxisMark> marks) {
    List<AxisMark> some = new ArrayList<>();
    double free = 0;
    for (AxisMark mark : marks) {
      double half = PlotStyle.TICKS.width(mark.label()) / 2 + PlotStyle.GAP;
      if (mark.pixel() - half >= free) {
        some.add(mark);
        free = mark.pixel() + half;
      }
    }
    return some;
  }

  /// The marks of an upward axis, from its foot, without those whose labels have no room.
  static List<AxisMark> apartUp(List<AxisMark> marks) {
    List<AxisMark> some = new ArrayList<>();
    for (AxisMark mark : marks) {
      double room = 1.2 * PlotStyle.TICKS.size();
      if (some.isEmpty() || some.getLast().pixel() - mark.pixel() >= room) {
        some.add(mark);
      }
    }
    return some;
  }
}
