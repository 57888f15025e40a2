package twister.ranking;

import java.util.ArrayList;
import java.util.List;
import twister.text.TextWidth;
import twister.text.VisibleText;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Takes the text of a condition apart.
///
/// @param text as it was typed
record ConditionTokens(String text) {
  private static final String SIGNS = "=!<>&|~";

  /// What a piece of the text is.
  enum Kind {
    WORD,
    QUOTED,
    SIGN,
    OPENING,
    CLOSING,
    END
  }

  /// A piece of the text.
  ///
  /// @param text without quotes
  /// @param start where it begins in the whole text
  record Token(Kind kind, String text, int start) {
    boolean isWord(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    /// The piece as a message names it.
    String found() {
      return kind == Kind.END ? "the end" : "'" + VisibleText.visible(text) + "'";
    }
  }

  /// All pieces, the end as the last.
  List<Token> tokens() throws InvalidInputException {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char letter = text.charAt(at);
      int end = at + 1;
      if (letter == '(' || letter == ')') {
        tokens.add(
            new Token(letter == '(' ? Kind.OPENING : Kind.CLOSING, text.substring(at, end), at));
      } else if (letter == '\'' || letter == '"') {
        end = endOfQuoted(at);
        String quote = String.valueOf(letter);
        String word = text.substring(at + 1, end - 1).replace(quote + quote, quote);
        tokens.add(new Token(Kind.QUOTED, word, at));
      } else if (!Character.isWhitespace(letter)) {
        boolean isSign = SIGNS.indexOf(letter) >= 0;
        end = endOf(at, isSign);
        tokens.add(new Token(isSign ? Kind.SIGN : Kind.WORD, text.substring(at, end), at));
      }
      at = end;
    }
    tokens.add(new Token(Kind.END, "", text.length()));
    return tokens;
  }

  /// A quote is closed by the same one; two in a row are one within the word.
  private int endOfQuoted(int start) throws InvalidInputException {
    char quote = text.charAt(start);
    int end = text.indexOf(quote, start + 1);
    while (end >= 0 && end + 1 < text.length() && text.charAt(end + 1) == quote) {
      end = text.indexOf(quote, end + 2);
    }
    if (end < 0) {
      throw mistake(start, "this quote is never closed");
    }
    return end + 1;
  }

  private int endOf(int start, boolean isSign) {
    int end = start + 1;
    while (end < text.length() && belongs(text.charAt(end), isSign)) {
      end++;
    }
    return end;
  }

  private static boolean belongs(char letter, boolean isSign) {
    return (SIGNS.indexOf(letter) >= 0) == isSign
        && "()'\"".indexOf(letter) < 0
        && !Character.isWhitespace(letter);
  }

  /// A message with the text below it, and a mark under a place of it.
  InvalidInputException mistake(int place, String message) {
    String before = VisibleText.visible(text.substring(0, place));
    return new InvalidInputException(
        Mistake.in(
            "--where",
            "%s%n  %s%n  %s^"
                .formatted(message, VisibleText.visible(text), " ".repeat(TextWidth.of(before)))));
  }
}
