package twister.backend.cpu;

import static twister.backend.cpu.FloatRows.INPUTS;
import static twister.backend.cpu.FloatRows.OUTPUTS;
import static twister.backend.cpu.FloatRows.roundedUp;

import java.util.Arrays;
import twister.data.Blocks;
import twister.model.MlpShape;

/// Loss and gradient of some examples of a multi-layer perceptron; one thread's memory for it.
///
/// Every matrix product is a sum of rows times numbers ([FloatRows#addProducts]), so that no sum
/// runs across the lanes of a vector: where hidden units are summed over, the lanes are examples,
/// elsewhere they are hidden units. What is needed both ways is transposed between.
final class MlpTile {
  private final Blocks examples;
  private final MlpShape shape;
  private final int hidden;

  /// Which of the examples, and how many.
  private final int[] chosen;

  private int count;

  /// (examples, inputs), a 1 as the last input; and transposed
  private final float[][] inputs;

  private final float[][] inputsByExample;

  /// (examples, hidden units), a 1 as the last unit; its gradient; one of them transposed
  private final float[][] units;

  private final float[][] unitGradients;
  private final float[][] unitsByExample;

  /// (symbols, examples), later their gradients; and transposed
  private final float[][] logits;

  private final float[][] logitGradients;
  private final double[][] wideLogits;
  private final double[][] exponentials;
  private final double[] largest;
  private final double[] sums;
  private final float[][] inputGradients;

  /// @param lanes how many examples at most
  MlpTile(Blocks examples, MlpShape shape, int lanes) {
    this.examples = examples;
    this.shape = shape;
    hidden = shape.hidden();
    chosen = new int[lanes];
    int rows = roundedUp(lanes, INPUTS);
    int inputRows = roundedUp(shape.inputs() + 1, INPUTS);
    int unitRows = roundedUp(hidden + 1, INPUTS);
    int symbolRows = roundedUp(shape.symbols(), INPUTS);
    inputs = new float[rows][inputRows];
    inputsByExample = new float[inputRows][rows];
    units = new float[rows][unitRows];
    unitGradients = new float[rows][unitRows];
    unitsByExample = new float[unitRows][rows];
    logits = new float[symbolRows][rows];
    logitGradients = new float[rows][symbolRows];
    wideLogits = new double[shape.symbols()][rows];
    exponentials = new double[shape.symbols()][rows];
    largest = new double[rows];
    sums = new double[rows];
    inputGradients = new float[inputRows][rows];
    Arrays.fill(inputsByExample[shape.inputs()], 1);
    Arrays.fill(unitsByExample[hidden], 1);
    for (int n = 0; n < rows; n++) {
      inputs[n][shape.inputs()] = 1;
    }
  }

  /// The number of examples it takes at most.
  int lanes() {
    return chosen.length;
  }

  /// The sum of the negative log likelihoods of examples `first` to `first + count`.
  double loss(MlpWeights weights, int first, int count) {
    this.count = count;
    for (int n = 0; n < count; n++) {
      chosen[n] = first + n;
    }
    return loss(weights);
  }

  /// The sum of the negative log likelihoods of some examples.
  ///
  /// @param indices of which `first` to `first + count` are meant
  double loss(MlpWeights weights, int[] indices, int first, int count) {
    this.count = count;
    System.arraycopy(indices, first, chosen, 0, count);
    return loss(weights);
  }

  private double loss(MlpWeights weights) {
    gather(weights.embeddings);
    computeUnits(weights.input);
    computeLogits(weights.output);
    return softmax();
  }

  private void gather(float[] embeddings) {
    int size = shape.embedding();
    for (int n = 0; n < count; n++) {
      for (int b = 0; b < shape.blockSize(); b++) {
        int from = symbol(n, b) * size;
        for (int e = 0; e < size; e++) {
          float value = embeddings[from + e];
          inputs[n][b * size + e] = value;
          inputsByExample[b * size + e][n] = value;
        }
      }
    }
  }

  /// The symbol at a place of an example's block.
  private int symbol(int example, int place) {
    return examples.contexts()[chosen[example] * shape.blockSize() + place];
  }

  private int target(int example) {
    return examples.targets()[chosen[example]];
  }

