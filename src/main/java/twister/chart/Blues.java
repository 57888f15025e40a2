package twister.chart;

import java.awt.Color;

/// The colours of a heatmap: nine shades of the scheme "Blues" (Harrower and Brewer 2003,
/// ColorBrewer.org), straight lines between them, as in matplotlib.
final class Blues {
  static final Shades SHADES =
      new Shades(
          new int[] {
            0xf7fbff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b
          });

  private Blues() {}

  /// @param share from 0, nearly white, to 1, navy
  static Color shade(double share) {
    return SHADES.at(share);
  }

  /// Black or white, whichever reads better on a ground: on none is their contrast below 4.58.
  static Color ink(Color ground) {
    return contrast(Color.BLACK, ground) >= contrast(Color.WHITE, ground)
        ? Color.BLACK
        : Color.WHITE;
  }

  /// Contrast of two colours, from 1 to 21 (W3C, WCAG 2.2, "contrast ratio").
  static double contrast(Color one, Color other) {
    double lighter = Math.max(luminance(one), luminance(other));
    double darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  private static double luminance(Color colour) {
    return 0.2126 * linear(colour.getRed())
        + 0.7152 * linear(colour.getGreen())
        + 0.0722 * linear(colour.getBlue());
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
