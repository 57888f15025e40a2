package twister.report;

import java.lang.Character.UnicodeScript;
import java.util.stream.Collectors;

/// Text as a terminal shows it, where letters take no column, one, or two.
final class Letters {
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int DELETE = 0x7f;
  private static final int DELETE_PICTURE = 0x2421;

  private Letters() {}

  /// How many columns of a terminal a text takes (Unicode Standard Annex 11, UAX 29).
  static int width(String text) {
    return text.codePoints().map(Letters::width).sum();
  }

  private static int width(int letter) {
    return letter < 0x300 ? 1 : joins(letter) ? 0 : isWide(letter) ? 2 : 1;
  }

  /// Marks and vowels that are drawn onto the letter before them.
  private static boolean joins(int letter) {
    return switch (Character.getType(letter)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> true;
      default -> letter >= 0x1160 && letter <= 0x11ff;
    };
  }

  private static boolean isWide(int letter) {
    if (letter < 0x1100 || (letter >= 0xff61 && letter <= 0xffdf)) {
      return false;
    }
    return Character.isEmojiPresentation(letter)
        || (letter >= 0x3000 && letter <= 0x303e)
        || (letter >= 0xff01 && letter <= 0xff60)
        || (letter >= 0xffe0 && letter <= 0xffe6)
        || isOfWideScript(letter);
  }

  private static boolean isOfWideScript(int letter) {
    return switch (UnicodeScript.of(letter)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI, TANGUT, NUSHU -> true;
      default -> false;
    };
  }

  /// A text without characters that move the cursor: control pictures stand for them, and `?` for
  /// those without one.
  static String visible(String text) {
    boolean isVisible = text.codePoints().noneMatch(Letters::isHidden);
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
    return letter < ' '
        ? CONTROL_PICTURES + letter
        : letter == DELETE ? DELETE_PICTURE : '?';
  }

  /// The beginning of a text, with an ellipsis in place of what takes more columns.
  ///
  /// @param columns at least 1
  static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int left = columns - 1;
    for (int letter : text.codePoints().toArray()) {
      left -= width(letter);
      if (left < 0) {
        break;
      }
      cut.appendCodePoint(letter);
    }
    return cut.append('…').toString();
  }
}
