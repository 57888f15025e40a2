package twister.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import twister.ranking.Ranking;
import twister.ranking.Ranking.Entries;
import twister.ranking.SeedGroup;
import twister.tracking.RunsOfTests;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;

class LeaderboardTest {
  private static final String HEADER =
      "run,status,device,data_sha256,model.init.seed,training.l2,training.path,steps,loss,dev_loss";

  /// Hours of sleep that 10 patients gained by a drug (Student 1908).
  private static final double[] DRUG = {.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2};

  private static RunsTable runs(String... rows) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (String row : rows) {
      lines.add(row);
    }
    return RunsOfTests.table(lines.toArray(String[]::new));
  }

  private static String run(String id, int seed, double l2, double loss) {
    return String.format(
        Locale.ROOT, "%s,finished,cpu,8e1f,%d,%s,counts,100,%s,", id, seed, l2, loss);
  }

  private static SeedGroup group(double... losses) {
    List<String> rows = new ArrayList<>();
    for (double loss : losses) {
      rows.add(run("a", rows.size(), 0, loss));
    }
    return new SeedGroup(runs(rows.toArray(String[]::new)).rows());
  }

  private static List<Object> column(DataTable sheet, String name) {
    int place = sheet.columns().stream().map(DataTable.Column::name).toList().indexOf(name);
    assertTrue(place >= 0, "no column " + name);
    return sheet.rows().stream().map(row -> row.get(place)).toList();
  }

  private static final RunsTable SWEEP =
      runs(
          run("a1", 1, 0.1, 2.6),
          run("a2", 2, 0.1, 2.62),
          "a3,diverged,cpu,8e1f,3,0.1,counts,12,NaN,",
          run("b1", 1, 0, 2.501),
          run("b2", 2, 0, 2.5),
          run("b3", 3, 0, 2.502),
          "c1,diverged,cpu,8e1f,1,5.0,counts,7,NaN,",
          "c2,diverged,cpu,8e1f,2,5.0,counts,9,NaN,",
          run("d1", 1, 0.01, 2.5005),
          run("d2", 2, 0.01, 2.504),
          run("d3", 3, 0.01, 2.501),
          "e1,running,cpu,8e1f,1,7.0,counts,,,",
          "e2,failed,cpu,8e1f,2,7.0,counts,0,NaN,");

  @Test
  void confidenceIntervalIsStudents() {
    assertEquals(1.789010, group(DRUG).standardDeviation("loss"), 1e-6);
    // 2.262157, Student's t of 9 degrees of freedom at 97.5 %, times 1.789010 / sqrt(10).
    assertEquals(0.75, group(DRUG).mean("loss"), 1e-12);
    assertEquals(1.2797802, group(DRUG).halfWidth("loss"), 1e-6);
    assertTrue(Double.isNaN(group(1).halfWidth("loss")));
    assertEquals(0, group(2.5, 2.5, 2.5).halfWidth("loss"));
  }

  @Test
  void groupsStandByTheirMeans() {
    assertEquals(
        """
        rank       l2       n     loss   ± 95 %  worse in     best  best run
           1        0       3  2.50100  0.00248            2.50000  b2
           2  =  0.01       3  2.50183  0.00470    1 of 3  2.50050  d1
           3  =   0.1  2 of 3  2.61000  0.12706            2.60000  a1
                    5  0 of 2                                       diverged at steps 7 to 9
                    7  0 of 2                                       1 running, 1 failed
        = no difference to rank 1 found (paired t-test over the same seeds, else Welch's, 5 %)
        ± 95 %: half the confidence interval of the mean over seeds (Student's t)
        worse in: how many seeds have a higher loss than in rank 1\
        """,
        Leaderboard.of(SWEEP).text(10, Integer.MAX_VALUE));
  }

  @Test
  void headlineCountsTheRuns() {
    assertEquals(
        "13 runs of test: 1 running, 8 finished, 3 diverged, 1 failed",
        Leaderboard.of(SWEEP).headline(13));
    RunsTable some = SWEEP.where(row -> row.text("run").startsWith("c"));
    assertEquals("2 of 13 runs of test: 2 diverged", Leaderboard.of(some).headline(13));
    assertEquals("0 of 13 runs of test", Leaderboard.of(SWEEP.where(_ -> false)).headline(13));
  }

  @Test
  void programsGetEveryFigureOfEachGroup() {
    DataTable sheet = Leaderboard.of(SWEEP).sheet(Integer.MAX_VALUE);
    assertEquals(
        List.of(
            "rank",
            "tie",
            "training.l2",
            "n",
            "runs",
            "loss",
            "ci95",
            "test",
            "p",
            "worse_in",
            "best",
            "run",
            "note"),
        sheet.columns().stream().map(DataTable.Column::name).toList());
    assertEquals(List.of(1, 2, 3, "", ""), column(sheet, "rank"));
    assertEquals(List.of(3, 3, 2, 0, 0), column(sheet, "n"));
    assertEquals(List.of(3, 3, 3, 2, 2), column(sheet, "runs"));
    assertEquals(List.of("", "paired", "Welch", "", ""), column(sheet, "test"));
    assertEquals(List.of("", 1, "", "", ""), column(sheet, "worse_in"));
    assertEquals(List.of("b2", "d1", "a1", "", ""), column(sheet, "run"));
    assertEquals("", column(sheet, "loss").getLast());
  }

  @Test
  void sortsByAnyColumnWithNothingLast() throws InvalidInputException {
    Leaderboard board = Leaderboard.of(SWEEP);
    assertEquals(List.of(3, 2, 1, "", ""), column(board.sortedBy("-loss").sheet(9), "rank"));
    assertEquals(
        List.of("0.0", "0.01", "0.1", "5.0", "7.0"),
        column(board.sortedBy("l2").sheet(9), "training.l2"));
    assertEquals(
        List.of("0.1", "0.01", "0.0", "7.0", "5.0"),
        column(board.sortedBy("-l2").sheet(9), "training.l2"));
    assertEquals(List.of(3, 2, 1), column(board.sortedBy("-ci95").sheet(3), "rank"));
  }

  @Test
  void devLossDecidesWhereThereIsOne() throws InvalidInputException {
    RunsTable split =
        runs(
            run("a1", 1, 0, 2.5) + "2.7", run("a2", 2, 0, 2.5) + "2.72",
            run("b1", 1, 1, 2.6) + "2.65", run("b2", 2, 1, 2.6) + "2.66");
    DataTable sheet = Leaderboard.of(split).sheet(9);
    assertEquals(List.of("1.0", "0.0"), column(sheet, "training.l2"));
    assertEquals(List.of("b1", "a1"), column(sheet, "run"));
    assertEquals(List.of(2.6, 2.5), column(sheet, "loss"));
    assertEquals(
        List.of("0.0", "1.0"),
        column(Leaderboard.of(split).sortedBy("loss").sheet(9), "training.l2"));
  }

  @Test
  void eachRunStandsByItself() {
    assertEquals(
        """
        rank  seed    l2     loss  run
           1     2     0  2.50000  b2
           2     1  0.01  2.50050  d1
           3     1     0  2.50100  b1
           4     3  0.01  2.50100  d3\
        """,
        Leaderboard.of(Ranking.of(SWEEP, Entries.RUNS))
            .text(4, 80)
            .lines()
            .limit(5)
            .reduce((a, b) -> a + "\n" + b)
            .orElse(""));
    DataTable sheet = Leaderboard.of(Ranking.of(SWEEP, Entries.RUNS)).sheet(99);
    assertEquals(13, sheet.rows().size());
    assertEquals("diverged", column(sheet, "status").get(8));
    assertEquals(12.0, column(sheet, "steps").get(8));
  }

  @Test
  void runsThatDifferOnlyBySeedAreOneGroup() {
    RunsTable one = SWEEP.where(row -> row.text("run").startsWith("b"));
    assertEquals(
        """
        rank  n     loss   ± 95 %     best  best run
           1  3  2.50100  0.00248  2.50000  b2
        ± 95 %: half the confidence interval of the mean over seeds (Student's t)\
        """,
        Leaderboard.of(one).text(10, Integer.MAX_VALUE));
    RunsTable single = SWEEP.where(row -> row.text("run").equals("b1"));
    assertEquals(
        "rank     loss  best run\n   1  2.50100  b1",
        Leaderboard.of(single).text(10, Integer.MAX_VALUE));
    assertEquals("rank", Leaderboard.of(SWEEP.where(_ -> false)).text(10, Integer.MAX_VALUE));
  }

  @Test
  void runsThatFailedAreToldBesideTheBest() {
    RunsTable runs = runs(run("a1", 1, 0, 2.5), "a2,failed,cpu,8e1f,2,0.0,counts,0,NaN,");
    assertEquals(
        """
        rank       n     loss     best  best run
           1  1 of 2  2.50000  2.50000  a1, 1 failed\
        """,
        Leaderboard.of(runs).text(10, Integer.MAX_VALUE));
  }

  @Test
  void otherDataAndRepetitionsOnOtherDevicesAreOtherGroups() {
    String run = run("a1", 1, 0, 2.5);
    assertEquals(2, groups(run, run.replace("8e1f", "9999")));
    assertEquals(2, groups(run, run.replace("cpu", "H200")));
    // A sweep that went on elsewhere.
    assertEquals(1, groups(run, run("a2", 2, 0, 2.5).replace("cpu", "H200")));
    assertTrue(
        Leaderboard.of(runs(run, run.replace("cpu", "H200")))
            .text(10, Integer.MAX_VALUE)
            .contains("device"));
  }

  private static int groups(String... runs) {
    return Leaderboard.of(runs(runs)).sheet(9).rows().size();
  }

  @Test
  void narrowTerminalLeavesOutWhatMattersLess() {
    String narrow = Leaderboard.of(SWEEP).text(2, 50);
    assertEquals(
        """
        rank       l2  n     loss   ± 95 %  best run
           1        0  3  2.50100  0.00248  b2
           2  =  0.01  3  2.50183  0.00470  d1
        ... and 3 more (--limit 0 shows all)
        """,
        narrow.lines().limit(4).map(line -> line + "\n").reduce("", String::concat));
    assertTrue(narrow.endsWith("no room for the columns: best, worse in"), narrow);
  }

  @Test
  void settingsThatDifferLookDifferent() {
    assertEquals(
        List.of("0.10001", "0.10002", "50", "1E-7"),
        Figures.settings(List.of("0.10001", "0.10002", "50.0", "1.0E-7")));
    assertEquals(
        List.of("0.12346", "until 10 rate 5.0; rate 1.0", ""),
        Figures.settings(List.of("0.123456789", "until 10 rate 5.0; rate 1.0", "")));
    assertEquals(
        List.of("0.1234567", "0.1234568"), Figures.settings(List.of("0.1234567", "0.1234568")));
  }

  @Test
  void bestIsOfTheBestGroupThoughAnotherRunIsLower() {
    RunsTable runs =
        runs(
            run("lucky", 1, 0, 2.0), run("unlucky", 2, 0, 3.0),
            run("better", 1, 0.1, 2.2), run("best", 2, 0.1, 2.1));
    assertEquals(Optional.of("best"), Leaderboard.of(runs).best());
    assertEquals(Optional.empty(), Leaderboard.of(runs.where(_ -> false)).best());
  }
}
