package twister.chart;

import java.util.List;
import java.util.Optional;
import twister.ranking.SeedGroup;

/// The runs of a sweep that differ in nothing but their seed.
///
/// @param runs (N), at least one
/// @param figure the column of the loss by which they are judged
/// @param loss mean loss of its runs, not finite if that of one of them is not
record SweepSetting(List<SweepRun> runs, String figure, double loss) {
  /// @param figure the column of the loss by which the runs are judged
  static SweepSetting of(List<SweepRun> runs, String figure) {
    double loss = runs.stream().mapToDouble(SweepRun::loss).average().orElseThrow();
    return new SweepSetting(runs, figure, loss);
  }

  /// Its first run, which stands for the others where it is asked which values its keys have.
  SweepRun first() {
    return runs.getFirst();
  }

  /// Whether any of its runs diverged.
  boolean isDiverged() {
    return runs.stream().anyMatch(SweepRun::isDiverged);
  }

  /// Whether all of its runs can be judged by their losses.
  boolean isFinite() {
    return Double.isFinite(loss);
  }

  /// Whether any of its runs finished with an infinite loss.
  boolean isInfinite() {
    return runs.stream().anyMatch(SweepRun::isInfinite);
  }

  /// How bad its mean loss is; nothing is worse than one that is not finite.
  double badness() {
    return isFinite() ? loss : Double.POSITIVE_INFINITY;
  }

  /// Mean loss of those runs whose loss is finite, NaN if there are none.
  double finiteLoss() {
    return isFinite() ? loss : finite().map(group -> group.mean(figure)).orElse(Double.NaN);
  }

  /// Half the width of the interval that holds the expected loss with 95 % confidence, from the
  /// runs whose loss is finite; 0 if there are fewer than two.
  double margin() {
    double margin = finite().map(group -> group.halfWidth(figure)).orElse(0.0);
    return Double.isNaN(margin) ? 0 : margin;
  }

  private Optional<SeedGroup> finite() {
    return new SeedGroup(runs.stream().map(SweepRun::cells).toList()).finite(figure);
  }
}
