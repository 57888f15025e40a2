package twister.backend;

import java.util.Arrays;
import twister.spec.LearningRate;

/// What is particular to one run of a batch.
///
/// @param initialWeights (C, V), row-major
/// @param l2 strength of the L2 term, at least 0
public record RunConfig(float[] initialWeights, LearningRate learningRate, double l2) {
  @Override
  public boolean equals(Object other) {
    return other instanceof RunConfig that
        && Arrays.equals(initialWeights, that.initialWeights)
        && learningRate.equals(that.learningRate)
        && l2 == that.l2;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(initialWeights) + learningRate.hashCode();
  }
}
