package twister.chart;

import java.awt.Color;

/// Colours from one end of a scale to the other.
///
/// @param stops (K) RGB values at even distances, straight lines between them
record Shades(int[] stops) {
  /// The scheme "Viridis" (van der Walt and Smith 2015, matplotlib), in ten steps: even to the eye,
  /// also to one that does not tell red from green, and in grey.
  static final Shades VIRIDIS =
      new Shades(
          new int[] {
            0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58,
            0xb5de2b, 0xfde725
          });

  /// The darker part of the scheme "Plasma" (van der Walt and Smith 2015, matplotlib), for lines
  /// and dots: its contrast to white is 3 or more, and it gets lighter all along, also in grey.
  static final Shades LINES =
      new Shades(new int[] {0x0d0887, 0x46039f, 0x7201a8, 0x9c179e, 0xbd3786, 0xd8576b, 0xe0625f});

  /// The scheme "RdBu" turned (Harrower and Brewer 2003, ColorBrewer.org): white in the middle.
  static final Shades DIVERGING =
      new Shades(
          new int[] {
            0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xffffff, 0xfddbc7, 0xf4a582,
            0xd6604d, 0xb2182b, 0x67001f
          });

  /// @param share from 0, the first, to 1, the last
  Color at(double share) {
    double place = Math.clamp(share, 0.0, 1.0) * (stops.length - 1);
    int lower = Math.min((int) place, stops.length - 2);
    Color from = new Color(stops[lower]);
    Color to = new Color(stops[lower + 1]);
    double part = place - lower;
    return new Color(
        between(from.getRed(), to.getRed(), part),
        between(from.getGreen(), to.getGreen(), part),
        between(from.getBlue(), to.getBlue(), part));
  }

  private static int between(int from, int to, double part) {
    return (int) Math.round(from + (to - from) * part);
  }
}
