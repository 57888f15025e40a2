package twister.spec;

/// How a model with weights is trained: full-batch gradient descent.
///
/// @param steps how many updates, at least 1
/// @param l2 strength of the L2 term: `l2 * mean(W^2)` is added to the loss; finite, at least 0
/// @param accumulatesGradients whether an update takes the sum of the gradients of all steps so far,
///     as a training loop does that never sets them to zero
public record TrainingSpec(
    int steps,
    LearningRate learningRate,
    double l2,
    TrainingPath path,
    boolean accumulatesGradients) {
  /// Each update by its own gradient.
  public TrainingSpec(int steps, LearningRate learningRate, double l2, TrainingPath path) {
    this(steps, learningRate, l2, path, false);
  }

  public TrainingSpec {
    if (steps < 1) {
      throw new IllegalArgumentException("steps: expected a whole number from 1, got " + steps);
    }
    if (!(l2 >= 0) || Double.isInfinite(l2)) {
      throw new IllegalArgumentException("l2: expected a number from 0, got " + l2);
    }
  }
}
