package twister.spec;

/// Which model is asked to predict the next symbol.
public sealed interface ModelSpec {

  /// The count table, in closed form: (count + smoothing) / (row total + smoothing * V).
  ///
  /// @param smoothing added to every count, finite and at least 0
  record Counts(double smoothing) implements ModelSpec {
    public Counts {
      if (!(smoothing >= 0) || Double.isInfinite(smoothing)) {
        throw new IllegalArgumentException("smoothing: expected a number from 0, got " + smoothing);
      }
    }
  }

  /// One row of logits per context, normalised by softmax and trained by gradient descent.
  record Softmax(InitSpec init) implements ModelSpec {}
}
