package twister.chart;

import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// A run of a sweep that is over.
///
/// @param row its place among the runs of the sweep
/// @param cells what is known of it
/// @param loss the loss by which the run is judged, after the last update, in nats per character;
///   NaN if it diverged or has none, infinite where something that the model holds for impossible
///   occurs
record SweepRun(int row, RunsTable.Row cells, double loss) {
  /// @param figure the column of the loss by which the run is judged
  static SweepRun of(int row, RunsTable.Row cells, String figure) {
    boolean diverged = cells.status() == RunStatus.DIVERGED;
    return new SweepRun(row, cells, diverged ? Double.NaN : cells.number(figure));
  }

  /// The name of its folder.
  String id() {
    return cells.text("run");
  }

  /// Updates done; for a run that diverged, the step whose loss was not finite.
  long steps() {
    return (long) cells.number("steps");
  }

  /// Whether its training came to a loss that is not finite.
  boolean isDiverged() {
    return cells.status() == RunStatus.DIVERGED;
  }

  /// Whether what it minimizes has a part that is a penalty.
  boolean isPenalized() {
    return !isDiverged() && cells.number("loss") != cells.number("nll");
  }

  /// Whether the run can be judged by its loss.
  boolean isFinite() {
    return Double.isFinite(loss());
  }

  /// Whether the run finished with an infinite loss.
  boolean isInfinite() {
    return !isDiverged() && Double.isInfinite(loss());
  }
}
