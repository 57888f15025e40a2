package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;

/// How a curve is drawn.
///
/// @param dot radius of a point without neighbours
/// @param stroke that of most curves and of the legend
/// @param dense that of a curve of many points
record CurveStyle(Color colour, double dot, BasicStroke stroke, BasicStroke dense) {
  /// As what the picture is about.
  static final CurveStyle MAIN =
      new CurveStyle(new Color(0x08519c), 8, PlotStyle.THICK, PlotStyle.THIN);

  /// As [#MAIN], a curve whose points do not jump however many they are.
  static final CurveStyle SMOOTH =
      new CurveStyle(new Color(0x08306b), 8, PlotStyle.THICK, PlotStyle.THICK);

  /// As the ground of a smoothed curve.
  static final CurveStyle PALE =
      new CurveStyle(new Color(0x5f94c5), 5, PlotStyle.THIN, PlotStyle.THIN);

  /// Upon another one: its dashes let one see both where they coincide.
  static final CurveStyle DASHED = new CurveStyle(new Color(0xd95f02), 5, dashes(3.5f), dashes(2));

  private static BasicStroke dashes(float width) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {12, 9}, 0);
  }
}
