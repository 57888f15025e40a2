package twister.chart;

import java.util.stream.Collectors;

/// Symbols of a vocabulary as a chart shows them.
final class Symbols {
  private static final int OPEN_BOX = 0x2423;
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int DELETE_PICTURE = 0x2421;
  private static final int REPLACEMENT = 0xfffd;

  private Symbols() {}

  /// The symbol with a mark in the place of every character that has no look of its own: U+2423
  /// for a space, the control pictures for control characters, U+FFFD for what XML cannot hold.
  static String visible(String symbol) {
    return symbol
        .codePoints()
        .map(Symbols::visible)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static int visible(int codePoint) {
    if (codePoint == ' ') {
      return OPEN_BOX;
    }
    if (codePoint < ' ') {
      return CONTROL_PICTURES + codePoint;
    }
    if (codePoint == 0x7f) {
      return DELETE_PICTURE;
    }
    boolean surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    return surrogate || codePoint == 0xfffe || codePoint == 0xffff ? REPLACEMENT : codePoint;
  }
}
