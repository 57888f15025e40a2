package twister.yaml;

import java.util.Optional;
import java.util.function.DoublePredicate;

/// A number within bounds.
///
/// @param allowed the bounds, in words
/// @param within the bounds
public record NumberRule(String allowed, DoublePredicate within) implements Rule<Double> {
  /// Above 0.
  public static final NumberRule POSITIVE =
      new NumberRule(
          "a finite number above 0", value -> value > 0 && value < Double.POSITIVE_INFINITY);

  /// 0 or above.
  public static final NumberRule FROM_ZERO =
      new NumberRule(
          "a finite number from 0", value -> value >= 0 && value < Double.POSITIVE_INFINITY);

  /// Any number, infinite ones as well.
  public static final NumberRule ANY =
      new NumberRule("a number, .inf or -.inf", value -> !Double.isNaN(value));

  @Override
  public Optional<Double> meaning(YamlValue found) {
    return found instanceof YamlValue.Numeral number
        ? Optional.of(number.fraction()).filter(within::test)
        : Optional.empty();
  }
}
