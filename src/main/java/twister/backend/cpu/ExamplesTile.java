package twister.backend.cpu;

import java.util.Arrays;

/// Loss and gradient of examples that share their context; one thread's memory for it.
///
/// The lanes of the vector loops are examples: array v of `logits` holds logit v of each of them.
final class ExamplesTile {
  private static final int LANES = 256;

  private final double[][] logits;
  private final double[][] gradients;
  private final double[] sums = new double[LANES];
  private final double[] inverses = new double[LANES];

  /// @param symbols V
  ExamplesTile(int symbols) {
    logits = new double[symbols][LANES];
    gradients = new double[symbols][LANES];
  }

  /// The sum of the examples' negative log likelihoods.
  ///
  /// @param weights (C, V), row-major
  /// @param row where the context's weights begin
  /// @param targets of all examples, of which `from` to `to` are meant
  /// @param gradient (V), set to the sum over the examples of softmax minus one-hot target
  double loss(double[] weights, int row, int[] targets, int from, int to, double[] gradient) {
    for (double[] lanes : gradients) {
      Arrays.fill(lanes, 0);
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < logits.length; v++) {
      largest = Math.max(largest, weights[row + v]);
    }
    double loss = 0;
    for (int start = from; start < to; start += LANES) {
      int lanes = Math.min(LANES, to - start);
      softmax(weights, row, largest, lanes);
      loss += largest * lanes + negativeLogLikelihood(weights, row, targets, start, lanes);
      addGradient(targets, start, lanes);
    }
    for (int v = 0; v < gradient.length; v++) {
      gradient[v] = sum(gradients[v]);
    }
    return loss;
  }

  /// One-hot times weights is the weights' row; exponentials of it, and their sums.
  private void softmax(double[] weights, int row, double largest, int lanes) {
    Arrays.fill(sums, 0);
    for (int v = 0; v < logits.length; v++) {
      Arrays.fill(logits[v], 0, lanes, Lanes.scaled(weights[row + v], largest));
      Lanes.exponentialsOfScaled(logits[v], sums, lanes);
    }
    Lanes.invert(inverses, sums, lanes);
  }

  /// The sum of `ln sum - logit of the target`.
  private double negativeLogLikelihood(
      double[] weights, int row, int[] targets, int start, int lanes) {
    double logits = 0;
    for (int i = 0; i < lanes; i++) {
      logits += weights[row + targets[start + i]];
    }
    return Lanes.sumOfLogarithms(sums, lanes) - logits;
  }

  private void addGradient(int[] targets, int start, int lanes) {
    for (int v = 0; v < logits.length; v++) {
      Lanes.addProduct(gradients[v], logits[v], inverses, lanes);
    }
    for (int i = 0; i < lanes; i++) {
      gradients[targets[start + i]][i] -= 1;
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
