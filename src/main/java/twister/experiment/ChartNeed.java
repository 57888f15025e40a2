package twister.experiment;

import twister.spec.ChartSize;
import twister.spec.ChartStyle;

/// How many bytes the files of a chart have, by its size: its SVG is as large in any, its PNG grows
/// with its area, which is mostly white, and more with the lengths of its lines and letters.
///
/// The factors were fitted in November 2026 to charts from 8.5 cm to 100 cm, and of 12,000 pixels.
final class ChartNeed {
  /// Bytes of a plot for a million pixels, and for a thousand pixels of its side.
  private static final double OF_AREA = 11;

  private static final double OF_SIDE = 54;

  /// Bytes of a heatmap of 27 symbols for a million pixels, and for a pixel of the size of its
  /// text.
  private static final double OF_CELLS = 14.3;

  private static final double OF_TEXT = 37.7;

  /// Share of the PNG in the files of a chart of the usual size.
  private static final double PNG_OF_PLOT = 0.88;

  private static final double PNG_OF_SWEEP = 0.8;
  private static final double PNG_OF_CELLS = 0.76;

  /// As in the heatmap of bigrams: the largest text, its size over that of a cell, and the room
  /// beside the cells.
  private static final double LARGEST_TEXT = 34;

  private static final double TEXT_OF_CELL = 0.31;
  private static final double BESIDE = 105;
  private static final double LEAST_TEXT = 12;

  private static final int CELL = 140;
  private static final int LEAST_SIDE = 900;
  private static final int LARGEST_SIDE = 1750;

  private final ChartSize size;

  ChartNeed(ChartStyle style) {
    size = style.size();
  }

  /// A plot of a run or of a key.
  ///
  /// @param usual its bytes in the usual size
  double ofPlot(double usual) {
    return grown(
        usual, PNG_OF_PLOT, ofPixels(millions(size)) / ofPixels(millions(ChartSize.DEFAULT)));
  }

  /// The plot of the losses of a sweep, which has many curves.
  double ofSweep(double usual) {
    return grown(
        usual, PNG_OF_SWEEP, ofPixels(millions(size)) / ofPixels(millions(ChartSize.DEFAULT)));
  }

  /// A heatmap of two keys.
  double ofKeys(double usual) {
    double growth = Math.pow(size.pixelsPerUnit(), 1.5) + 0.014 * millions(size);
    return grown(usual, PNG_OF_CELLS, growth);
  }

  /// Whether a heatmap of so many symbols has text in its cells; one of the usual size has it up to
  /// a number of them.
  boolean hasText(long symbols, int usually) {
    return isUsual() ? symbols <= usually : text(symbols) >= size.leastText(LEAST_TEXT);
  }

  /// A heatmap of symbols with text in its cells.
  double ofText(double usual, long symbols) {
    if (isUsual()) {
      return usual;
    }
    double side = usualSide(symbols);
    double was = OF_CELLS * side * side / 1e6 + OF_TEXT * text(side, symbols);
    double now = OF_CELLS * squares() + OF_TEXT * text(symbols) * size.pixelsPerUnit();
    return grown(usual, PNG_OF_CELLS, now / was);
  }

  /// A heatmap of symbols without text.
  double ofColours(double usual, long symbols) {
    if (isUsual()) {
      return usual;
    }
    double image = 25_000 + 8.0 * symbols * symbols;
    return image + 0.65 * usual * ofPixels(squares()) / ofPixels(3.06);
  }

  private boolean isUsual() {
    return size.equals(ChartSize.DEFAULT);
  }

  private double text(long symbols) {
    return text(size.units(), symbols);
  }

  private static double text(double units, long symbols) {
    return Math.min(LARGEST_TEXT, TEXT_OF_CELL * (units - BESIDE) / symbols);
  }

  private static double usualSide(long symbols) {
    return Math.clamp(CELL * symbols, LEAST_SIDE, LARGEST_SIDE);
  }

  /// Millions of pixels of a square.
  private double squares() {
    double side = size.units() * size.pixelsPerUnit();
    return side * side / 1e6;
  }

  private static double millions(ChartSize size) {
    double scale = size.pixelsPerUnit();
    return scale * scale * size.units() * size.unitsUp() / 1e6;
  }

  private static double ofPixels(double millions) {
    return OF_AREA * millions + OF_SIDE * Math.sqrt(millions);
  }

  private static double grown(double usual, double png, double growth) {
    return usual * (1 - png + png * growth);
  }
}
