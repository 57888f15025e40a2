package twister.spec;

/// Which model is asked to predict the next symbol.
public sealed interface ModelSpec {

  /// The count table, in closed form: (count + smoothing) / (row total + smoothing * V).
  ///
  /// @param smoothing added to every count, finite and at least 0
  record Counts(double smoothing) implements ModelSpec {
    public Counts {
      if (!(smoothing >= 0) || Double.isInfinite(smoothing)) {
        throw new IllegalArgumentException("smoothing: expected a number from 0, got " + smoothing);
      }
    }
  }

  /// One row of logits per context, normalised by softmax and trained by gradient descent.
  record Softmax(InitSpec init) implements ModelSpec {}

  /// The multi-layer perceptron: embeddings of a block of symbols, a hidden layer, softmax.
  ///
  /// @param blockSize how many symbols the next one is predicted from, from 1
  /// @param embedding the numbers that stand for a symbol, from 1
  /// @param hidden the units of the hidden layer, from 1
  record Mlp(int blockSize, int embedding, int hidden, InitSpec init) implements ModelSpec {
    public Mlp {
      if (Math.min(blockSize, Math.min(embedding, hidden)) < 1) {
        throw new IllegalArgumentException(
            "mlp: expected sizes from 1, got block size %d, embedding %d, hidden %d"
                .formatted(blockSize, embedding, hidden));
      }
    }
  }
}
