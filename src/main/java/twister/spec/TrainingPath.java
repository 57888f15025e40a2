package twister.spec;

/// Which form of the same loss and gradient is computed.
public enum TrainingPath {
  /// Over the count table, O(C V) a step: the counts are all that the loss depends on.
  COUNTS,
  /// Over every example, O(N V) a step, as the literature shows it.
  EXAMPLES
}
