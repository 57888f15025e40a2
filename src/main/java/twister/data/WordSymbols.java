package twister.data;

/// Which symbols a word may have, the boundary aside: all that one can see, spaces inside it, and
/// the invisible signs without which some words cannot be written.
final class WordSymbols {
  /// How letters beside it are joined, in words of Persian and of languages of India.
  private static final int NON_JOINER = 0x200c;

  /// The same, and inside of emoji.
  private static final int JOINER = 0x200d;

  /// Ranges of invisible signs: what has the property Default_Ignorable_Code_Point in Unicode 16,
  /// and the blank pattern of Braille.
  private static final int[][] INVISIBLE = {
    {0x00ad, 0x00ad},
    {0x034f, 0x034f},
    {0x061c, 0x061c},
    {0x115f, 0x1160},
    {0x17b4, 0x17b5},
    {0x180b, 0x180f},
    {0x200b, 0x200f},
    {0x202a, 0x202e},
    {0x2060, 0x206f},
    {0x2800, 0x2800},
    {0x3164, 0x3164},
    {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff},
    {0xffa0, 0xffa0},
    {0xfff0, 0xfff8},
    {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a},
    {0xe0000, 0xe0fff},
  };

  private WordSymbols() {}

  /// Whether a word may have a symbol.
  ///
  /// @param isFirst whether the word begins with it
  /// @param isLast whether the word ends with it
  static boolean isAllowed(int symbol, boolean isFirst, boolean isLast) {
    if (symbol >= 'a' && symbol <= 'z') {
      return true;
    }
    if (symbol == ' ' || symbol == NON_JOINER || symbol == JOINER) {
      return !isFirst && !isLast;
    }
    if (isVariationSelector(symbol)) {
      return !isFirst;
    }
    return !isWhiteSpace(symbol) && isVisible(symbol);
  }

  /// Whether a text may have a symbol: all that a word may have, and white space anywhere.
  static boolean isAllowedInText(int symbol, boolean isFirst) {
    return isWhiteSpace(symbol) || isAllowed(symbol, isFirst, false);
  }

  private static boolean isVisible(int symbol) {
    return !isInvisible(symbol)
        && !Character.isISOControl(symbol)
        && Character.getType(symbol) != Character.SURROGATE;
  }

  /// Whether it is a space of any width, that of no break among them, or the end of a line.
  static boolean isWhiteSpace(int symbol) {
    return Character.isWhitespace(symbol) || Character.isSpaceChar(symbol) || symbol == 0x85;
  }

  /// It chooses between shapes of the symbol before it, such as black and coloured hearts.
  private static boolean isVariationSelector(int symbol) {
    return (symbol >= 0xfe00 && symbol <= 0xfe0f) || (symbol >= 0xe0100 && symbol <= 0xe01ef);
  }

  private static boolean isInvisible(int symbol) {
    for (int[] range : INVISIBLE) {
      if (symbol >= range[0] && symbol <= range[1]) {
        return true;
      }
    }
    return false;
  }

  /// What is wrong with a symbol that is not allowed.
  ///
  /// @param unit what holds one word
  static String refusal(int symbol, String unit) {
    if (isWhiteSpace(symbol)) {
      return "white space (U+%04X) here; allowed: one word per %s, spaces (U+0020) only inside it"
          .formatted(symbol, unit);
    }
    if (isInvisible(symbol)) {
      String name = Character.getName(symbol);
      return "the invisible sign U+%04X%s here; take it out"
          .formatted(symbol, name == null ? "" : " (" + name + ")");
    }
    return "the control character U+%04X; allowed: text".formatted(symbol);
  }
}
