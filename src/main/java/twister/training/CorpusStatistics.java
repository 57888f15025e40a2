package twister.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import twister.data.Contexts;
import twister.data.Corpus;
import twister.data.NgramCounts;
import twister.data.Ngrams;
import twister.data.Vocabulary;
import twister.model.CountsModel;
import twister.model.ProbabilityTable;

/// What there is to know about a corpus before a model is trained on it. A text is one word here.
///
/// @param distinctWords how many words there are when each is counted once
/// @param lengths how many words have so many symbols, by that number, ascending
/// @param shortest the first of the shortest words
/// @param longest the first of the longest words
/// @param order of the n-grams
/// @param contexts C, how many different contexts they have
/// @param ngrams those that occur, the most frequent first; equally frequent ones in the order of
///   their symbols, the boundary first
/// @param lowest the score of the counts themselves, the best that an n-gram model can have
public record CorpusStatistics(
    Corpus corpus,
    Vocabulary vocabulary,
    int distinctWords,
    SortedMap<Integer, Integer> lengths,
    String shortest,
    String longest,
    int order,
    int contexts,
    List<Ngram> ngrams,
    Score lowest) {

  /// An n-gram of the corpus.
  ///
  /// @param context the symbols before the last, as text
  /// @param next the last symbol, as text
  /// @param count how often it occurs
  /// @param probability of the last symbol after the context: its share in the context's n-grams
  public record Ngram(String context, String next, int count, double probability) {}

  /// The statistics of a corpus and its n-grams.
  public static CorpusStatistics of(Corpus corpus, Ngrams ngrams) {
    Comparator<String> byLength = Comparator.comparingInt(CorpusStatistics::length);
    SortedMap<Integer, Integer> lengths = new TreeMap<>();
    corpus.words().forEach(word -> lengths.merge(length(word), 1, Integer::sum));
    Contexts contexts = ngrams.contexts();
    NgramCounts counts = NgramCounts.of(ngrams.examples());
    ProbabilityTable model = new CountsModel(counts, 0);
    return new CorpusStatistics(
        corpus,
        contexts.vocabulary(),
        new HashSet<>(corpus.words()).size(),
        lengths,
        corpus.words().stream().min(byLength).orElseThrow(),
        corpus.words().stream().min(byLength.reversed()).orElseThrow(),
        contexts.length() + 1,
        contexts.size(),
        sorted(contexts, counts, model),
        Score.of(counts, model));
  }

  private static List<Ngram> sorted(Contexts contexts, NgramCounts counts, ProbabilityTable model) {
    List<Ngram> ngrams = new ArrayList<>();
    for (int c = 0; c < counts.contexts(); c++) {
      String context = contexts.text(c);
      for (int v = 0; v < counts.symbols(); v++) {
        if (counts.count(c, v) > 0) {
          String next = contexts.vocabulary().symbol(v);
          ngrams.add(new Ngram(context, next, counts.count(c, v), model.probability(c, v)));
        }
      }
    }
    ngrams.sort(Comparator.comparingInt(Ngram::count).reversed());
    return List.copyOf(ngrams);
  }

  /// How many symbols a word has, the boundaries around it not counted.
  public static int length(String word) {
    return word.codePointCount(0, word.length());
  }

  /// The number of examples, N: a letter each, and the boundary after each word.
  public long examples() {
    return lowest.examples();
  }

  /// The mean length of a word in symbols.
  public double meanLength() {
    double words = corpus.words().size();
    return (examples() - words) / words;
  }

  /// ln V, the loss of a model that knows nothing, in nats per character.
  public double uniformLoss() {
    return Math.log(vocabulary.size());
  }
}
