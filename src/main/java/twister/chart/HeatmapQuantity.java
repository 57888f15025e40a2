package twister.chart;

import java.awt.Color;

/// What a heatmap shows of a bigram table: a value per cell and how it is written.
enum HeatmapQuantity {
  COUNTS("count", "Bigram counts: how often the column's symbol follows the row's") {
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
      "Bigram probabilities of the model: how probable the column's symbol is after the row's") {
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

  private static final Color UNKNOWN = new Color(0xe0e0e0);

  private final String quantity;
  private final String title;

  HeatmapQuantity(String quantity, String title) {
    this.quantity = quantity;
    this.title = title;
  }

  /// What the values are, in a word.
  String quantity() {
    return quantity;
  }

  /// What the heatmap shows, in a sentence.
  String title() {
    return title;
  }

  abstract double value(BigramTable table, int previous, int next);

  abstract String text(double value);

  /// Colour of a cell; grey where the value is not a number.
  ///
  /// @param greatest value that gets the darkest blue
  static Color colour(double value, double greatest) {
    if (!Double.isFinite(value)) {
      return UNKNOWN;
    }
    return Blues.shade(greatest > 0 ? value / greatest : 0);
  }
}
