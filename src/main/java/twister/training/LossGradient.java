package twister.training;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import twister.model.ProbabilityTable;

/// The gradient of the mean loss of some n-grams by the weights of a softmax model, the L2 term
/// left out: (softmax - one-hot label) / N in the row of each n-gram's context, summed up (Bridle
/// 1990).
public final class LossGradient {
  private LossGradient() {}

  /// The rows of the gradient that are not zero: those of the n-grams' contexts.
  ///
  /// @param ngrams (N), with contexts that the model has
  /// @param model (C, V), of the weights
  /// @return (V) by the number of the context, ascending
  public static SortedMap<Integer, double[]> rows(
      List<ScoredWord.Ngram> ngrams, ProbabilityTable model) {
    SortedMap<Integer, double[]> rows = new TreeMap<>();
    for (ScoredWord.Ngram ngram : ngrams) {
      double[] row = rows.computeIfAbsent(ngram.row(), _ -> new double[model.symbols()]);
      for (int v = 0; v < row.length; v++) {
        double label = v == ngram.column() ? 1 : 0;
        row[v] += (model.probability(ngram.row(), v) - label) / ngrams.size();
      }
    }
    return rows;
  }
}
