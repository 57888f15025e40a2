package twister.model;

import twister.data.NgramCounts;

/// The n-gram model in closed form: relative frequencies, smoothed by adding to every count
/// (Lidstone 1920; Jurafsky and Martin, Speech and Language Processing, 3rd ed., eq. 3.24).
public final class CountsModel {
  private CountsModel() {}

  /// The probabilities (count + smoothing) / (row total + smoothing * V).
  ///
  /// A context without any example has no relative frequency: with a smoothing of 0 its row is
  /// uniform, the limit of vanishing smoothing.
  ///
  /// @param smoothing added to every count, at least 0
  public static ProbabilityTable probabilities(NgramCounts counts, double smoothing) {
    int symbols = counts.symbols();
    double[] values = new double[counts.contexts() * symbols];
    for (int c = 0; c < counts.contexts(); c++) {
      double total = counts.rowTotal(c) + smoothing * symbols;
      for (int v = 0; v < symbols; v++) {
        values[c * symbols + v] =
            total == 0 ? 1.0 / symbols : (counts.count(c, v) + smoothing) / total;
      }
    }
    return new ProbabilityTable(counts.contexts(), symbols, values);
  }
}
