package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LossRangeTest {
  private static LossRange range(double... losses) {
    return LossRange.of(DoubleStream.of(losses), OptionalDouble.of(4));
  }

  @Test
  void shortBarsAreShownToTheirEnds() {
    LossRange range = range(2, 3).withBars(DoubleStream.of(1.9, 2.1, 2.5, 3.5));
    assertEquals(1.9, range.low());
    assertEquals(3 + 1.0 / 3, range.high(), 1e-12);
  }

  @Test
  void oneLongBarIsShownAThirdBeyondTheLosses() {
    LossRange range = range(2, 3).withBars(DoubleStream.of(-50, 54));
    assertEquals(2 - 1.0 / 3, range.low(), 1e-12);
    assertEquals(3 + 1.0 / 3, range.high(), 1e-12);
  }

  @Test
  void longBarsLeaveTheLossesAThirdOfTheAxis() {
    LossRange range = range(2, 3).withBars(DoubleStream.of(-50, 54, -49, 53));
    assertEquals(1, range.low());
    assertEquals(4, range.high());
    assertFalse(range.holds(-50));
    assertTrue(range.holds(2));
  }

  @Test
  void barsOfOneLossAreShownAsTheyAre() {
    LossRange range = range(2).withBars(DoubleStream.of(-1, 5));
    assertEquals(-1, range.low());
    assertEquals(5, range.high());
  }

  @Test
  void barsDoNotMoveWhereAnAxisIsCut() {
    LossRange range = range(2, 100).withBars(DoubleStream.of(1.5, 120));
    assertTrue(range.isCut());
    assertEquals(1.5, range.low());
    assertEquals(5, range.high());
  }

  @Test
  void anAxisIsNotCutWhereThatHidesMost() {
    LossRange range = range(2, 6, 7, 8);
    assertFalse(range.isCut());
    assertEquals(8, range.high());
    assertTrue(range(2, 3, 7).isCut());
  }

  @Test
  void coloursAreNotSpentOnLossesFarAboveMost() {
    DoubleStream losses = DoubleStream.of(2, 2.1, 2.1, 2.2, 2.2, 2.3, 2.3, 3.9);
    LossRange range = LossRange.ofColours(losses, OptionalDouble.of(4));
    assertTrue(range.isCut());
    assertEquals(2.3 + 3 * (2.3 - 2.1), range.high(), 1e-12);
    assertFalse(LossRange.ofColours(DoubleStream.of(2, 2.1, 3.9), OptionalDouble.of(4)).isCut());
  }

  @Test
  void logarithmicAxesStayAboveZero() {
    LossRange range =
        LossRange.of(DoubleStream.of(0.01, 10), OptionalDouble.empty())
            .withBars(DoubleStream.of(-1, 1e-9, 20));
    assertEquals(Scale.LOGARITHMIC, range.scale());
    assertEquals(1e-3, range.low(), 1e-12);
    assertEquals(20, range.high(), 1e-12);
  }
}
