package twister.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WrappedLinesTest {
  private static final String LINE = "  memory    0.1 MB for the largest batch, besides the words";

  @Test
  void linesThatFitStay() {
    assertEquals(LINE + "\nb  c", WrappedLines.of(LINE + "\nb  c", LINE.length()));
    assertEquals(LINE, WrappedLines.of(LINE, 5), "nobody reads a column of words");
  }

  @Test
  void longLinesAreBrokenBetweenWordsAndGoOnBelowTheirText() {
    assertEquals(
        "  memory    0.1 MB for the largest\n            batch, besides the words",
        WrappedLines.of(LINE, 38));
    assertEquals(
        "            charts/: loss, bigrams,\n            profile",
        WrappedLines.of("            charts/: loss, bigrams, profile", 38));
    assertEquals(
        "x: Which of the words of this\n  question fit?",
        WrappedLines.of("x: Which of the words of this question fit?", 30));
  }

  @Test
  void wordsThatAreTooLongStandAlone() {
    String word = "w".repeat(40);
    assertEquals("a\n  " + word + "\n  b", WrappedLines.of("a " + word + " b", 30));
    assertEquals("  files     " + word, WrappedLines.of("  files     " + word, 30));
  }
}
