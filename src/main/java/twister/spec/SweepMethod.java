package twister.spec;

/// How the runs of a sweep are chosen.
public enum SweepMethod {
  /// Every combination of the values.
  GRID,
  /// Independent uniform draws.
  RANDOM,
  /// The points of a Sobol sequence, more even than random ones.
  SOBOL,
  /// The points of a Halton sequence, more even than random ones.
  HALTON,
  /// Independent uniform draws, trained for few steps; the better part of them is trained for more,
  /// and so on.
  SUCCESSIVE_HALVING,
  /// A search for the lowest loss: covariance matrix adaptation evolution strategy.
  CMA_ES,
  /// A search for the lowest loss: quadratic models in a trust region.
  BOBYQA;

  /// Whether each run but the first is chosen by the losses of those before.
  public boolean isSearch() {
    return this == CMA_ES || this == BOBYQA;
  }
}
