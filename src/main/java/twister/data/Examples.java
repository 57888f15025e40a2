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

  /// The bigrams of a corpus: each word's symbols with the boundary before and after them, so that
  /// the context of an example is the one symbol before its target and C = V.
  public static Examples bigrams(Corpus corpus, Vocabulary vocabulary) {
    int size = corpus.words().stream().mapToInt(w -> w.codePointCount(0, w.length()) + 1).sum();
    int[] contexts = new int[size];
    int[] targets = new int[size];
    int n = 0;
    for (String word : corpus.words()) {
      int previous = vocabulary.index(Vocabulary.BOUNDARY);
      for (int next : vocabulary.indices(word)) {
        contexts[n] = previous;
        targets[n++] = next;
        previous = next;
      }
      contexts[n] = previous;
      targets[n++] = vocabulary.index(Vocabulary.BOUNDARY);
    }
    return new Examples(contexts, targets, vocabulary.size(), vocabulary.size());
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
