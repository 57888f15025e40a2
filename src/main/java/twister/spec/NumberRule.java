package twister.spec;

import java.util.Optional;
import java.util.function.DoublePredicate;

/// A finite number within bounds.
///
/// @param allowed the bounds, in words
/// @param within the bounds, which infinities and NaN may pass
record NumberRule(String allowed, DoublePredicate within) implements Rule<Double> {
  /// Above 0.
  static final NumberRule POSITIVE = new NumberRule("a finite number above 0", value -> value > 0);

  /// 0 or above.
  static final NumberRule FROM_ZERO = new NumberRule("a finite number from 0", value -> value >= 0);

  @Override
  public Optional<Double> meaning(YamlValue found) {
    return found instanceof YamlValue.Numeral number
        ? Optional.of(number.fraction()).filter(Double::isFinite).filter(within::test)
        : Optional.empty();
  }
}
