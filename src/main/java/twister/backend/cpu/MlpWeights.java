package twister.backend.cpu;

import static twister.backend.cpu.FloatRows.INPUTS;
import static twister.backend.cpu.FloatRows.roundedUp;

import java.util.Arrays;
import twister.model.MlpShape;

/// The parameters of a multi-layer perceptron, or their gradient, as rows over the hidden units.
///
/// The biases are weights of inputs that are always 1: b1 is a last row of W1, b2 a last hidden
/// unit. Rows and columns are filled up with zeros, which stay zeros.
final class MlpWeights {
  final MlpShape shape;

  /// (V, E), row-major
  final float[] embeddings;

  /// Rows of inputs, the last of them b1, by columns of hidden units.
  final float[][] input;

  /// Rows of symbols, W2 transposed, by columns of hidden units, the last of them b2.
  final float[][] output;

  /// All weights zero.
  MlpWeights(MlpShape shape) {
    this.shape = shape;
    int columns = roundedUp(shape.hidden() + 1, INPUTS);
    embeddings = new float[shape.symbols() * shape.embedding()];
    input = new float[roundedUp(shape.inputs() + 1, INPUTS)][columns];
    output = new float[roundedUp(shape.symbols(), INPUTS)][columns];
  }

  /// @param parameters flat, as [MlpShape] lays them
  MlpWeights(MlpShape shape, float[] parameters) {
    this(shape);
    int hidden = shape.hidden();
    System.arraycopy(parameters, 0, embeddings, 0, embeddings.length);
    for (int i = 0; i <= shape.inputs(); i++) {
      System.arraycopy(parameters, shape.w1() + i * hidden, input[i], 0, hidden);
    }
    for (int v = 0; v < shape.symbols(); v++) {
      for (int h = 0; h <= hidden; h++) {
        output[v][h] = parameters[shape.w2() + h * shape.symbols() + v];
      }
    }
  }

  /// All parameters, flat, as [MlpShape] lays them.
  double[] flat() {
    double[] parameters = new double[shape.parameters()];
    for (int i = 0; i < embeddings.length; i++) {
      parameters[i] = embeddings[i];
    }
    for (int i = 0; i <= shape.inputs(); i++) {
      for (int h = 0; h < shape.hidden(); h++) {
        parameters[shape.w1() + i * shape.hidden() + h] = input[i][h];
      }
    }
    for (int v = 0; v < shape.symbols(); v++) {
      for (int h = 0; h <= shape.hidden(); h++) {
        parameters[shape.w2() + h * shape.symbols() + v] = output[v][h];
      }
    }
    return parameters;
  }

  /// The mean of the squares of all parameters.
  double meanSquare() {
    double sum = squares(embeddings);
    for (float[] row : input) {
      sum += squares(row);
    }
    for (float[] row : output) {
      sum += squares(row);
    }
    return sum / shape.parameters();
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }

  /// Goes a step down the gradient of the loss and of `l2 * mean square`, and sets the gradient of
  /// the loss to zero.
  void update(MlpWeights gradient, double rate, double l2) {
    float keep = (float) (1 - rate * 2 * l2 / shape.parameters());
    float step = (float) rate;
    int hidden = shape.hidden();
    FloatRows.update(embeddings, gradient.embeddings, keep, step, embeddings.length);
    for (int i = 0; i <= shape.inputs(); i++) {
      FloatRows.update(input[i], gradient.input[i], keep, step, hidden);
    }
    for (int v = 0; v < shape.symbols(); v++) {
      FloatRows.update(output[v], gradient.output[v], keep, step, hidden + 1);
    }
  }

  /// Sets all weights to zero.
  void clear() {
    Arrays.fill(embeddings, 0);
    for (float[] row : input) {
      Arrays.fill(row, 0);
    }
    for (float[] row : output) {
      Arrays.fill(row, 0);
    }
  }
}
