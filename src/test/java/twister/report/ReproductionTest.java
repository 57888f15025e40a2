package twister.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.expect.Expectations;
import twister.expect.Expectations.Row;
import twister.text.TextWidth;

class ReproductionTest {
  private static final String LONG = "abcdefghij".repeat(8);

  private static Reproduction reproduction() {
    Reproduction reproduction = new Reproduction();
    reproduction.add(
        "document",
        "cpu",
        new Expectations(
            List.of(
                Row.exact("names sampled", LONG, LONG),
                Row.number("loss on all words", 2.5, 2.4, 1e-3),
                new Row("loss at 2 steps", "3 … 2", "3 … 1", 1, 1e-3, List.of("step 9: far")))));
    return reproduction;
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100, 120, 180})
  void tableTakesTheWidthOfTheTerminalAndNoMore(int width) {
    List<String> lines = reproduction().text(width).lines().toList();
    assertTrue(
        lines.subList(0, 4).stream().allMatch(line -> TextWidth.of(line) <= width),
        lines.toString());
    assertTrue(lines.get(1).matches("document +names sampled +abcde[a-j]*… .* pass"), lines.get(1));
    assertTrue(lines.get(2).matches("document +loss on all .*FAIL"), lines.get(2));
    assertEquals(width > 80, lines.getFirst().contains("ALLOWED"));
  }

  @Test
  void whatWasCutOfFiguresThatAreNotMetStandsBelow() {
    String cut = reproduction().text(80);
    assertTrue(
        cut.contains(
            "document, loss on all words: NOT MET (difference 1.0e-01, allowed 1.0e-03);"
                + " published 2.5, measured 2.4"),
        cut);
    assertTrue(cut.contains("document, loss at 2 steps, step 9: far"), cut);
    String whole = reproduction().text(Integer.MAX_VALUE);
    assertTrue(whole.contains(LONG + "  " + LONG + "  0           0        pass"), whole);
    assertFalse(whole.contains("…  "), whole);
    assertFalse(whole.contains("NOT MET"), whole);
    assertTrue(reproduction().markdown().contains(LONG));
  }
}
