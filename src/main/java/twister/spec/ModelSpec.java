package twister.spec;

import java.util.OptionalLong;

/// Which model is asked to predict the next symbol.
public sealed interface ModelSpec {

  /// Which kind of model it is.
  default ModelKind kind() {
    return switch (this) {
      case Counts _ -> ModelKind.COUNTS;
      case Softmax _ -> ModelKind.SOFTMAX;
      case Mlp _ -> ModelKind.MLP;
    };
  }

  /// The seed of its initial weights; counts have none.
  default OptionalLong seed() {
    return switch (this) {
      case Counts _ -> OptionalLong.empty();
      case Softmax(InitSpec init) -> OptionalLong.of(init.seed());
      case Mlp mlp -> OptionalLong.of(mlp.init.seed());
    };
  }

  /// The same model from another seed; counts have none.
  default ModelSpec withSeed(long seed) {
    return switch (this) {
      case Counts counts -> counts;
      case Softmax(InitSpec init) -> new Softmax(new InitSpec(init.generator(), seed));
      case Mlp mlp ->
          new Mlp(
              mlp.blockSize, mlp.embedding, mlp.hidden, new InitSpec(mlp.init.generator(), seed));
    };
  }

  /// The count table, in closed form: (count + smoothing) / (row total + smoothing * V).
  ///
  /// @param smoothing added to every count, from 0 to [#MOST_SMOOTHING]
  record Counts(double smoothing) implements ModelSpec {
    /// Times the number of symbols, it is still a finite number.
    public static final double MOST_SMOOTHING = 1e300;

    /// What a smoothing may be, in words.
    public static final String SMOOTHING_ALLOWED = "a number from 0 to 1e300";

    public Counts {
      if (!isSmoothing(smoothing)) {
        throw new IllegalArgumentException(
            "smoothing: expected " + SMOOTHING_ALLOWED + ", got " + smoothing);
      }
    }

    /// Whether a number can be added to every count.
    public static boolean isSmoothing(double number) {
      return number >= 0 && number <= MOST_SMOOTHING;
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

    /// How many parameters it has.
    ///
    /// @param symbols V
    public long parameters(long symbols) {
      long inputs = (long) blockSize * embedding;
      return symbols * embedding + (inputs + 1 + symbols) * hidden + symbols;
    }
  }
}
