package twister.model;

/// The sizes of a multi-layer perceptron, and where its parameters lie in one flat array: the
/// embeddings C (V, E), then W1 (B E, H), b1 (H), W2 (H, V), b2 (V), each row-major.
///
/// @param blockSize B, how many symbols the next one is predicted from
/// @param embedding E, the numbers that stand for a symbol
/// @param hidden H, the units of the hidden layer
/// @param symbols V
public record MlpShape(int blockSize, int embedding, int hidden, int symbols) {
  public MlpShape {
    if (Math.min(Math.min(blockSize, embedding), Math.min(hidden, symbols)) < 1) {
      throw new IllegalArgumentException(
          "shape: expected sizes of at least 1, got B %d, E %d, H %d, V %d"
              .formatted(blockSize, embedding, hidden, symbols));
    }
    long inputs = (long) blockSize * embedding;
    if (inputs > Integer.MAX_VALUE
        || (symbols + inputs) * Math.max(embedding, hidden) + (hidden + 1L) * (symbols + 1L)
            > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape: expected less than 2^31 parameters with B %d, E %d, H %d, V %d"
              .formatted(blockSize, embedding, hidden, symbols));
    }
  }

  /// What the hidden layer sees: the embeddings of a block one after the other, B E.
  public int inputs() {
    return blockSize * embedding;
  }

  /// Where W1 begins; C begins at 0.
  public int w1() {
    return symbols * embedding;
  }

  /// Where b1 begins.
  public int b1() {
    return w1() + inputs() * hidden;
  }

  /// Where W2 begins.
  public int w2() {
    return b1() + hidden;
  }

  /// Where b2 begins.
  public int b2() {
    return w2() + hidden * symbols;
  }

  /// The number of all parameters.
  public int parameters() {
    return b2() + symbols;
  }
}
