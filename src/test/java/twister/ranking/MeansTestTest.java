package twister.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import twister.ranking.MeansTest.Method;
import twister.tracking.RunsOfTests;

/// The values of p are those of scipy 1.18: `ttest_rel(a, b).pvalue` and `ttest_ind(a, b,
/// equal_var=False).pvalue`.
class MeansTestTest {
  /// Hours of sleep that 10 patients gained by two drugs (Student 1908).
  private static final double[] DRUG = {.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2};

  private static final double[] OTHER_DRUG = {1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4};

  private static final double[] FEW = {17.2, 20.9, 22.6, 18.1, 21.7, 21.4, 23.5, 24.2, 14.7, 21.8};

  private static final double[] MANY = {
    21.5, 22.8, 21.0, 23.0, 21.6, 23.6, 22.5, 20.7, 23.4, 21.8,
    20.7, 21.7, 21.5, 22.5, 23.6, 21.5, 22.5, 23.5, 21.5, 21.8
  };

  private static SeedGroup from(int seed, double... losses) {
    List<String> lines = new ArrayList<>(List.of("run,status,model.init.seed,steps,loss"));
    for (double loss : losses) {
      lines.add("a,finished,%d,100,%s".formatted(seed + lines.size(), loss));
    }
    return new SeedGroup(RunsOfTests.table(lines.toArray(String[]::new)).rows());
  }

  private static MeansTest paired(double[] group, double[] best) {
    MeansTest test = MeansTest.of(from(0, group), from(0, best), "loss");
    assertEquals(Method.PAIRED, test.method());
    return test;
  }

  private static MeansTest welch(double[] group, double[] best) {
    MeansTest test = MeansTest.of(from(0, group), from(1000, best), "loss");
    assertEquals(Method.WELCH, test.method());
    assertEquals(0, test.seeds());
    return test;
  }

  private static double[] losses(double... losses) {
    return losses;
  }

  @Test
  void sameSeedsArePaired() {
    MeansTest test = paired(OTHER_DRUG, DRUG);
    assertEquals(0.002832890197384273, test.p(), 1e-12);
    assertFalse(test.isTied());
    assertEquals(10, test.seeds());
    // One patient slept as long with both.
    assertEquals(9, test.worse());
  }

  @Test
  void otherSeedsAreComparedByWelchsTest() {
    MeansTest test = welch(OTHER_DRUG, DRUG);
    assertEquals(0.07939414018735817, test.p(), 1e-12);
    assertTrue(test.isTied());
    // By Student's test, which takes the variances as equal, p is 0.045.
    assertTrue(welch(FEW, MANY).isTied());
    assertFalse(welch(losses(1.1, 1.12, 1.09), losses(1, 1.01, 0.99, 1)).isTied());
  }

  /// Two settings of which each seed tells them apart, and their spread over the seeds does not.
  @Test
  void smallDifferenceOfEverySeedIsNoTie() {
    double[] best = {2.481332, 2.481498, 2.481560, 2.481931, 2.481979};
    double[] next = {2.481537, 2.481688, 2.481753, 2.482120, 2.482174};
    MeansTest test = paired(next, best);
    assertEquals(5, test.worse());
    assertTrue(test.p() < 1e-6, "p = " + test.p());
    assertFalse(test.isTied());
    assertTrue(welch(next, best).isTied());
  }

  @Test
  void someOfTheSeedsAreNotAll() {
    assertEquals(
        Method.WELCH, MeansTest.of(from(0, 2.5, 2.6, 2.7), from(0, 2.5, 2.6), "loss").method());
    SeedGroup twice =
        new SeedGroup(
            RunsOfTests.table(
                    "run,status,model.init.seed,steps,loss",
                    "a,finished,1,100,2.5",
                    "b,finished,1,100,2.6")
                .rows());
    assertEquals(Method.WELCH, MeansTest.of(twice, twice, "loss").method());
  }

  @Test
  void equalMeansAreTiesAndSingleRunsAreNone() {
    assertTrue(welch(losses(2.5, 2.5, 2.5), losses(2.5, 2.5)).isTied());
    assertTrue(paired(losses(2.5), losses(2.5)).isTied());
    assertFalse(paired(losses(2.6), losses(2.5)).isTied());
    assertFalse(welch(losses(2.5), losses(2.5, 2.6)).isTied());
    assertTrue(Double.isNaN(paired(losses(2.6), losses(2.5)).p()));
  }

  @Test
  void differenceWithoutSpreadIsNoTie() {
    assertFalse(welch(losses(2.5, 2.5), losses(2.25, 2.25)).isTied());
    assertEquals(0, paired(losses(2.5, 3.5), losses(2.25, 3.25)).p());
  }

  @Test
  void infiniteLossesHaveNoTest() {
    double infinite = Double.POSITIVE_INFINITY;
    assertFalse(paired(losses(infinite, 2.5), losses(2.5, 2.5)).isTied());
    assertTrue(paired(losses(infinite, infinite), losses(infinite, infinite)).isTied());
  }

  @Test
  void lossesWhoseSquaresOverflowAreCompared() {
    double[] huge = {1e249, 1.4e249, 1.2e249};
    assertFalse(welch(huge, losses(2.5, 2.6, 2.7)).isTied());
    assertTrue(welch(huge, losses(1.1e249, 1.3e249, 1.2e249)).isTied());
    assertEquals(
        paired(losses(1, 1.4, 1.2), losses(1.1, 1.2, 0.9)).p(),
        paired(huge, losses(1.1e249, 1.2e249, 0.9e249)).p(),
        1e-12);
  }
}
