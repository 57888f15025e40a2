package twister.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextWidthTest {
  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "日本語, 6",
    "한글, 4",
    "カナ, 4",
    "ｶﾅ, 2",
    "Ａ, 2",
    "「」, 4",
    "e\u0301, 1",
    "\u25cc\u0301, 1",
    "\uD83D\uDE00, 2",
    "\uD83D\uDC69\u200D\uD83D\uDD2C, 2",
    "ß, 1",
    "…, 1",
  })
  void textTakesSoManyColumnsInATerminal(String text, int columns) {
    assertEquals(columns, TextWidth.of(text));
  }

  @Test
  void paddedTextEndsInTheSameColumn() {
    assertEquals("日  ", TextWidth.padded("日", 4));
    assertEquals("abcde", TextWidth.padded("abcde", 4));
  }
}
