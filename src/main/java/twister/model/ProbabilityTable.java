package twister.model;

/// The probability of each next symbol after each context: what a trained n-gram model knows.
public final class ProbabilityTable {
  private final int contexts;
  private final int symbols;
  private final double[] values;

  /// Takes the probabilities as they are, without a copy.
  ///
  /// @param values (C, V), row-major; each row sums to 1
  public ProbabilityTable(int contexts, int symbols, double[] values) {
    if (values.length != contexts * symbols) {
      throw new IllegalArgumentException(
          "probabilities: expected (%d, %d), got (%d)".formatted(contexts, symbols, values.length));
    }
    this.contexts = contexts;
    this.symbols = symbols;
    this.values = values;
  }

  /// The number of contexts, C.
  public int contexts() {
    return contexts;
  }

  /// The number of symbols, V.
  public int symbols() {
    return symbols;
  }

  /// The probability of `symbol` after `context`.
  public double probability(int context, int symbol) {
    return values[context * symbols + symbol];
  }

  /// The probabilities after `context` in single precision, as PyTorch holds them.
  ///
  /// @return (V)
  public float[] row(int context) {
    float[] row = new float[symbols];
    for (int v = 0; v < symbols; v++) {
      row[v] = (float) probability(context, v);
    }
    return row;
  }
}
