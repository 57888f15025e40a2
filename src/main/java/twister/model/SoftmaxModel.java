package twister.model;

import twister.random.TorchCpuRandom;
import twister.random.TorchCudaRandom;
import twister.random.TorchRandom;
import twister.spec.InitSpec;

/// The n-gram model with one row of logits per context: p(v | c) = exp(W[c, v]) / sum exp(W[c, .]).
///
/// Exponentials are of a row's differences to its largest logit, so that none overflows, and
/// logarithms of probabilities come from the logits, `W[c, v] - largest - ln sum`, so that none is
/// lost where an exponential vanishes.
public final class SoftmaxModel implements ProbabilityTable {
  private final int symbols;
  private final double[] weights;

  /// (C), of each row the largest logit, and the sum of the exponentials of the differences to it,
  /// with its logarithm.
  private final double[] largest;

  private final double[] sums;
  private final double[] logSums;

  /// Takes the weights as they are, without a copy: they may not change afterwards.
  ///
  /// @param weights (C, V), row-major
  public SoftmaxModel(double[] weights, int contexts, int symbols) {
    if (weights.length != contexts * symbols) {
      throw new IllegalArgumentException(
          "weights: expected (%d, %d), got (%d)".formatted(contexts, symbols, weights.length));
    }
    this.symbols = symbols;
    this.weights = weights;
    largest = new double[contexts];
    sums = new double[contexts];
    logSums = new double[contexts];
    for (int c = 0; c < contexts; c++) {
      largest[c] = Double.NEGATIVE_INFINITY;
      for (int v = 0; v < symbols; v++) {
        largest[c] = Math.max(largest[c], weights[c * symbols + v]);
      }
      for (int v = 0; v < symbols; v++) {
        sums[c] += Math.exp(difference(c, v));
      }
      logSums[c] = Math.log(sums[c]);
    }
  }

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

  private double difference(int context, int symbol) {
    return weights[context * symbols + symbol] - largest[context];
  }

  @Override
  public int contexts() {
    return largest.length;
  }

  @Override
  public int symbols() {
    return symbols;
  }

  @Override
  public double probability(int context, int symbol) {
    return Math.exp(difference(context, symbol)) / sums[context];
  }

  @Override
  public double logProbability(int context, int symbol) {
    return difference(context, symbol) - logSums[context];
  }
}
