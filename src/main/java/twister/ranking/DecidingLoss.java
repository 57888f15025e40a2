package twister.ranking;

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

  /// Its column in `runs.csv`.
  public String column() {
    return column;
  }
}
