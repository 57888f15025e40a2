package twister.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.tracking.RunsOfTests;
import twister.tracking.RunsTable;

class RemarksTest {
  private static final String HEADER =
      "run,status,device,data_sha256,model.init.seed,training.l2,training.steps,steps,"
          + "uniform_loss,loss,nll";

  /// @param runs each as `l2 steps loss`; NaN for a run that diverged
  private static RunsTable table(String... runs) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (String run : runs) {
      String[] cells = run.strip().split(" +", -1);
      String status = cells[2].equals("NaN") ? "diverged" : "finished";
      lines.add(
          "r%d,%s,cpu,8e1f,1,%s,%s,%s,3.2958,%s,%s"
              .formatted(lines.size(), status, cells[0], cells[1], cells[1], cells[2], cells[2]));
    }
    return RunsOfTests.table(lines.toArray(String[]::new));
  }

  private static List<String> remarks(String runs) {
    return Remarks.of(Ranking.of(table(runs.split(","))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.1 5 2.6, 1.0 5 2.5, 10.0 5 2.4             | loss is lowest at the largest l2, 10: try"
            + " larger ones",
        "0.1 5 2.3, 1.0 5 2.5, 10.0 5 2.4             | loss is lowest at the smallest l2, 0.1: try"
            + " smaller ones",
        "0.1 50 2.6, 0.1 500 2.5, 0.1 5 2.7           | loss is lowest at the largest"
            + " training.steps, 500: try larger ones",
        "0.1 3 2.3, 0.1 30 2.5, 0.1 9 2.4             | loss is lowest at the smallest"
            + " training.steps, 3: try smaller ones",
      })
  void bestAtTheEndOfARangeIsRemarked(String runs, String remark) {
    assertEquals(List.of(remark), remarks(runs));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.1 5 2.6, 1.0 5 2.3, 10.0 5 2.4              | in between",
        "0.0 5 2.3, 1.0 5 2.5, 10.0 5 2.4              | nothing is below 0",
        "0.1 1 2.3, 0.1 30 2.5, 0.1 9 2.4              | no run has less than a step",
        "0.1 5 2.6, 10.0 5 2.4                         | two values are no range",
        "0.1 5 2.6, 1.0 5 2.3, 10.0 5 NaN              | the largest was tried, and diverged",
      })
  void otherwiseNothingIsSaid(String runs, String reason) {
    assertEquals(List.of(), remarks(runs), reason);
  }

  @Test
  void lossesFarAboveUniformAreCounted() {
    assertEquals(
        List.of("2 of 3 settings are far above the loss of a model that knows nothing"),
        remarks("0.1 5 77.65, 1.0 5 2.5, 10.0 5 5.0"));
    assertEquals(
        List.of("1 of 3 settings is far above the loss of a model that knows nothing"),
        remarks("0.1 5 77.65, 1.0 5 2.5, 10.0 5 Infinity"));
  }

  @Test
  void stepsOfRungsAreNoRange() {
    RunsTable rungs = table("0.1 5 2.6", "0.1 50 2.5", "0.1 500 2.4").in(List.of(5, 50, 500));
    assertEquals(List.of(), Remarks.of(Ranking.of(rungs)));
  }

  @Test
  void farIsHalfAsMuchAgain() {
    assertTrue(Remarks.isFarAboveUniform(4.95, Math.log(27)));
    assertFalse(Remarks.isFarAboveUniform(4.94, Math.log(27)));
    assertFalse(Remarks.isFarAboveUniform(Double.NaN, Math.log(27)));
    assertFalse(Remarks.isFarAboveUniform(9, Double.NaN));
  }
}
