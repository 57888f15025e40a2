package twister.yaml;

import java.util.Optional;

/// `true` or `false`.
public record TruthRule() implements Rule<Boolean> {
  @Override
  public String allowed() {
    return "true or false";
  }

  @Override
  public Optional<Boolean> meaning(YamlValue found) {
    return found instanceof YamlValue.Truth truth
        ? Optional.of(truth.text().equalsIgnoreCase("true"))
        : Optional.empty();
  }
}
