package twister.spec;

/// The charts that can be drawn of a run.
public enum ChartKind {
  /// Loss against step.
  LOSS,
  /// Loss against learning rate, of a range test.
  LEARNING_RATE_RANGE,
  /// Heatmap of the bigram counts.
  BIGRAMS,
  /// Heatmap of the model's probabilities.
  BIGRAM_PROBABILITIES
}
