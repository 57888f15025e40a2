package twister.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import twister.text.PlainNumber;

/// The width or the height of a chart as users write it: `8.5cm`.
///
/// @param value how many units, above 0
public record ChartLength(double value, Unit unit) {
  /// What can be written.
  public static final String ALLOWED =
      "a length above 0, at most 100cm or 12000px, such as 8.5cm, 85mm, 3.3in or 1200px";

  private static final Pattern FORM =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?|\\.[0-9]+) ?(cm|mm|in|px)");
  private static final double MOST_CENTIMETRES = 100;
  private static final double MOST_PIXELS = 12_000;

  /// What a length is measured in.
  public enum Unit {
    /// Centimetres.
    CM(1),
    /// Millimetres.
    MM(0.1),
    /// Inches.
    IN(2.54),
    /// Pixels.
    PX(0);

    private final double centimetres;

    Unit(double centimetres) {
      this.centimetres = centimetres;
    }
  }

  public ChartLength {
    double most = unit == Unit.PX ? MOST_PIXELS : MOST_CENTIMETRES / unit.centimetres;
    if (!(value > 0 && value <= most)) {
      throw new IllegalArgumentException("length: expected " + ALLOWED + ", got " + value);
    }
  }

  /// Reads a length; empty where the text is none, see [#ALLOWED].
  public static Optional<ChartLength> of(String text) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Unit unit = Unit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
    try {
      return Optional.of(new ChartLength(Double.parseDouble(matcher.group(1)), unit));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// As [#of] reads it.
  public String text() {
    return PlainNumber.of(value) + unit.name().toLowerCase(Locale.ROOT);
  }

  /// What its size on paper or on a screen is measured in.
  ChartSize.Length length() {
    return unit == Unit.PX ? ChartSize.Length.PIXELS : ChartSize.Length.CENTIMETRES;
  }

  /// In centimetres, or in pixels.
  double size() {
    return unit == Unit.PX ? value : value * unit.centimetres;
  }
}
