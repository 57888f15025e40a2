package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Font;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import twister.spec.ChartSize;

class WrittenTextTest {
  /// The last letter of the private use areas, which no font has.
  private static final int NOWHERE = 0x10fffd;

  /// A letter of Cuneiform, which hardly any machine has a font for.
  private static final int CUNEIFORM = 0x12000;

  private static final Font USUAL = Lettering.ofSize(20).font();

  @Test
  void lettersThatNoFontHasAreSpelledApartFromOthers() {
    String text = "ab" + Character.toString(NOWHERE).repeat(2) + "cd e";
    WrittenText written = WrittenText.of(text, USUAL);
    assertEquals("ab U+10FFFD U+10FFFD cd e", written.text());
    assertEquals(WrittenText.of(written.text(), USUAL).width(), written.width(), 1e-3);
  }

  @Test
  void aTextThatItsFontHasIsOnePart() {
    assertEquals(
        List.of(new WrittenText.Part("loss, ln 27 – ₂ × Ä", USUAL)),
        WrittenText.of("loss, ln 27 – ₂ × Ä", USUAL).parts());
  }

  @Test
  void lettersThatAFontLacksComeFromAnotherOne() {
    String letter = Character.toString(0x1f600);
    Font serif = ChartFont.of("DejaVu Serif").map(ChartFont::font).orElse(USUAL).deriveFont(20f);
    assumeFalse(serif.canDisplay(0x1f600), "needs DejaVu Serif, which has no 😀");
    assumeTrue(USUAL.canDisplay(0x1f600), "needs another font with 😀");
    WrittenText written = WrittenText.of("a" + letter + "b", serif);
    assertEquals("a" + letter + "b", written.text());
    assertEquals(
        List.of(true, false, true),
        written.parts().stream().map(part -> part.font().equals(serif)).toList());
    assertTrue(
        written.parts().stream().allMatch(part -> part.font().canDisplayUpTo(part.text()) < 0));
    assertEquals(
        written.width(),
        serif.getStringBounds("ab", Lettering.MEASURE).getWidth() + written.parts().get(1).width(),
        1e-3);
  }

  @Test
  void lettersThatAreLackingAreNamedInOneSentence() {
    assumeTrue(
        LetterFonts.of(Character.toString(CUNEIFORM), USUAL).isEmpty(),
        "this machine has a font for Cuneiform");
    String text = Character.toString(CUNEIFORM) + "a" + Character.toString(NOWHERE);
    Recorder recorder = new Recorder(new OutlinedTexts());
    Lettering.ofSize(20).centred(recorder, text, 100, 100);
    LackingLetters lacking =
        LackingLetters.of(
            new Recording(ChartSize.DEFAULT, 1200, 800, Description.NONE, recorder.steps()));
    // No font could show the letter for private use.
    assertEquals(Set.of(CUNEIFORM), lacking.codePoints());
    assertEquals(
        "no font of this machine has 𒀀 (U+12000); charts show its code point instead",
        lacking.warning().orElseThrow());
  }

  @Test
  void manyLackingLettersAreCounted() {
    LackingLetters lacking = new LackingLetters(Set.of(1, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46));
    assertTrue(
        lacking
            .warning()
            .orElseThrow()
            .contains("D (U+0044) and 2 more letters; charts show their"),
        lacking.warning().orElseThrow());
    assertTrue(LackingLetters.NONE.warning().isEmpty());
  }
}
