package twister.chart;

import java.util.Optional;

/// How large a chart is, and how large its text.
///
/// A chart is laid out in units of its font: numbers of axes are always [PlotStyle#TICKS] units
/// high, lines as thick as fits that, see [PlotStyle]. A chart that is larger at the same font size
/// has more units; one with a larger font has fewer. A picture of [#DEFAULT] size has a unit for
/// each pixel.
///
/// @param length what `width` and `height` are measured in
/// @param width of the picture
/// @param height of the picture; charts that know how much they have to show may be higher or lower
/// @param fontSize of the numbers of axes, in points of 1/72 inch; titles are a little larger,
///   other labels a little smaller
/// @param dpi pixels per inch
public record ChartSize(Length length, double width, double height, double fontSize, int dpi) {
  private static final double POINTS_PER_INCH = 72;
  private static final double CENTIMETRES_PER_INCH = 2.54;
  private static final int DPI = 300;

  /// Smaller charts have no room beside their numbers and titles: 6 x 4.5 cm at 9 pt.
  private static final int LEAST_WIDTH = 640;

  private static final int LEAST_HEIGHT = 480;

  /// Smaller print is a strain for most eyes.
  private static final double LEAST_POINTS = 5;

  /// 1200 x 800 pixels, 10.2 x 6.8 cm when printed, its text of 8 points.
  public static final ChartSize DEFAULT = pixels(PlotStyle.WIDTH, PlotStyle.HEIGHT);

  /// What lengths are measured in.
  public enum Length {
    CENTIMETRES,
    PIXELS
  }

  public ChartSize {
    if (!(width > 0 && height > 0 && fontSize > 0 && dpi > 0)) {
      throw new IllegalArgumentException(
          "chart size: expected numbers above 0, got %s x %s, %s pt, %d dpi"
              .formatted(width, height, fontSize, dpi));
    }
  }

  /// A size with a unit for each pixel, at 300 dpi.
  public static ChartSize pixels(double width, double height) {
    double fontSize = PlotStyle.TICKS.size() / DPI * POINTS_PER_INCH;
    return new ChartSize(Length.PIXELS, width, height, fontSize, DPI);
  }

  /// A size on paper, of 300 dpi.
  ///
  /// @param fontSize in points
  public static ChartSize centimetres(double width, double height, double fontSize) {
    return new ChartSize(Length.CENTIMETRES, width, height, fontSize, DPI);
  }

  /// A size that is so many units lower.
  ChartSize lower(double units) {
    return new ChartSize(
        length, width, Math.max(1e-3, height * (1 - units / units(height))), fontSize, dpi);
  }

  /// Why a chart of this size has no room for its text; empty where it has.
  public Optional<String> problem() {
    try {
      units();
      unitsUp();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// The smallest text that one can read, in units: on paper, of 5 points.
  ///
  /// @param pixels the smallest on a screen
  double leastText(double pixels) {
    return length == Length.PIXELS ? pixels : LEAST_POINTS / pointsPerUnit();
  }

  /// Width of the picture in units.
  ///
  /// @throws IllegalArgumentException if its text has no room
  int units() {
    return withRoom(width, LEAST_WIDTH, "wide");
  }

  /// Height of the picture in units.
  ///
  /// @throws IllegalArgumentException if its text has no room
  int unitsUp() {
    return withRoom(height, LEAST_HEIGHT, "high");
  }

  private int withRoom(double size, int least, String direction) {
    int units = units(size);
    if (units < least) {
      throw new IllegalArgumentException(
          "a chart with text of %s pt: expected at least %s cm %s, got %s; make it larger or its text smaller"
              .formatted(
                  Numbers.significant(fontSize),
                  Numbers.significant(least * inchesPerUnit() * CENTIMETRES_PER_INCH),
                  direction,
                  Numbers.significant(inches(size) * CENTIMETRES_PER_INCH)));
    }
    return units;
  }

  private int units(double size) {
    return Math.clamp(Math.round(inches(size) / inchesPerUnit()), 1, Short.MAX_VALUE);
  }

  private double inchesPerUnit() {
    return fontSize / POINTS_PER_INCH / PlotStyle.TICKS.size();
  }

  private double inches(double size) {
    return switch (length) {
      case CENTIMETRES -> size / CENTIMETRES_PER_INCH;
      case PIXELS -> size / dpi;
    };
  }

  /// So many pixels are one unit of the picture, whose width is a whole number of units.
  double pixelsPerUnit() {
    return inches(width) * dpi / units(width);
  }

  /// So many points of 1/72 inch are one unit of the picture.
  double pointsPerUnit() {
    return inches(width) * POINTS_PER_INCH / units(width);
  }

  /// The length of so many units as SVG writes it: `8.5cm`, or `1200` pixels.
  String svg(int units) {
    double exact = units * width / units(width);
    // Heights are not a whole number of units, and shall be what was asked for.
    double asked = units == units(height) ? height : exact;
    String number = Numbers.plain(units == units(width) ? width : asked);
    return switch (length) {
      case CENTIMETRES -> number + "cm";
      case PIXELS -> number;
    };
  }
}
