package twister.model;

import twister.data.NgramCounts;

/// The n-gram model in closed form: relative frequencies, smoothed by adding to every count
/// (Lidstone 1920; Jurafsky and Martin, Speech and Language Processing, 3rd ed., eq. 3.24), which
/// is (count + smoothing) / (row total + smoothing * V).
///
/// A context without any example has no relative frequency: with a smoothing of 0 its row is
/// uniform, the limit of vanishing smoothing.
///
/// @param smoothing added to every count, at least 0
public record CountsModel(NgramCounts counts, double smoothing) implements ProbabilityTable {

  @Override
  public int contexts() {
    return counts.contexts();
  }

  @Override
  public int symbols() {
    return counts.symbols();
  }

  @Override
  public double probability(int context, int symbol) {
    double total = counts.rowTotal(context) + smoothing * symbols();
    return total == 0 ? 1.0 / symbols() : (counts.count(context, symbol) + smoothing) / total;
  }

  @Override
  public double logProbability(int context, int symbol) {
    return Math.log(probability(context, symbol));
  }
}
