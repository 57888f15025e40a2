package twister.spec;

import java.util.Optional;

/// How a model with weights is trained: gradient descent.
///
/// @param steps how many updates, at least 1
/// @param l2 strength of the L2 term: `l2 * mean(W^2)` is added to the loss; finite, at least 0
/// @param accumulatesGradients whether an update takes the sum of the gradients of all steps so
///   far, as a training loop does that never sets them to zero
/// @param batch how many examples a step of a multi-layer perceptron trains on, drawn anew for
///   each; 0 for all of them, as every other model does
/// @param stop when the training ends before its last step
/// @param checkpoint how often it is kept where the training is, which does not change its numbers
public record TrainingSpec(
    int steps,
    LearningRate learningRate,
    double l2,
    TrainingPath path,
    boolean accumulatesGradients,
    int batch,
    Optional<StopSpec> stop,
    CheckpointInterval checkpoint) {
  /// Each update by its own gradient.
  public TrainingSpec(int steps, LearningRate learningRate, double l2, TrainingPath path) {
    this(steps, learningRate, l2, path, false, 0, Optional.empty(), CheckpointInterval.DEFAULT);
  }

  public TrainingSpec {
    if (batch < 0) {
      throw new IllegalArgumentException("batch: expected a whole number from 0, got " + batch);
    }
    if (steps < 1) {
      throw new IllegalArgumentException("steps: expected a whole number from 1, got " + steps);
    }
    if (learningRate instanceof LearningRate.RangeTest test && test.steps() != steps) {
      throw new IllegalArgumentException(
          "range test: expected " + steps + " steps as in the training, got " + test.steps());
    }
    if (!(l2 >= 0) || Double.isInfinite(l2)) {
      throw new IllegalArgumentException("l2: expected a number from 0, got " + l2);
    }
  }

  /// The same training of another length.
  public TrainingSpec withSteps(int count) {
    return new TrainingSpec(
        count, learningRate, l2, path, accumulatesGradients, batch, stop, checkpoint);
  }
}