  private void computeUnits(float[][] weights) {
    int rows = roundedUp(count, OUTPUTS);
    for (int n = 0; n < rows; n++) {
      Arrays.fill(units[n], 0);
    }
    FloatRows.addLongProducts(
        units, inputs, weights, rows, roundedUp(shape.inputs() + 1, INPUTS), hidden);
    for (int n = 0; n < count; n++) {
      FloatRows.tanh(units[n], hidden);
      units[n][hidden] = 1;
    }
    clearRest(units);
  }

  /// Rows that fill up a multiple are multiplied by 0; a NaN left in them would show.
  private void clearRest(float[][] rows) {
    for (int n = count; n < roundedUp(count, INPUTS); n++) {
      Arrays.fill(rows[n], 0);
    }
  }

  private void computeLogits(float[][] weights) {
    FloatRows.transpose(unitsByExample, units, count, hidden);
    int rows = roundedUp(shape.symbols(), OUTPUTS);
    for (int v = 0; v < rows; v++) {
      Arrays.fill(logits[v], 0, count, 0);
    }
    FloatRows.addProducts(
        logits, weights, unitsByExample, rows, roundedUp(hidden + 1, INPUTS), count);
  }

  private double softmax() {
    Arrays.fill(largest, 0, count, Double.NEGATIVE_INFINITY);
    Arrays.fill(sums, 0, count, 0);
    for (int v = 0; v < wideLogits.length; v++) {
      Lanes.widen(wideLogits[v], logits[v], count);
      Lanes.raise(largest, wideLogits[v], count);
    }
    for (int v = 0; v < wideLogits.length; v++) {
      Lanes.exponentials(exponentials[v], sums, wideLogits[v], largest, count);
    }
    double loss = Lanes.sumOfLogarithms(sums, count);
    for (int n = 0; n < count; n++) {
      loss += largest[n] - wideLogits[target(n)][n];
    }
    return loss;
  }

  /// Adds the gradient of the loss that was computed last.
  ///
  /// @param weights those of the loss
  /// @param scale what every example counts, 1 / N for a mean
  void addGradient(MlpWeights weights, MlpWeights gradient, double scale) {
    computeLogitGradients(scale);
    computeUnitGradients(weights.output);
    int examplesRead = roundedUp(count, INPUTS);
    FloatRows.addLongProducts(
        gradient.output,
        logits,
        units,
        roundedUp(shape.symbols(), OUTPUTS),
        examplesRead,
        hidden + 1);
    addEmbeddingGradients(weights.input, gradient.embeddings);
    FloatRows.addLongProducts(
        gradient.input,
        inputsByExample,
        unitGradients,
        roundedUp(shape.inputs() + 1, OUTPUTS),
        examplesRead,
        hidden);
  }

  /// Softmax minus one-hot target, times scale.
  private void computeLogitGradients(double scale) {
    for (int n = 0; n < count; n++) {
      sums[n] = scale / sums[n];
    }
    for (int v = 0; v < exponentials.length; v++) {
      Lanes.narrowProduct(logits[v], exponentials[v], sums, count);
      Arrays.fill(logits[v], count, roundedUp(count, INPUTS), 0);
    }
    for (int n = 0; n < count; n++) {
      logits[target(n)][n] -= (float) scale;
    }
    FloatRows.transpose(logitGradients, logits, exponentials.length, count);
  }

  private void computeUnitGradients(float[][] weights) {
    int rows = roundedUp(count, OUTPUTS);
    for (int n = 0; n < rows; n++) {
      Arrays.fill(unitGradients[n], 0);
    }
    FloatRows.addLongProducts(
        unitGradients, logitGradients, weights, rows, roundedUp(shape.symbols(), INPUTS), hidden);
    for (int n = 0; n < count; n++) {
      FloatRows.multiplyByTanhSlope(unitGradients[n], units[n], hidden);
    }
    clearRest(unitGradients);
  }

  private void addEmbeddingGradients(float[][] weights, float[] gradient) {
    FloatRows.transpose(unitsByExample, unitGradients, count, hidden);
    int rows = roundedUp(shape.inputs(), OUTPUTS);
    for (int i = 0; i < rows; i++) {
      Arrays.fill(inputGradients[i], 0, count, 0);
    }
    FloatRows.addProducts(
        inputGradients, weights, unitsByExample, rows, roundedUp(hidden, INPUTS), count);
    int size = shape.embedding();
    for (int n = 0; n < count; n++) {
      for (int b = 0; b < shape.blockSize(); b++) {
        int to = symbol(n, b) * size;
        for (int e = 0; e < size; e++) {
          gradient[to + e] += inputGradients[b * size + e][n];
        }
      }
    }
  }
}
