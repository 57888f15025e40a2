package twister.text;

/// What stands for a character that moves the cursor or leaves no ink.
final class Picture {
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int DELETE = 0x7f;
  private static final int DELETE_PICTURE = 0x2421;
  private static final int RETURN_ARROW = 0x21b5;

  private Picture() {}

  /// The picture of a control character of ASCII: `↵` for the end of a line, else the one that
  /// Unicode has for it.
  ///
  /// @return 0 for any other character
  static int of(int character) {
    if (character == '\n') {
      return RETURN_ARROW;
    }
    if (character == DELETE) {
      return DELETE_PICTURE;
    }
    return character < ' ' ? CONTROL_PICTURES + character : 0;
  }
}
