package twister.chart;

/// A run of a sweep that is over.
///
/// @param row its place among the runs of the sweep
/// @param id name of its folder
/// @param steps updates done; for a run that diverged, the step whose loss was not finite
/// @param loss by which the run is judged, after the last update, in nats per character; NaN if it
///   diverged or has none, infinite where something that the model holds for impossible occurs
/// @param isDiverged whether its training came to a loss that is not finite
/// @param isPenalized whether what it minimizes has a part that is a penalty
record SweepRun(
    int row, String id, long steps, double loss, boolean isDiverged, boolean isPenalized) {
  /// Whether the run can be judged by its loss.
  boolean isFinite() {
    return Double.isFinite(loss);
  }

  /// Whether the run finished with an infinite loss.
  boolean isInfinite() {
    return !isDiverged && Double.isInfinite(loss);
  }
}
