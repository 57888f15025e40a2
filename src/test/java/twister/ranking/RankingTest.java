package twister.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import twister.ranking.Ranking.Entries;
import twister.tracking.RunsOfTests;
import twister.tracking.RunsTable;

/// The rungs are those of a perceptron whose loss rises before it falls.
class RankingTest {
  private static final RunsTable HALVING =
      RunsOfTests.table(
              "run,status,started,data_sha256,training.steps,training.learning-rate,steps,loss",
              "a1,finished,1,8e1f,30,0.1,30,3.95",
              "a2,finished,1,8e1f,30,0.2,30,3.55",
              "a3,diverged,1,8e1f,30,9.0,12,NaN",
              "b1,finished,2,8e1f,90,0.1,90,8.77",
              "b2,finished,2,8e1f,90,0.2,90,8.22",
              "c1,finished,3,8e1f,270,0.1,270,4.34",
              "c2,finished,3,8e1f,270,0.2,270,5.10",
              "d,finished,3,8e1f,100,0.3,100,4.90")
          .in(List.of(30, 90, 270));

  private static List<String> rows(RunsTable runs, Entries entries) {
    return Ranking.of(runs, entries).standings().stream()
        .map(
            standing ->
                "%d %s %s"
                    .formatted(
                        standing.rank(), standing.group().common("run"), standing.note("loss"))
                    .strip())
        .toList();
  }

  @Test
  void lastRungIsTheAnswerAndTheOthersAreBelowIt() {
    for (Entries entries : Entries.values()) {
      assertEquals(
          List.of(
              "1 c1",
              "2 d",
              "3 c2",
              "0 b2 rung of 90 steps",
              "0 b1 rung of 90 steps",
              "0 a2 rung of 30 steps",
              "0 a1 rung of 30 steps",
              "0 a3 rung of 30 steps, diverged at step 12"),
          rows(HALVING, entries));
    }
  }

  @Test
  void bestRunOfChartsIsOfTheLastRung() {
    assertEquals("c1", Ranking.of(LatestRuns.of(HALVING)).best().orElseThrow().text("run"));
  }

  @Test
  void nothingHasARankBeforeTheLastRung() {
    RunsTable begun = HALVING.where(run -> run.number("steps") < 90);
    assertEquals(
        List.of("0 a2 rung of 30 steps", "0 a1 rung of 30 steps"),
        rows(begun, Entries.GROUPS).subList(0, 2));
    assertEquals(Optional.empty(), Ranking.of(begun).best());
  }

  @Test
  void longestRungOfTheRunsThatSomebodyChoseIsTheirAnswer() {
    RunsTable chosen = HALVING.where(run -> run.number("steps") < 90).toItsLongestRung();
    assertEquals(List.of("1 a2", "2 a1"), rows(chosen, Entries.GROUPS).subList(0, 2));
  }

  @Test
  void runsOfNoRungsAreRankedWhateverTheirSteps() {
    RunsTable grid = HALVING.in(List.of());
    assertTrue(rows(grid, Entries.GROUPS).getFirst().startsWith("1 a2"));
  }
}
