package twister.yaml;

/// What a user wrote, as a message can show it: one line, of bounded length, and visible.
public final class Excerpt {
  private static final int MOST = 60;

  private Excerpt() {}

  /// The text with invisible characters escaped, cut after 60 characters.
  public static String of(String text) {
    if (text.length() <= MOST && isPlain(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(MOST).forEach(character -> append(shown, character));
    if (text.codePoints().skip(MOST).findAny().isPresent()) {
      shown.append('…');
    }
    return shown.toString();
  }

  /// Whether all of it is visible in ASCII, as nearly every key is: the quick way for files with
  /// thousands of runs.
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static void append(StringBuilder shown, int character) {
    switch (character) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (isVisible(character)) {
          shown.appendCodePoint(character);
        } else {
          shown.append(String.format(character < 0x10000 ? "\\u%04X" : "\\U%08X", character));
        }
      }
    }
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
