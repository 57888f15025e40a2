package twister.spec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntSupplier;

/// How large a chart is, and how large its text.
///
/// A chart is laid out in units of its font: numbers of axes are always [#TEXT] units high, lines
/// as thick as fits that. A chart that is larger at the same font size has more units; one with a
/// larger font has fewer. A picture of [#DEFAULT] size has a unit for each pixel.
///
/// @param length what `width` and `height` are measured in
/// @param width of the picture
/// @param height of the picture; charts that know how much they have to show may be higher or lower
/// @param fontSize of the numbers of axes, in points of 1/72 inch; titles are a little larger,
///   other labels a little smaller
/// @param dpi pixels per inch
public record ChartSize(Length length, double width, double height, double fontSize, int dpi) {
  /// Height of the numbers of axes, in units.
  public static final int TEXT = 34;

  /// What a size of text can be.
  public static final String FONT_SIZE_ALLOWED =
      "a number of points above 0, at most 100, such as 9";

  static final int MOST_POINTS = 100;
  private static final double FONT_ON_PAPER = 9;
  private static final double POINTS_PER_INCH = 72;
  private static final double CENTIMETRES_PER_INCH = 2.54;
  private static final int DPI = 300;

  /// Smaller charts have no room beside their numbers and titles: 6 x 4.5 cm at 9 pt.
  private static final int LEAST_WIDTH = 640;

  private static final int LEAST_HEIGHT = 480;

  /// Smaller print is a strain for most eyes.
  private static final double LEAST_POINTS = 5;

  /// 1200 x 800 pixels, 10.2 x 6.8 cm when printed, its text of 8 points.
  public static final ChartSize DEFAULT = pixels(1200, 800);

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
    double fontSize = (double) TEXT / DPI * POINTS_PER_INCH;
    return new ChartSize(Length.PIXELS, width, height, fontSize, DPI);
  }

  /// A size on paper, of 300 dpi.
  ///
  /// @param fontSize in points
  public static ChartSize centimetres(double width, double height, double fontSize) {
    return new ChartSize(Length.CENTIMETRES, width, height, fontSize, DPI);
  }

  /// Whether text can be so large.
  ///
  /// @param points of 1/72 inch
  public static boolean isFontSize(double points) {
    return points > 0 && points <= MOST_POINTS;
  }

  /// The size that a user asks for. The height is two thirds of the width, unless it is given; text
  /// is of 9 points on paper, and as in [#DEFAULT] where lengths are in pixels.
  ///
  /// @param fontSize in points
  /// @throws IllegalArgumentException if there is a [#problem]
  public static ChartSize of(
      Optional<ChartLength> width, Optional<ChartLength> height, OptionalDouble fontSize) {
    Optional<String> problem = problem(width, height, fontSize);
    if (problem.isPresent()) {
      throw new IllegalArgumentException(problem.get());
    }
    return size(width, height, fontSize);
  }

  /// Why a size that a user asks for cannot be had; empty where it can.
  ///
  /// @param fontSize in points
  public static Optional<String> problem(
      Optional<ChartLength> width, Optional<ChartLength> height, OptionalDouble fontSize) {
    boolean areMixed =
        width.isPresent() && height.isPresent() && width.get().length() != height.get().length();
    if (areMixed) {
      return Optional.of(
          "the height is another kind of length than the width, allowed: both of one");
    }
    ChartSize size = size(width, height, fontSize);
    // What follows from a length that was given is not what has to be changed.
    if (height.isEmpty()) {
      return problem(
          () -> size.withRoom(size.width, Math.max(LEAST_WIDTH, LEAST_HEIGHT * 3 / 2), "wide"));
    }
    return problem(size::unitsUp).or(size::problem);
  }

  private static Optional<String> problem(IntSupplier size) {
    try {
      var _ = size.getAsInt();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static ChartSize size(
      Optional<ChartLength> width, Optional<ChartLength> height, OptionalDouble fontSize) {
    Length length = width.or(() -> height).map(ChartLength::length).orElse(DEFAULT.length());
    double across =
        width
            .map(ChartLength::size)
            .or(() -> height.map(high -> high.size() * 3 / 2))
            .orElse(DEFAULT.width());
    double high = height.map(ChartLength::size).orElse(across * 2 / 3);
    double points = length == Length.PIXELS ? DEFAULT.fontSize() : FONT_ON_PAPER;
    return new ChartSize(length, across, high, fontSize.orElse(points), DPI);
  }

  /// A size that is so many units lower.
  public ChartSize lower(double units) {
    return new ChartSize(
        length, width, Math.max(1e-3, height * (1 - units / units(height))), fontSize, dpi);
  }

  /// Why a chart of this size has no room for its text; empty where it has.
  public Optional<String> problem() {
    return problem(this::units).or(() -> problem(this::unitsUp));
  }

  /// The smallest text that one can read, in units: on paper, of 5 points.
  ///
  /// @param pixels the smallest on a screen
  public double leastText(double pixels) {
    return length == Length.PIXELS ? pixels : LEAST_POINTS / pointsPerUnit();
  }

  /// Width of the picture in units.
  ///
  /// @throws IllegalArgumentException if its text has no room
  public int units() {
    return withRoom(width, LEAST_WIDTH, "wide");
  }

  /// Height of the picture in units.
  ///
  /// @throws IllegalArgumentException if its text has no room
  public int unitsUp() {
    return withRoom(height, LEAST_HEIGHT, "high");
  }

  private int withRoom(double size, int least, String direction) {
    int units = units(size);
    if (units < least) {
      throw new IllegalArgumentException(
          "a chart with text of %s pt: expected at least %s cm %s, got %s; make it larger or its text smaller"
              .formatted(
                  significant(fontSize),
                  centimetres(least),
                  direction,
                  significant(inches(size) * CENTIMETRES_PER_INCH)));
    }
    return units;
  }

  /// The length of so many units in centimetres, with three digits, rounded up.
  public String centimetres(double units) {
    return plain(
        BigDecimal.valueOf(units * inchesPerUnit() * CENTIMETRES_PER_INCH)
            .round(new MathContext(3, RoundingMode.UP)));
  }

  private int units(double size) {
    return Math.clamp(Math.round(inches(size) / inchesPerUnit()), 1, Short.MAX_VALUE);
  }

  private double inchesPerUnit() {
    return fontSize / POINTS_PER_INCH / TEXT;
  }

  private double inches(double size) {
    return switch (length) {
      case CENTIMETRES -> size / CENTIMETRES_PER_INCH;
      case PIXELS -> size / dpi;
    };
  }

  /// So many pixels are one unit of the picture, whose width is a whole number of units.
  public double pixelsPerUnit() {
    return inches(width) * dpi / units(width);
  }

  /// So many points of 1/72 inch are one unit of the picture.
  public double pointsPerUnit() {
    return inches(width) * POINTS_PER_INCH / units(width);
  }

  /// The length of so many units as SVG writes it: `8.5cm`, or `1200` pixels.
  public String svg(int units) {
    double exact = units * width / units(width);
    // Heights are not a whole number of units, and shall be what was asked for.
    double asked = units == units(height) ? height : exact;
    BigDecimal rounded =
        BigDecimal.valueOf(units == units(width) ? width : asked)
            .setScale(3, RoundingMode.HALF_EVEN);
    String number = plain(rounded);
    return switch (length) {
      case CENTIMETRES -> number + "cm";
      case PIXELS -> number;
    };
  }

  private static String significant(double number) {
    return plain(BigDecimal.valueOf(number).round(new MathContext(3)));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
