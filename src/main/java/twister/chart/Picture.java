package twister.chart;

import java.awt.Graphics2D;

/// Something to be painted, into pixels, SVG or PDF, also in several threads at the same time: it
/// must not change while it paints.
interface Picture {
  /// In units of [ChartSize].
  int width();

  /// In units of [ChartSize].
  int height();

  /// Paints the picture on a white ground.
  void paint(Graphics2D g);

  /// How large it is.
  default ChartSize size() {
    return ChartSize.pixels(width(), height());
  }

  /// What it shows, in words.
  default Description description() {
    return Description.NONE;
  }
}
