package twister.backend;

/// The losses of some steps of a batch of runs, in nats per character.
///
/// They may lie where the session keeps them: read them before the session's next call, or take
/// [#kept].
public interface StepLosses {
  /// Losses in arrays.
  ///
  /// @param nll (S, R), row-major: mean negative log likelihood
  /// @param l2Term (S, R), row-major: l2 * mean(W^2)
  static StepLosses of(int steps, int runs, double[] nll, double[] l2Term) {
    return new ArrayLosses(steps, runs, nll, l2Term);
  }

  /// The number of steps, S.
  int steps();

  /// The number of runs, R.
  int runs();

  /// The mean negative log likelihood of a run before the update of a step, counted from the first
  /// step of these losses.
  double nll(int step, int run);

  /// What is minimised: the mean negative log likelihood plus the L2 term.
  double loss(int step, int run);

  /// Whether every loss is a finite number.
  default boolean areFinite() {
    for (int step = 0; step < steps(); step++) {
      for (int run = 0; run < runs(); run++) {
        if (!Double.isFinite(loss(step, run))) {
          return false;
        }
      }
    }
    return true;
  }

  /// The same losses, which stay as they are whatever the session does next.
  default StepLosses kept() {
    return kept(new LossMemory());
  }

  /// The same losses, which stay as they are until the memory is used again.
  ///
  /// @param memory where they are copied to if they lie where the session keeps them
  StepLosses kept(LossMemory memory);
}
