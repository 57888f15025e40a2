package twister.backend;

/// Losses in arrays.
///
/// @param nll (S, R), row-major
/// @param l2Term (S, R), row-major
record ArrayLosses(int steps, int runs, double[] nll, double[] l2Term) implements StepLosses {
  ArrayLosses {
    if (nll.length != steps * runs || l2Term.length != nll.length) {
      throw new IllegalArgumentException(
          "losses: expected (%d, %d), got (%d) and (%d)"
              .formatted(steps, runs, nll.length, l2Term.length));
    }
  }

  @Override
  public double nll(int step, int run) {
    return nll[step * runs + run];
  }

  @Override
  public double loss(int step, int run) {
    return nll[step * runs + run] + l2Term[step * runs + run];
  }

  @Override
  public StepLosses kept(LossMemory memory) {
    return this;
  }
}
