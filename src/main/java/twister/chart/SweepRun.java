package twister.chart;

/// A run of a sweep that is over, finished or diverged.
///
/// @param row its place among the runs of the sweep
/// @param id name of its folder
/// @param steps updates done; for a run that diverged, the step whose loss was not finite
/// @param loss by which the run is judged, after the last update, in nats per character; not finite if the
///     run diverged
/// @param nll the part of the loss that is no penalty
record SweepRun(int row, String id, long steps, double loss, double nll) {
  boolean isDiverged() {
    return !Double.isFinite(loss);
  }
}
