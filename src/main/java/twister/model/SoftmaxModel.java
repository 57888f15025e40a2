package twister.model;

import twister.random.TorchCpuRandom;
import twister.random.TorchCudaRandom;
import twister.random.TorchRandom;
import twister.spec.InitSpec;

/// The n-gram model with one row of logits per context: p(v | c) = exp(W[c, v]) / sum exp(W[c, .]).
public final class SoftmaxModel {
  private SoftmaxModel() {}

  /// The weights before training, drawn as `torch.randn(C, V)` draws them.
  ///
  /// @return (C, V), row-major
  public static float[] initialWeights(InitSpec init, int contexts, int symbols) {
    TorchRandom random =
        switch (init.generator()) {
          case TORCH_CPU -> new TorchCpuRandom(init.seed());
          case TORCH_CUDA -> new TorchCudaRandom(init.seed());
        };
    return random.randn(Math.multiplyExact(contexts, symbols));
  }

  /// The probabilities of every row, computed from the row's differences to its largest logit, so
  /// that no exponential overflows.
  ///
  /// @param weights (C, V), row-major
  public static ProbabilityTable probabilities(double[] weights, int contexts, int symbols) {
    double[] values = weights.clone();
    for (int row = 0; row < values.length; row += symbols) {
      normalise(values, row, row + symbols);
    }
    return new ProbabilityTable(contexts, symbols, values);
  }

  private static void normalise(double[] values, int from, int to) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, values[i]);
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      values[i] = Math.exp(values[i] - largest);
      sum += values[i];
    }
    for (int i = from; i < to; i++) {
      values[i] /= sum;
    }
  }
}
