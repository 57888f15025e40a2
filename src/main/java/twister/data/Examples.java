package twister.data;

import java.util.Arrays;

/// Every pair of a context and the symbol that follows it, in the order of the corpus.
///
/// @param contexts (N), each from 0 to C - 1
/// @param targets (N), each from 0 to V - 1
/// @param contextCount C
/// @param symbolCount V
public record Examples(int[] contexts, int[] targets, int contextCount, int symbolCount) {
  public Examples {
    if (contexts.length != targets.length) {
      throw new IllegalArgumentException(
          "targets: expected (%d), got (%d)".formatted(contexts.length, targets.length));
    }
  }

  /// The number of examples, N.
  public int count() {
    return targets.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Examples that
        && Arrays.equals(contexts, that.contexts)
        && Arrays.equals(targets, that.targets)
        && contextCount == that.contextCount
        && symbolCount == that.symbolCount;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(contexts) + Arrays.hashCode(targets);
  }
}
