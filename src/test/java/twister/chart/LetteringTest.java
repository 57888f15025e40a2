package twister.chart;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetteringTest {
  @ParameterizedTest
  @ValueSource(ints = {' ', 0xa0, 0x200d, 0xfffe, 0xe0000})
  void blanksAreNotDrawn(int codePoint) {
    assertFalse(Lettering.ofSize(24).draws(codePoint));
  }

  @Test
  void lettersAreDrawn() {
    assertTrue("az.09Éß".codePoints().allMatch(Lettering.ofSize(24)::draws));
  }
}
