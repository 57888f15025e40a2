package twister.training;

import java.util.List;
import twister.data.NgramCounts;
import twister.model.ProbabilityTable;

/// How well an n-gram model predicts some words.
///
/// @param logLikelihood natural logarithm of the probability of all words; -Infinity when the model
///   rules one of their n-grams out, NaN when it does not have the context of one
/// @param examples the number of n-grams, the boundaries among them
public record Score(double logLikelihood, long examples) {

  /// Loss in nats per character: minus the mean log probability; Infinity is a result.
  public double nll() {
    return 0 - logLikelihood / examples;
  }

  /// Minus the log likelihood, in nats: the loss summed up, not averaged.
  public double sumOfLosses() {
    return 0 - logLikelihood;
  }

  /// Scores n-grams, the ones after the others.
  public static Score of(List<ScoredWord.Ngram> ngrams) {
    double sum = 0;
    for (ScoredWord.Ngram ngram : ngrams) {
      sum += ngram.logProbability();
    }
    return new Score(sum, ngrams.size());
  }

  /// Scores the examples that a table counts.
  public static Score of(NgramCounts counts, ProbabilityTable model) {
    double sum = 0;
    for (int c = 0; c < counts.contexts(); c++) {
      for (int v = 0; v < counts.symbols(); v++) {
        if (counts.count(c, v) > 0) {
          sum += counts.count(c, v) * model.logProbability(c, v);
        }
      }
    }
    return new Score(sum, counts.total());
  }
}
