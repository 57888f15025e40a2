package twister.ranking;

import twister.tracking.RunRecord;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// The loss by which runs are judged: that on the dev words where there is one, for what is chosen
/// by the test words cannot be tested by them.
public enum DecidingLoss {
  /// The loss that was minimized.
  TRAIN("loss"),
  /// The loss on the dev words.
  DEV("dev_loss");

  private final String column;

  DecidingLoss(String column) {
    this.column = column;
  }

  /// The one that decides between some runs.
  public static DecidingLoss of(RunsTable runs) {
    return runs.has(DEV.column) ? DEV : TRAIN;
  }

  /// The loss by which a run is judged, in nats per character; NaN unless it finished.
  public static double of(RunRecord run) {
    return run.outcome()
        .filter(_ -> run.status() == RunStatus.FINISHED)
        .map(found -> found.splits().getOrDefault("dev", found.loss()))
        .orElse(Double.NaN);
  }

  /// Its column in `runs.csv`.
  public String column() {
    return column;
  }
}
