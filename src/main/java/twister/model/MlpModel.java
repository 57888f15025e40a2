package twister.model;

import java.util.Arrays;
import java.util.stream.IntStream;
import twister.data.Blocks;
import twister.random.TorchCpuRandom;
import twister.random.TorchCudaRandom;
import twister.random.TorchRandom;
import twister.spec.Generator;
import twister.spec.InitSpec;

/// The multi-layer perceptron of Bengio et al., "A Neural Probabilistic Language Model", 2003,
/// equation 1 without its direct connections: `softmax(tanh(x W1 + b1) W2 + b2)`, x the embeddings
/// of a block of symbols one after the other. In double precision.
public final class MlpModel {
  /// Examples whose loss is computed together; what is summed in which order depends on it.
  private static final int TILE = 128;

  private MlpModel() {}

  /// The parameters before training, drawn as `torch.randn` draws C, W1, b1, W2 and b2, in this
  /// order, from one generator.
  ///
  /// @return flat, as [MlpShape] lays them
  public static float[] initialParameters(InitSpec init, MlpShape shape) {
    return initialParameters(generator(init), shape);
  }

  /// The generator `torch-cpu` as it is once the initial parameters are drawn; at its start where
  /// another one draws them.
  public static TorchCpuRandom generatorAfterParameters(InitSpec init, MlpShape shape) {
    TorchCpuRandom random = new TorchCpuRandom(init.seed());
    if (init.generator() == Generator.TORCH_CPU) {
      initialParameters(random, shape);
    }
    return random;
  }

  private static TorchRandom generator(InitSpec init) {
    return switch (init.generator()) {
      case TORCH_CPU -> new TorchCpuRandom(init.seed());
      case TORCH_CUDA -> new TorchCudaRandom(init.seed());
    };
  }

  private static float[] initialParameters(TorchRandom random, MlpShape shape) {
    float[] parameters = new float[shape.parameters()];
    int[] starts = {0, shape.w1(), shape.b1(), shape.w2(), shape.b2(), shape.parameters()};
    for (int i = 0; i + 1 < starts.length; i++) {
      int size = starts[i + 1] - starts[i];
      System.arraycopy(random.randn(size), 0, parameters, starts[i], size);
    }
    return parameters;
  }

  /// What follows a context: a table of that context alone, (1, V).
  ///
  /// @param parameters flat, as [MlpShape] lays them
  /// @param context (B), symbols from 0 to V - 1
  public static ProbabilityTable after(double[] parameters, MlpShape shape, int[] context) {
    Tile tile = new Tile(parameters, shape, inputTable(parameters, shape), 1);
    tile.computeLogits(context, 0, 1);
    double[] logits = new double[shape.symbols()];
    Arrays.setAll(logits, v -> tile.logits[v][0]);
    return new SoftmaxModel(logits, 1, logits.length);
  }

  /// Mean negative log likelihood of the examples, in nats per character. It has the same bits on
  /// any number of threads.
  ///
  /// @param parameters flat, as [MlpShape] lays them
  /// @param examples one or more
  public static double nll(double[] parameters, MlpShape shape, Blocks examples) {
    double[][] table = inputTable(parameters, shape);
    double[] tiles =
        IntStream.range(0, Math.ceilDiv(examples.count(), TILE))
            .parallel()
            .mapToDouble(i -> new Tile(parameters, shape, table, TILE).nll(examples, i * TILE))
            .toArray();
    double sum = 0;
    for (double tile : tiles) {
      sum += tile;
    }
    return sum / examples.count();
  }

  /// What each symbol at each place of a block adds to each hidden unit: (H, B V), row-major.
  private static double[][] inputTable(double[] parameters, MlpShape shape) {
    double[][] table = new double[shape.hidden()][shape.blockSize() * shape.symbols()];
    for (int i = 0; i < table[0].length; i++) {
      int symbol = i % shape.symbols();
      int place = i / shape.symbols();
      for (int e = 0; e < shape.embedding(); e++) {
        double value = parameters[symbol * shape.embedding() + e];
        int weights = shape.w1() + (place * shape.embedding() + e) * shape.hidden();
        for (int h = 0; h < table.length; h++) {
          table[h][i] += value * parameters[weights + h];
        }
      }
    }
    return table;
  }

  /// Some examples, which are the lanes of its loops.
  private static final class Tile {
    private final double[] parameters;
    private final MlpShape shape;
    private final double[][] table;
    private final double[] unit;
    private final double[][] logits;

    Tile(double[] parameters, MlpShape shape, double[][] table, int lanes) {
      this.parameters = parameters;
      this.shape = shape;
      this.table = table;
      unit = new double[lanes];
      logits = new double[shape.symbols()][lanes];
    }

    /// The sum over the examples from `first` on, as many as there are lanes.
    double nll(Blocks examples, int first) {
      int lanes = Math.min(unit.length, examples.count() - first);
      computeLogits(examples.contexts(), first, lanes);
      double sum = 0;
      for (int i = 0; i < lanes; i++) {
        sum += logSumExp(i) - logits[examples.targets()[first + i]][i];
      }
      return sum;
    }

    void computeLogits(int[] contexts, int first, int lanes) {
      for (int v = 0; v < logits.length; v++) {
        Arrays.fill(logits[v], 0, lanes, parameters[shape.b2() + v]);
      }
      for (int h = 0; h < shape.hidden(); h++) {
        for (int i = 0; i < lanes; i++) {
          double sum = parameters[shape.b1() + h];
          for (int b = 0; b < shape.blockSize(); b++) {
            sum += table[h][b * shape.symbols() + contexts[(first + i) * shape.blockSize() + b]];
          }
          // tanh, right to 1e-16 though not to its last digits near 0, in half of Math.tanh's time.
          unit[i] = 1 - 2 / (Math.exp(2 * sum) + 1);
        }
        for (int v = 0; v < logits.length; v++) {
          addProduct(logits[v], parameters[shape.w2() + h * shape.symbols() + v], unit, lanes);
        }
      }
    }

    private static void addProduct(double[] sum, double factor, double[] values, int lanes) {
      for (int i = 0; i < lanes; i++) {
        sum[i] = Math.fma(factor, values[i], sum[i]);
      }
    }

    private double logSumExp(int lane) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double[] logit : logits) {
        largest = Math.max(largest, logit[lane]);
      }
      double sum = 0;
      for (double[] logit : logits) {
        sum += Math.exp(logit[lane] - largest);
      }
      return largest + Math.log(sum);
    }
  }
}
