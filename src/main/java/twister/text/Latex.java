package twister.text;

import java.util.stream.Collectors;

/// Text for LaTeX.
public final class Latex {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

  private Latex() {}

  /// Text as it stands, in the text of LaTeX; the `-` of a negative number as a minus. Letters of
  /// all scripts are left as they are.
  public static String escaped(String text) {
    String escaped = text.codePoints().mapToObj(Latex::escaped).collect(Collectors.joining());
    return text.matches("-[0-9].*") ? "$-$" + escaped.substring(1) : escaped;
  }

  private static String escaped(int letter) {
    return switch (letter) {
      case '&', '%', '$', '#', '_', '{', '}' -> "\\" + Character.toString(letter);
      case '\\' -> "\\textbackslash{}";
      case '~' -> "\\textasciitilde{}";
      case '^' -> "\\textasciicircum{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      case '"' -> "\\textquotedbl{}";
      case '[', ']' -> "{" + Character.toString(letter) + "}";
      case '±' -> "$\\pm$";
      case '×' -> "$\\times$";
      case '−' -> "$-$";
      case '⁻' -> "$^{-}$";
      case '…' -> "\\ldots{}";
      default -> raisedOrLowered(letter);
    };
  }

  private static String raisedOrLowered(int letter) {
    int raised = SUPERSCRIPTS.indexOf(letter);
    int lowered = SUBSCRIPTS.indexOf(letter);
    return raised >= 0
        ? "$^{" + raised + "}$"
        : lowered >= 0 ? "$_{" + lowered + "}$" : Character.toString(letter);
  }
}
