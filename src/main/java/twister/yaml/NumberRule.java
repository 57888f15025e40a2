package twister.yaml;

import java.util.Optional;

/// A number within bounds, both allowed themselves.
///
/// @param allowed the bounds, in words
public record NumberRule(String allowed, double from, double to) implements Rule<Double> {
  /// Above 0.
  public static final NumberRule POSITIVE =
      new NumberRule("a finite number above 0", Double.MIN_VALUE, Double.MAX_VALUE);

  /// 0 or above.
  public static final NumberRule FROM_ZERO =
      new NumberRule("a finite number from 0", 0, Double.MAX_VALUE);

  /// Any number that is finite.
  public static final NumberRule FINITE =
      new NumberRule("a finite number", -Double.MAX_VALUE, Double.MAX_VALUE);

  /// Any number, infinite ones as well.
  public static final NumberRule ANY =
      new NumberRule("a number, .inf or -.inf", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  @Override
  public Optional<Double> meaning(YamlValue found) {
    return found instanceof YamlValue.Numeral number
        ? Optional.of(number.fraction()).filter(value -> value >= from && value <= to)
        : Optional.empty();
  }
}
