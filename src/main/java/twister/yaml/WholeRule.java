package twister.yaml;

import java.util.Locale;
import java.util.Optional;

/// A whole number within bounds, both allowed themselves.
public record WholeRule(long from, long to) implements Rule<Long> {
  @Override
  public String allowed() {
    return String.format(Locale.ROOT, "a whole number from %,d to %,d", from, to);
  }

  @Override
  public Optional<Long> meaning(YamlValue found) {
    return found instanceof YamlValue.Numeral number
        ? number.whole().stream().boxed().filter(value -> value >= from && value <= to).findFirst()
        : Optional.empty();
  }
}
