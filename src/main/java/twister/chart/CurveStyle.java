package twister.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;

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

  /// Upon another one: its dashes let one see both where they coincide. It is darker than losses of
  /// batches, also in grey.
  static final CurveStyle DASHED = new CurveStyle(new Color(0xa63603), 5, dashes(3.5f), dashes(2));

  /// Of curves of equal rank, in their order: told apart by colours that are as dark as each other,
  /// and by dashes where there is no colour.
  static final List<CurveStyle> SERIES =
      List.of(
          series(0x08519c),
          series(0xd95f02, 16, 8),
          series(0x1b7837, 5, 6),
          series(0x762a83, 18, 7, 4, 7),
          series(0xb2182b, 28, 8),
          series(0x333333, 10, 5, 3, 5, 3, 5),
          series(0x8c510a, 3, 9),
          series(0x01665e, 22, 6, 10, 6));

  private static CurveStyle series(int colour, float... dashes) {
    BasicStroke stroke =
        dashes.length == 0
            ? new BasicStroke(4, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
            : new BasicStroke(4, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
    return new CurveStyle(new Color(colour), 7, stroke, stroke);
  }

  private static BasicStroke dashes(float width) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {12, 9}, 0);
  }
}
