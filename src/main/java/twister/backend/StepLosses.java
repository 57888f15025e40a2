package twister.backend;

/// The losses of some steps of a batch of runs, in nats per character.
public final class StepLosses {
  private final int steps;
  private final int runs;
  private final double[] nll;
  private final double[] l2Term;

  /// @param nll (S, R), row-major: mean negative log likelihood
  /// @param l2Term (S, R), row-major: l2 * mean(W^2)
  public StepLosses(int steps, int runs, double[] nll, double[] l2Term) {
    if (nll.length != steps * runs || l2Term.length != nll.length) {
      throw new IllegalArgumentException(
          "losses: expected (%d, %d), got (%d) and (%d)"
              .formatted(steps, runs, nll.length, l2Term.length));
    }
    this.steps = steps;
    this.runs = runs;
    this.nll = nll;
    this.l2Term = l2Term;
  }

  /// The number of steps, S.
  public int steps() {
    return steps;
  }

  /// The number of runs, R.
  public int runs() {
    return runs;
  }

  /// The mean negative log likelihood of a run before the update of a step, counted from the first
  /// step of these losses.
  public double nll(int step, int run) {
    return nll[step * runs + run];
  }

  /// What is minimised: the mean negative log likelihood plus the L2 term.
  public double loss(int step, int run) {
    return nll[step * runs + run] + l2Term[step * runs + run];
  }
}
