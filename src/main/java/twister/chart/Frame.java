package twister.chart;

import twister.spec.ChartSize;

/// Where a plot is drawn: it is a picture of its own, or one of the panels of a picture. Panels
/// have their axes in common, so that some of them have no numbers, and none has titles or a
/// legend.
///
/// @param size of the whole picture
/// @param width of the plot with its numbers, in units
/// @param height of the plot with its numbers, in units
/// @param isPanel whether others stand beside it
/// @param hasNumbersBelow whether there are numbers at the axis below
/// @param hasNumbersBeside whether there are numbers at the axis at the left

record Frame(
    ChartSize size,
    int width,
    int height,
    boolean isPanel,
    boolean hasNumbersBelow,
    boolean hasNumbersBeside) {

  /// A picture of its own.
  static Frame of(ChartSize size) {
    return new Frame(size, size.units(), size.unitsUp(), false, true, true);
  }
}
