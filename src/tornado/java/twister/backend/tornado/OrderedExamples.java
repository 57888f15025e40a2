package twister.backend.tornado;

import java.util.Arrays;
import java.util.stream.IntStream;
import twister.data.Examples;

/// Examples in the order of their contexts, cut into chunks of one context each; every context has
/// at least one, be it empty.
///
/// @param contexts (N)
/// @param targets (N); those of a context keep the corpus's order
/// @param chunkStarts (Q + 1), the first example of each chunk, and N
/// @param contextChunks (C + 1), the first chunk of each context, and Q
record OrderedExamples(int[] contexts, int[] targets, int[] chunkStarts, int[] contextChunks) {

  /// @param most examples of a chunk
  static OrderedExamples of(Examples examples, int most) {
    int[] starts = new int[examples.contextCount() + 1];
    for (int context : examples.contexts()) {
      starts[context + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] contextChunks = new int[starts.length];
    for (int c = 0; c < examples.contextCount(); c++) {
      int chunks = Math.max(1, Math.ceilDiv(starts[c + 1] - starts[c], most));
      contextChunks[c + 1] = contextChunks[c] + chunks;
    }
    int[] chunkStarts = new int[contextChunks[examples.contextCount()] + 1];
    for (int c = 0, chunk = 0; c < examples.contextCount(); c++) {
      for (int start = starts[c]; chunk < contextChunks[c + 1]; start += most) {
        chunkStarts[chunk++] = start;
      }
    }
    chunkStarts[chunkStarts.length - 1] = examples.count();
    int[] next = starts.clone();
    int[] contexts = new int[examples.count()];
    int[] targets = new int[examples.count()];
    for (int i = 0; i < examples.count(); i++) {
      int place = next[examples.contexts()[i]]++;
      contexts[place] = examples.contexts()[i];
      targets[place] = examples.targets()[i];
    }
    return new OrderedExamples(contexts, targets, chunkStarts, contextChunks);
  }

  /// The number of chunks, Q.
  int chunks() {
    return chunkStarts.length - 1;
  }

  /// How many chunks a context has, at most.
  int mostChunks() {
    return IntStream.range(1, contextChunks.length)
        .map(c -> contextChunks[c] - contextChunks[c - 1])
        .max()
        .orElseThrow();
  }
}
