package twister.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The n-grams of a corpus, each a context and the symbol that follows it.
///
/// @param examples in the order of the corpus
public record Ngrams(Contexts contexts, Examples examples) {

  /// The n-grams of a corpus: each word's symbols with boundaries before and one after them.
  ///
  /// Contexts are numbered length by length: those of k symbols are the pairs, found and sorted, of
  /// a context of k - 1 symbols and the symbol after it.
  ///
  /// @param order how many symbols an n-gram has, from 1; 2 for bigrams
  public static Ngrams of(Corpus corpus, Vocabulary vocabulary, int order) {
    if (order < 1) {
      throw new IllegalArgumentException("order: expected at least 1, got " + order);
    }
    int[] targets = targets(corpus, vocabulary);
    int[] numbers = new int[targets.length];
    int[] shortened = new int[1];
    List<long[]> pairsOfLengths = new ArrayList<>();
    for (int length = 1; length < order; length++) {
      long[] found = pairs(numbers, targets, vocabulary.size());
      long[] pairs = distinct(found);
      int[] shorter = numbers;
      numbers = Arrays.stream(found).mapToInt(pair -> Arrays.binarySearch(pairs, pair)).toArray();
      shortened = new int[pairs.length];
      for (int i = 0; i < numbers.length; i++) {
        shortened[numbers[i]] = shorter[i];
      }
      pairsOfLengths.add(pairs);
    }
    Contexts contexts = new Contexts(vocabulary, pairsOfLengths.toArray(long[][]::new), shortened);
    return new Ngrams(contexts, new Examples(numbers, targets, contexts.size(), vocabulary.size()));
  }

  /// The n-grams of some of the corpus's words, with all contexts and symbols.
  public Ngrams ofWords(List<String> words) {
    Vocabulary vocabulary = contexts.vocabulary();
    int count = words.stream().mapToInt(word -> word.codePointCount(0, word.length()) + 1).sum();
    int[] before = new int[count];
    int[] targets = new int[count];
    int n = 0;
    for (String word : words) {
      int context = Contexts.BEGINNING;
      for (int symbol : vocabulary.indices(word + Character.toString(Vocabulary.BOUNDARY))) {
        before[n] = context;
        targets[n++] = symbol;
        context = contexts.next(context, symbol);
      }
    }
    return new Ngrams(contexts, new Examples(before, targets, contexts.size(), vocabulary.size()));
  }

  private static int[] targets(Corpus corpus, Vocabulary vocabulary) {
    int[] targets = new int[corpus.examples()];
    int n = 0;
    for (String word : corpus.words()) {
      for (int symbol : vocabulary.indices(word)) {
        targets[n++] = symbol;
      }
      targets[n++] = vocabulary.index(Vocabulary.BOUNDARY);
    }
    return targets;
  }

  /// What stands before each target, one symbol longer than before.
  ///
  /// @param numbers (N), of the contexts one shorter
  /// @return (N), number of the context before the symbol before * V + that symbol; 0, nothing but
  ///   boundaries, where a word begins
  private static long[] pairs(int[] numbers, int[] targets, int symbols) {
    long[] pairs = new long[targets.length];
    for (int i = 1; i < pairs.length; i++) {
      boolean begins = targets[i - 1] == 0;
      pairs[i] = begins ? 0 : (long) numbers[i - 1] * symbols + targets[i - 1];
    }
    return pairs;
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
