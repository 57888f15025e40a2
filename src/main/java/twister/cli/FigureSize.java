package twister.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import twister.chart.ChartSize;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Reads how large a figure is to be.
final class FigureSize {
  private static final Pattern LENGTH =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?|\\.[0-9]+) ?(cm|mm|in|px)");

  private static final double CENTIMETRES_PER_INCH = 2.54;
  private static final double FONT_ON_PAPER = 9;
  private static final double MOST_CENTIMETRES = 100;
  private static final int MOST_POINTS = 100;
  private static final double MOST_PIXELS = 12_000;

  private FigureSize() {}

  private record Length(double value, boolean isOfPixels) {}

  /// Reads the options.
  ///
  /// @throws InvalidInputException if one is no length, or the text would have no room
  static ChartSize of(Optional<String> width, Optional<String> height, Optional<Double> fontSize)
      throws InvalidInputException {
    if (width.isEmpty() && height.isEmpty() && fontSize.isEmpty()) {
      return ChartSize.DEFAULT;
    }
    Optional<Length> up = read("--height", height);
    Length across =
        read("--width", width)
            .or(() -> up.map(known -> new Length(known.value() * 3 / 2, known.isOfPixels())))
            .orElse(new Length(ChartSize.DEFAULT.width(), true));
    Length high = up.orElse(new Length(across.value() * 2 / 3, across.isOfPixels()));
    if (across.isOfPixels() != high.isOfPixels()) {
      throw refusal(
          "--height " + height.orElse(""), "found another kind of length than --width has");
    }
    double points =
        fontSize.orElse(across.isOfPixels() ? ChartSize.DEFAULT.fontSize() : FONT_ON_PAPER);
    if (!(points > 0 && points <= MOST_POINTS)) {
      throw refusal(
          "--font-size " + points,
          "allowed: a number of points above 0, at most %d, such as 9".formatted(MOST_POINTS));
    }
    ChartSize.Length unit =
        across.isOfPixels() ? ChartSize.Length.PIXELS : ChartSize.Length.CENTIMETRES;
    ChartSize size =
        new ChartSize(unit, across.value(), high.value(), points, ChartSize.DEFAULT.dpi());
    Optional<String> problem = size.problem();
    if (problem.isPresent()) {
      throw new InvalidInputException(Mistake.in("--width, --height", problem.get()));
    }
    return size;
  }

  private static Optional<Length> read(String option, Optional<String> text)
      throws InvalidInputException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = LENGTH.matcher(text.get().strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw refusal(
          option + " " + text.get(), "allowed: a length, such as 8.5cm, 85mm, 3.3in or 1200px");
    }
    double number = Double.parseDouble(matcher.group(1));
    double value =
        switch (matcher.group(2)) {
          case "mm" -> number / 10;
          case "in" -> number * CENTIMETRES_PER_INCH;
          default -> number;
        };
    boolean isOfPixels = matcher.group(2).equals("px");
    if (value == 0) {
      throw refusal(option + " " + text.get(), "allowed: a length above 0");
    }
    if (value > (isOfPixels ? MOST_PIXELS : MOST_CENTIMETRES)) {
      throw refusal(option + " " + text.get(), "allowed: at most 100cm or 12000px");
    }
    return Optional.of(new Length(value, isOfPixels));
  }

  private static InvalidInputException refusal(String option, String message) {
    return new InvalidInputException(Mistake.in(option, message));
  }
}
