package twister.data;

import java.util.Arrays;
import java.util.List;

/// Every symbol of some words with the block of symbols before it, in the order of the words.
///
/// A word is read with the boundary after it and as many boundaries before it as a block is long:
/// with blocks of three, "ab" gives `...` and a, `..a` and b, `.ab` and the boundary (Bengio et
/// al., "A Neural Probabilistic Language Model", 2003, section 2). A text has no boundaries: its
/// examples begin after its first block.
///
/// @param contexts (N, B), row-major, each from 0 to V - 1
/// @param targets (N), each from 0 to V - 1
/// @param blockSize B, at least 1
/// @param symbols V
public record Blocks(int[] contexts, int[] targets, int blockSize, int symbols) {
  public Blocks {
    if (blockSize < 1) {
      throw new IllegalArgumentException("block size: expected at least 1, got " + blockSize);
    }
    if (contexts.length != (long) targets.length * blockSize) {
      throw new IllegalArgumentException(
          "contexts: expected (%d, %d), got (%d)"
              .formatted(targets.length, blockSize, contexts.length));
    }
    refuseOthers("contexts", contexts, symbols);
    refuseOthers("targets", targets, symbols);
  }

  private static void refuseOthers(String name, int[] numbers, int symbols) {
    for (int number : numbers) {
      if (number < 0 || number >= symbols) {
        throw new IllegalArgumentException(
            "%s: expected symbols from 0 to %d, got %d".formatted(name, symbols - 1, number));
      }
    }
  }

  /// The blocks of words, or of a text.
  ///
  /// @param blockSize B, at least 1
  /// @throws IllegalArgumentException if a word holds a symbol outside the vocabulary
  public static Blocks of(List<String> words, Vocabulary vocabulary, int blockSize) {
    int size = vocabulary.examples(words, blockSize);
    int[] contexts = new int[Math.multiplyExact(size, blockSize)];
    int[] targets = new int[size];
    int n = 0;
    for (String word : words) {
      int[] sequence = vocabulary.sequence(word, blockSize);
      for (int i = blockSize; i < sequence.length; i++) {
        System.arraycopy(sequence, i - blockSize, contexts, n * blockSize, blockSize);
        targets[n++] = sequence[i];
      }
    }
    return new Blocks(contexts, targets, blockSize, vocabulary.size());
  }

  /// The number of examples, N.
  public int count() {
    return targets.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Blocks that
        && Arrays.equals(contexts, that.contexts)
        && Arrays.equals(targets, that.targets)
        && blockSize == that.blockSize
        && symbols == that.symbols;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(contexts) + Arrays.hashCode(targets);
  }
}
