package twister.text;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// How many columns text takes in a terminal: what is read as one character takes one, or two where
/// it is of East Asian width or an emoji (Unicode Standard Annex 11); a combining mark takes none
/// of its own.
public final class TextWidth {
  /// An extended grapheme cluster.
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  /// Below it, characters take one column each.
  private static final int FIRST_MARK = 0x300;

  private static final Set<UnicodeScript> WIDE_SCRIPTS =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.YI);

  /// The letters of this block that are narrow, as its name says, follow the wide ones.
  private static final int FIRST_HALFWIDTH = 0xff61;

  private static final int LAST_HALFWIDTH = 0xffdc;

  private TextWidth() {}

  public static int of(String text) {
    return text.chars().allMatch(c -> c < FIRST_MARK)
        ? text.length()
        : characters(text).stream().mapToInt(character -> isWide(character) ? 2 : 1).sum();
  }

  /// What is read as single characters.
  public static List<String> characters(String text) {
    return CHARACTER.matcher(text).results().map(MatchResult::group).toList();
  }

  /// The text with spaces after it, up to a width.
  public static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - of(text)));
  }

  private static boolean isWide(String character) {
    int symbol = character.codePointAt(0);
    if (symbol >= FIRST_HALFWIDTH && symbol <= LAST_HALFWIDTH) {
      return false;
    }
    UnicodeBlock block = UnicodeBlock.of(symbol);
    return WIDE_SCRIPTS.contains(UnicodeScript.of(symbol))
        || Character.isEmojiPresentation(symbol)
        || UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION.equals(block)
        || UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS.equals(block);
  }
}
