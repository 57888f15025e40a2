package twister.backend;

import java.util.Arrays;
import java.util.Optional;
import twister.spec.LearningRate;

/// What is particular to one run of a batch.
///
/// @param initialWeights flat, in the shape that the [Problem] says; runs may share them, and
///   nobody changes them
/// @param l2 strength of the L2 term, at least 0
/// @param batches the examples of each step, for problems that train on some of them at a time
public record RunConfig(
    float[] initialWeights, LearningRate learningRate, double l2, Optional<BatchSource> batches) {
  /// A run that trains on every example in each step.
  public RunConfig(float[] initialWeights, LearningRate learningRate, double l2) {
    this(initialWeights, learningRate, l2, Optional.empty());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunConfig that
        && Arrays.equals(initialWeights, that.initialWeights)
        && learningRate.equals(that.learningRate)
        && l2 == that.l2
        && batches.equals(that.batches);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(initialWeights) + learningRate.hashCode();
  }
}
