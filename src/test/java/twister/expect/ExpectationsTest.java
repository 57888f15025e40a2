package twister.expect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.expect.Expectations.Row;

class ExpectationsTest {

  @ParameterizedTest
  @CsvSource({
    "2.5, 2.5009, true",
    "2.5, 2.4989, false",
    "2.5, NaN, false",
    "2.5, Infinity, false",
    "Infinity, Infinity, true",
    "-Infinity, Infinity, false",
    "-Infinity, -1e300, false",
  })
  void numbersAreMetByNearOnesAndInfinitiesByThemselves(
      double published, double measured, boolean isMet) {
    assertEquals(isMet, Row.number("loss", published, measured, 1e-3).isMet());
  }

  @Test
  void textIsMetByItselfAlone() {
    assertTrue(Row.exact("words", 5L, 5L).isMet());
    assertFalse(Row.exact("words", 5L, 6L).isMet());
    assertFalse(Row.exact("draws", "0120", "0121").isMet());
  }

  @Test
  void saysWhatIsMetAndWhatIsNot() {
    Expectations expectations =
        new Expectations(
            List.of(
                Row.number("loss at step 0", 2.5, 2.5005, 1e-3),
                Row.exact("words", 5L, 6L),
                new Row("loss at 2 steps", "3 … 2", "3 … 1", 1, 1e-3, List.of("step 9: far"))));
    assertFalse(expectations.areMet());
    assertEquals(
        """
        loss at step 0: met (difference 5.0e-04, allowed 1.0e-03)
                    words: NOT MET (not equal); published 5, measured 6
                    loss at 2 steps: NOT MET (difference 1.0e+00, allowed 1.0e-03)
                      step 9: far\
        """,
        expectations.text());
  }

  @ParameterizedTest
  @CsvSource({
    "3.758953809738159, 3.75895381",
    "-559873.5912, -559873.59",
    "2.454, 2.454",
    "0, 0",
    "-Infinity, -inf",
    "NaN, none",
    "1.25e-7, 1.250000e-07",
    "1e300, 1.000000e+300",
  })
  void numbersAreShort(double value, String text) {
    assertEquals(text, Expectations.text(value));
  }
}
