package twister.chart;

import java.awt.Graphics2D;

/// Something to be painted, once into pixels and once into SVG, at the same time in two threads: it
/// must not change while it paints.
interface Picture {
  /// In pixels of the PNG, user units of the SVG.
  int width();

  /// In pixels of the PNG, user units of the SVG.
  int height();

  /// Paints the picture on a white ground.
  void paint(Graphics2D g);
}
