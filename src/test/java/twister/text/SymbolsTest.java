package twister.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolsTest {
  /// A font that has everything.
  private static final Symbols ALL = new Symbols(codePoint -> true);

  private static String text(Symbols symbols, int codePoint) {
    return symbols.label(Character.toString(codePoint)).text();
  }

  @ParameterizedTest
  @CsvSource({
    "61,a",
    "65E5,日",
    "1F600,😀",
    "20,␣",
    "0A,↵",
    "9,␉",
    "7F,␡",
    "301,◌́",
    "903,◌ः",
    "20DD,◌⃝",
  })
  void whatTheFontDrawsIsDrawn(String codePoint, String text) {
    assertEquals(text, text(ALL, Integer.parseInt(codePoint, 16)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "U+200D", "U+00AD", "U+E000", "U+D800", "U+FFFE", "U+0378", "U+00A0", "U+0085", "U+2028"
      })
  void whatHasNoLookInAnyFontIsSpelled(String text) {
    assertEquals(text, text(ALL, Integer.parseInt(text.substring(2), 16)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"U+0009", "U+0020", "U+0301", "U+65E5", "U+1F468"})
  void whatTheFontLacksIsSpelled(String text) {
    Symbols letters = new Symbols(codePoint -> codePoint < 0x100);

    assertEquals(text, text(letters, Integer.parseInt(text.substring(2), 16)));
  }

  @Test
  void aMarkIsSpelledWhereTheFontLacksTheDottedCircle() {
    assertEquals("U+0301", text(new Symbols(codePoint -> codePoint != 0x25cc), 0x301));
  }

  @Test
  void aMarkDoesNotJoinTheLetterBeforeIt() {
    assertEquals(
        new Symbols.Label("e◌\u0301", false), ALL.label("e").followedBy(ALL.label("\u0301")));
  }

  @Test
  void aCodePointEndsBeforeTheNextSymbol() {
    assertEquals(
        new Symbols.Label("U+200D a", true), ALL.label("\u200d").followedBy(ALL.label("a")));
  }
}
