package twister.model;

/// The probability of each next symbol after each context: what a trained n-gram model knows.
public interface ProbabilityTable {

  /// The number of contexts, C.
  int contexts();

  /// The number of symbols, V.
  int symbols();

  /// The probability of `symbol` after `context`; the probabilities after a context sum to 1.
  double probability(int context, int symbol);

  /// The natural logarithm of the probability; -Infinity where the model rules the symbol out. It
  /// may be finite where the probability is too small for a double and therefore 0.
  double logProbability(int context, int symbol);

  /// The probabilities after `context` in single precision, as PyTorch holds them.
  ///
  /// @return (V)
  default float[] row(int context) {
    float[] row = new float[symbols()];
    for (int v = 0; v < row.length; v++) {
      row[v] = (float) probability(context, v);
    }
    return row;
  }
}
