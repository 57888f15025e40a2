package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import twister.spec.LearningRate.Phases;
import twister.spec.LearningRate.RangeTest;

final class LearningRateTest {
  @ParameterizedTest
  @CsvSource({
    "LOG, 0.001, 1, 1000",
    "LOG, 0.1, 1000, 300",
    "LINEAR, 0.1, 2, 7",
    "LOG, 4.9e-324, 1e308, 2",
    "LINEAR, 4.9e-324, 1.7e308, 999",
    "LOG, 0.3, 0.30000000000000004, 5"
  })
  void aRangeTestGrowsFromExactlyTheFirstToExactlyTheLast(
      Spacing spread, double first, double last, int steps) {
    RangeTest test = new RangeTest(spread, first, last, steps);
    assertEquals(first, test.rate(0));
    assertEquals(last, test.rate(steps - 1));
    assertEquals(last, test.rate(steps));
    assertTrue(IntStream.range(1, steps).allMatch(s -> test.rate(s - 1) <= test.rate(s)));
  }

  @Test
  void theMiddleIsTheGeometricOrTheArithmeticMean() {
    assertEquals(0.1, new RangeTest(Spacing.LOG, 0.01, 1, 101).rate(50), 1e-16);
    assertEquals(0.505, new RangeTest(Spacing.LINEAR, 0.01, 1, 101).rate(50), 1e-16);
  }

  @ParameterizedTest
  @EnumSource
  void aRangeTestOfOneStepHasTheFirstRate(Spacing spread) {
    assertEquals(3, new RangeTest(spread, 3, 5, 1).rate(0));
  }

  @ParameterizedTest
  @EnumSource
  void itsPhasesHaveTheSameRates(Spacing spread) {
    RangeTest test = new RangeTest(spread, 0.5, 30, 17);
    Phases phases = new Phases(test.phases());
    assertEquals(test.phases(), phases.phases());
    IntStream.range(0, 20).forEach(s -> assertEquals(test.rate(s), phases.rate(s)));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 5", "1, 1, 5", "2, 1, 5", "1, Infinity, 5", "NaN, 1, 5", "1, 2, 0"})
  void refusesWhatIsNoRange(double first, double last, int steps) {
    assertThrows(
        IllegalArgumentException.class, () -> new RangeTest(Spacing.LOG, first, last, steps));
  }
}
