package twister.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One of a few names.
///
/// @param choices the constants that may be chosen
public record ChoiceRule<E extends Enum<E>>(List<E> choices) implements Rule<E> {

  /// The constants of an enum, under their names in kebab-case.
  public static <E extends Enum<E>> ChoiceRule<E> of(Class<E> type) {
    return new ChoiceRule<>(Arrays.asList(type.getEnumConstants()));
  }

  /// The name of a constant in files: in kebab-case.
  public static String name(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String allowed() {
    List<String> names = names();
    int last = names.size() - 1;
    return last == 0
        ? names.getFirst()
        : String.join(", ", names.subList(0, last)) + " or " + names.getLast();
  }

  @Override
  public Optional<E> meaning(YamlValue found) {
    return found instanceof YamlValue.Text value
        ? choices.stream().filter(choice -> name(choice).equals(value.text())).findFirst()
        : Optional.empty();
  }

  @Override
  public String advice(YamlValue found) {
    return found instanceof YamlValue.Text value
        ? NearestName.of(value.text(), names())
            .map(name -> "; did you mean " + name + "?")
            .orElse("")
        : "";
  }

  private List<String> names() {
    return choices.stream().map(ChoiceRule::name).toList();
  }
}
