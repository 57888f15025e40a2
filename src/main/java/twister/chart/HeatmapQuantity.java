package twister.chart;

import twister.tracking.BigramTable;

/// What a heatmap shows of a bigram table: a value per cell and how it is written.
enum HeatmapQuantity {
  COUNTS("count", "Bigram counts: how often the column's symbol follows the row's", 1) {
    @Override
    double value(BigramTable table, int previous, int next) {
      return table.count(previous, next);
    }

    @Override
    String text(double count) {
      return Long.toString((long) count);
    }
  },
  PROBABILITIES(
      "probability",
      "Bigram probabilities of the model: how probable the column's symbol is after the row's",
      0.001) {
    @Override
    double value(BigramTable table, int previous, int next) {
      return table.probability(previous, next);
    }

    // Three decimals without the zero before them; a bare 0 and 1 are exactly that.
    @Override
    String text(double probability) {
      if (!Double.isFinite(probability)) {
        return "NaN";
      }
      if (probability == 0 || probability == 1) {
        return probability == 0 ? "0" : "1";
      }
      long thousandths = Math.round(probability * 1000);
      return thousandths >= 1000 ? "1.00" : "." + Long.toString(1000 + thousandths).substring(1);
    }
  };

  private final String quantity;
  private final String title;
  private final double unit;

  HeatmapQuantity(String quantity, String title, double unit) {
    this.quantity = quantity;
    this.title = title;
    this.unit = unit;
  }

  /// What the values are, in a word.
  String quantity() {
    return quantity;
  }

  /// What the heatmap shows, in a sentence.
  String title() {
    return title;
  }

  /// A value that is small beside others.
  double unit() {
    return unit;
  }

  abstract double value(BigramTable table, int previous, int next);

  abstract String text(double value);
}
