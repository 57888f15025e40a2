package twister.backend;

import java.util.List;
import twister.data.Blocks;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.model.MlpShape;

/// What the runs of a batch share: the data and the form in which the loss is computed.
///
/// The loss is `mean over examples of -log softmax(logits)[target] + l2 * mean(W^2)`, W all
/// weights. The n-gram model, over counts or over examples, has weights (C, V), and its logits are
/// `W[context]`; those of the multi-layer perceptron are computed by [twister.model.MlpModel].
public sealed interface Problem {

  /// The loss over the count table.
  ///
  /// @param accumulatesGradients whether an update takes the sum of the gradients of all steps so
  ///   far
  record OverCounts(NgramCounts counts, boolean accumulatesGradients) implements Problem {
    /// The loss over the count table, each update by its own gradient.
    public OverCounts(NgramCounts counts) {
      this(counts, false);
    }
  }

  /// The loss over every single example.
  ///
  /// @param accumulatesGradients whether an update takes the sum of the gradients of all steps so
  ///   far
  record OverExamples(Examples examples, boolean accumulatesGradients) implements Problem {
    /// The loss over every single example, each update by its own gradient.
    public OverExamples(Examples examples) {
      this(examples, false);
    }
  }

  /// The loss of a multi-layer perceptron over blocks of symbols.
  ///
  /// @param batch how many examples a step trains on, chosen by the batches of each run; 0 for
  ///   every example
  record OverBlocks(Blocks examples, MlpShape shape, int batch) implements Problem {
    public OverBlocks {
      if (examples.blockSize() != shape.blockSize() || examples.symbols() != shape.symbols()) {
        throw new IllegalArgumentException(
            "examples: expected B %d, V %d, got B %d, V %d"
                .formatted(
                    shape.blockSize(), shape.symbols(), examples.blockSize(), examples.symbols()));
      }
      if (examples.count() < 1) {
        throw new IllegalArgumentException("examples: expected at least one, got none");
      }
      if (batch < 0) {
        throw new IllegalArgumentException("batch: expected at least 0, got " + batch);
      }
    }

    /// The loss over every example in each step.
    public OverBlocks(Blocks examples, MlpShape shape) {
      this(examples, shape, 0);
    }
  }

  /// The number of weights of a run.
  default int parameters() {
    return switch (this) {
      case OverCounts(NgramCounts counts, _) -> counts.contexts() * counts.symbols();
      case OverExamples(Examples examples, _) -> examples.contextCount() * examples.symbolCount();
      case OverBlocks(_, MlpShape shape, _) -> shape.parameters();
    };
  }

  /// The number of symbols, V.
  default int symbols() {
    return switch (this) {
      case OverCounts(NgramCounts counts, _) -> counts.symbols();
      case OverExamples(Examples examples, _) -> examples.symbolCount();
      case OverBlocks(_, MlpShape shape, _) -> shape.symbols();
    };
  }

  /// Refuses runs whose weights have another shape, and those that lack the batches they need.
  default void check(List<RunConfig> runs) {
    for (RunConfig run : runs) {
      if (run.initialWeights().length != parameters()) {
        throw new IllegalArgumentException(
            "weights: expected (%s), got (%d)".formatted(shape(), run.initialWeights().length));
      }
      if (this instanceof OverBlocks(_, _, int batch) && batch > 0 && run.batches().isEmpty()) {
        throw new IllegalArgumentException("batches: expected a source of " + batch + ", got none");
      }
    }
  }

  private String shape() {
    return switch (this) {
      case OverCounts _, OverExamples _ -> "%d, %d".formatted(parameters() / symbols(), symbols());
      case OverBlocks _ -> Integer.toString(parameters());
    };
  }
}
