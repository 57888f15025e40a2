package twister.text;

import java.util.stream.Collectors;

/// Text as a terminal shows it.
public final class VisibleText {
  private VisibleText() {}

  /// A text without characters that move the cursor: control pictures stand for them, and `?` for
  /// those without one.
  public static String visible(String text) {
    boolean isVisible = text.codePoints().noneMatch(VisibleText::isHidden);
    return isVisible
        ? text
        : text.codePoints()
            .map(letter -> isHidden(letter) ? picture(letter) : letter)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
  }

  private static boolean isHidden(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> letter != 0x200d;
      default -> false;
    };
  }

  private static int picture(int letter) {
    int picture = Picture.of(letter);
    return picture == 0 ? '?' : picture;
  }

  /// The beginning of a text, with an ellipsis in place of what takes more columns.
  ///
  /// @param columns at least 1
  public static String cut(String text, int columns) {
    if (TextWidth.of(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int left = columns - 1;
    for (String character : TextWidth.characters(text)) {
      left -= TextWidth.of(character);
      if (left < 0) {
        break;
      }
      cut.append(character);
    }
    return cut.append('…').toString();
  }
}
