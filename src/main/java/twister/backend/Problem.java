package twister.backend;

import java.util.List;
import twister.data.Examples;
import twister.data.NgramCounts;

/// What the runs of a batch share: the data and the form in which the loss is computed.
///
/// The loss of both forms is the same, for weights W of (C, V):
/// `mean over examples of -log softmax(W[context])[target] + l2 * mean(W^2)`.
public sealed interface Problem {

  /// The loss over the count table.
  ///
  /// @param accumulatesGradients whether an update takes the sum of the gradients of all steps so far
  record OverCounts(NgramCounts counts, boolean accumulatesGradients) implements Problem {
    /// The loss over the count table, each update by its own gradient.
    public OverCounts(NgramCounts counts) {
      this(counts, false);
    }
  }

  /// The loss over every single example.
  ///
  /// @param accumulatesGradients whether an update takes the sum of the gradients of all steps so far
  record OverExamples(Examples examples, boolean accumulatesGradients) implements Problem {
    /// The loss over every single example, each update by its own gradient.
    public OverExamples(Examples examples) {
      this(examples, false);
    }
  }

  /// The number of contexts, C.
  default int contexts() {
    return switch (this) {
      case OverCounts(NgramCounts counts, _) -> counts.contexts();
      case OverExamples(Examples examples, _) -> examples.contextCount();
    };
  }

  /// The number of symbols, V.
  default int symbols() {
    return switch (this) {
      case OverCounts(NgramCounts counts, _) -> counts.symbols();
      case OverExamples(Examples examples, _) -> examples.symbolCount();
    };
  }

  /// Refuses runs whose weights have another shape.
  default void check(List<RunConfig> runs) {
    for (RunConfig run : runs) {
      if (run.initialWeights().length != contexts() * symbols()) {
        throw new IllegalArgumentException(
            "weights: expected (%d, %d), got (%d)"
                .formatted(contexts(), symbols(), run.initialWeights().length));
      }
    }
  }
}
