package twister.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The n-grams of a corpus, each a context and the symbol that follows it.
///
/// @param examples in the order of the corpus
public record Ngrams(Contexts contexts, Examples examples) {

  /// The n-grams of a corpus: each word's symbols with boundaries before and one after them. A text
  /// has none; its first n-gram begins with its first symbol. What it ends with is a context, too,
  /// so that those of bigrams are all symbols.
  ///
  /// Contexts are numbered length by length: those of k symbols are the pairs, found and sorted, of
  /// a context of k - 1 symbols and the symbol after it.
  ///
  /// @param order how many symbols an n-gram has, from 1; 2 for bigrams
  /// @throws IllegalArgumentException if the order is below 1, or a text is shorter than one n-gram
  public static Ngrams of(Corpus corpus, Vocabulary vocabulary, int order) {
    if (order < 1) {
      throw new IllegalArgumentException("order: expected at least 1, got " + order);
    }
    int[] targets = targets(corpus, vocabulary);
    if (corpus.isText() && targets.length < order) {
      throw new IllegalArgumentException(
          "text: expected at least %d symbols, got %d".formatted(order, targets.length));
    }
    int places = corpus.isText() ? targets.length + 1 : targets.length;
    int[] numbers = new int[places];
    int[] shortened = new int[1];
    List<long[]> pairsOfLengths = new ArrayList<>();
    for (int length = 1; length < order; length++) {
      int first = corpus.isText() ? length : 0;
      long[] found = pairs(numbers, targets, vocabulary, first);
      long[] pairs = distinct(found);
      int[] shorter = numbers;
      numbers = new int[places];
      shortened = new int[pairs.length];
      for (int i = first; i < numbers.length; i++) {
        numbers[i] = Arrays.binarySearch(pairs, found[i - first]);
        shortened[numbers[i]] = shorter[i];
      }
      pairsOfLengths.add(pairs);
    }
    int first = corpus.isText() ? order - 1 : 0;
    int[] beginning = corpus.isText() ? Arrays.copyOf(targets, order - 1) : new int[order - 1];
    Contexts contexts =
        new Contexts(vocabulary, pairsOfLengths.toArray(long[][]::new), shortened, beginning);
    return new Ngrams(
        contexts,
        new Examples(
            part(numbers, first, targets.length),
            part(targets, first, targets.length),
            contexts.size(),
            vocabulary.size()));
  }

  /// The n-grams of some of the corpus's words, or of a part of the text, with all contexts and
  /// symbols.
  public Ngrams ofWords(List<String> words) {
    return new Ngrams(contexts, ofWords(words, contexts));
  }

  static Examples ofWords(List<String> words, Contexts contexts) {
    Vocabulary vocabulary = contexts.vocabulary();
    int length = contexts.length();
    int count = vocabulary.examples(words, length);
    int[] before = new int[count];
    int[] targets = new int[count];
    int n = 0;
    for (String word : words) {
      int[] sequence = vocabulary.sequence(word, length);
      int context = contexts.number(Arrays.copyOf(sequence, length));
      for (int i = length; i < sequence.length; i++) {
        before[n] = context;
        targets[n++] = sequence[i];
        context = contexts.next(context, sequence[i]);
      }
    }
    return new Examples(before, targets, contexts.size(), vocabulary.size());
  }

  private static int[] targets(Corpus corpus, Vocabulary vocabulary) {
    int[] targets = new int[corpus.symbols()];
    int n = 0;
    for (String word : corpus.words()) {
      int[] sequence = vocabulary.sequence(word, 0);
      System.arraycopy(sequence, 0, targets, n, sequence.length);
      n += sequence.length;
    }
    return targets;
  }

  /// What stands at each place, one symbol longer than before.
  ///
  /// @param numbers (places), of the contexts one shorter
  /// @param targets the symbols after the places
  /// @param first the first place that has such a context
  /// @return (places - first), number of the context before the symbol before * V + that symbol; 0,
  ///   nothing but boundaries, where a word begins
  private static long[] pairs(int[] numbers, int[] targets, Vocabulary vocabulary, int first) {
    long[] pairs = new long[numbers.length - first];
    for (int i = Math.max(1, first); i < numbers.length; i++) {
      boolean begins = vocabulary.isBoundary(targets[i - 1]);
      pairs[i - first] = begins ? 0 : (long) numbers[i - 1] * vocabulary.size() + targets[i - 1];
    }
    return pairs;
  }

  /// Part of an array, without a copy if it is all of it: a corpus may fill half of the memory.
  private static int[] part(int[] array, int from, int to) {
    return from == 0 && to == array.length ? array : Arrays.copyOfRange(array, from, to);
  }

  private static long[] distinct(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int size = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[size++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, size);
  }
}
