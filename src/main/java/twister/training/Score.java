package twister.training;

import java.util.ArrayList;
import java.util.List;
import twister.data.NgramCounts;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;

/// How well an n-gram model predicts some words.
///
/// @param logLikelihood natural logarithm of the probability of all words; -Infinity when the model
///     gives one of their n-grams no probability
/// @param examples the number of n-grams, the boundaries among them
public record Score(double logLikelihood, long examples) {

  /// One bigram of a word.
  ///
  /// @param bigram the two symbols
  /// @param probability of the second symbol after the first
  public record Bigram(String bigram, double probability) {
    /// The natural logarithm of the probability, -Infinity for 0.
    public double logProbability() {
      return Math.log(probability);
    }
  }

  /// Loss in nats per character: minus the mean log probability; Infinity is a result.
  public double nll() {
    return 0 - logLikelihood / examples;
  }

  /// Scores words by a bigram model.
  ///
  /// @throws IllegalArgumentException if a word holds a symbol outside the vocabulary
  public static Score of(List<String> words, ProbabilityTable model, Vocabulary vocabulary) {
    List<Bigram> bigrams =
        words.stream().flatMap(word -> bigrams(word, model, vocabulary).stream()).toList();
    double sum = 0;
    for (Bigram bigram : bigrams) {
      sum += bigram.logProbability();
    }
    return new Score(sum, bigrams.size());
  }

  /// Scores the examples that a table counts.
  public static Score of(NgramCounts counts, ProbabilityTable model) {
    double sum = 0;
    for (int c = 0; c < counts.contexts(); c++) {
      for (int v = 0; v < counts.symbols(); v++) {
        if (counts.count(c, v) > 0) {
          sum += counts.count(c, v) * Math.log(model.probability(c, v));
        }
      }
    }
    return new Score(sum, counts.total());
  }

  /// The bigrams of a word, from boundary to boundary.
  ///
  /// @throws IllegalArgumentException if the word holds a symbol outside the vocabulary
  public static List<Bigram> bigrams(String word, ProbabilityTable model, Vocabulary vocabulary) {
    List<Bigram> bigrams = new ArrayList<>();
    int previous = vocabulary.index(Vocabulary.BOUNDARY);
    String bounded = word + Character.toString(Vocabulary.BOUNDARY);
    for (int next : vocabulary.indices(bounded)) {
      if (next < 0) {
        throw new IllegalArgumentException(
            "word: expected symbols of the vocabulary, got \"" + word + "\"");
      }
      bigrams.add(
          new Bigram(
              vocabulary.symbol(previous) + vocabulary.symbol(next),
              model.probability(previous, next)));
      previous = next;
    }
    return bigrams;
  }
}
