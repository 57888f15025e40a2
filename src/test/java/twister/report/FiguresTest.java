package twister.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void countsHaveAllTheirDigits() {
    assertEquals("12000000", Figures.figure(12e6, 0));
    assertEquals("999999.5", Figures.figure(999_999.5, 1));
    assertEquals("1.20000e+07", Figures.figure(12e6, 4));
    assertEquals("1.00000e+30", Figures.figure(1e30, 0));
  }

  @Test
  void probabilitiesHaveTwoDigits() {
    assertEquals(
        List.of("0.015", "0.00011", "5.3e-05", "1.0", ""),
        Figures.probabilities(List.of(0.015075, 0.000114, 5.318e-5, 1.0, "")));
  }
}
