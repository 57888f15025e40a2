package twister.text;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/// Symbols of a vocabulary as a chart or a table shows them: each with a look of its own, or by
/// code point.
///
/// @param drawable whether the font of the chart draws a code point so that one can see it
public record Symbols(IntPredicate drawable) {
  private static final int OPEN_BOX = 0x2423;
  private static final int DOTTED_CIRCLE = 0x25cc;

  /// What stands for a symbol.
  ///
  /// @param isSpelled whether some of it is a code point as text, such as `U+65E5`
  public record Label(String text, boolean isSpelled) {
    /// The label of two symbols, one after the other. A space ends a code point: the letter after
    /// it may look like one of its digits.
    public Label followedBy(Label next) {
      boolean spelled = isSpelled || next.isSpelled;
      return new Label(text + (spelled ? " " : "") + next.text, spelled);
    }
  }

  /// Symbols as a text shows them, which may find a font for any.
  public static String visible(String symbols) {
    return new Symbols(_ -> true).label(symbols).text();
  }

  /// The symbol with U+2423 for a space, U+21B5 for the end of a line, the control pictures for
  /// other control characters and U+25CC under a combining mark, which would else join the letter
  /// before it; its code point, such as `U+65E5`, for whatever cannot be told apart from others by
  /// its look.
  public Label label(String symbol) {
    List<Label> labels = symbol.codePoints().mapToObj(this::label).toList();
    return new Label(
        labels.stream().map(Label::text).collect(Collectors.joining()),
        labels.stream().anyMatch(Label::isSpelled));
  }

  private Label label(int codePoint) {
    String look = look(codePoint);
    return !look.isEmpty() && look.codePoints().allMatch(drawable)
        ? new Label(look, false)
        : new Label("U+%04X".formatted(codePoint), true);
  }

  /// What the symbol is drawn as; empty if no font could make it visible to every reader.
  private static String look(int codePoint) {
    if (codePoint > ' ' && (Character.isSpaceChar(codePoint) || isControlOfLatin1(codePoint))) {
      return "";
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          Character.toString(DOTTED_CIRCLE) + Character.toString(codePoint);
      case Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED -> "";
      default -> Character.toString(picture(codePoint));
    };
  }

  private static boolean isControlOfLatin1(int codePoint) {
    return codePoint >= 0x80 && codePoint < 0xa0;
  }

  private static int picture(int codePoint) {
    int picture = codePoint == ' ' ? OPEN_BOX : Picture.of(codePoint);
    return picture == 0 ? codePoint : picture;
  }
}
