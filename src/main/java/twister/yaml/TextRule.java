package twister.yaml;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Text of a certain form.
///
/// @param allowed the form, in words
/// @param pattern a pattern that matches every such text as a whole, and perhaps others
public record TextRule(String allowed, Pattern pattern, Predicate<String> form)
    implements Rule<String> {
  private static final Pattern NOT_BLANK = Pattern.compile("[\\s\\S]*\\S[\\s\\S]*");

  /// The path of a file.
  public static final TextRule FILE = visible("the path of a file, without control characters", "");

  /// Text that a pattern matches as a whole.
  public static TextRule matching(String allowed, Pattern pattern) {
    return new TextRule(allowed, pattern, pattern.asMatchPredicate());
  }

  /// Text that is not blank and that every file and terminal can hold.
  public static TextRule visible(String allowed, String alsoAllowed) {
    return new TextRule(
        allowed,
        NOT_BLANK,
        text ->
            !text.isBlank()
                && text.codePoints().allMatch(c -> isText(c) || alsoAllowed.indexOf(c) >= 0));
  }

  private static boolean isText(int character) {
    return !Character.isISOControl(character)
        && Character.getType(character) != Character.SURROGATE;
  }

  @Override
  public Optional<String> meaning(YamlValue found) {
    return found instanceof YamlValue.Text value
        ? Optional.of(value.text()).filter(form)
        : Optional.empty();
  }

  @Override
  public String advice(YamlValue found) {
    boolean fits =
        switch (found) {
          case YamlValue.Numeral number -> form.test(number.text());
          case YamlValue.Truth truth -> form.test(truth.text());
          default -> false;
        };
    return fits ? "; quotes make it text" : "";
  }
}
