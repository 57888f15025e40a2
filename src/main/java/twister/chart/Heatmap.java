package twister.chart;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import twister.spec.ColourScale;
import twister.tracking.BigramTable;

/// What a heatmap shows: a value for each pair of symbols, and how the values are coloured and
/// written.
final class Heatmap {
  private static final Color UNKNOWN = new Color(0xe0e0e0);

  /// A contrast that one sees.
  private static final double SEEN = 1.1;

  private final List<String> symbols;
  private final double[] values;
  private final HeatmapQuantity quantity;
  private final String title;
  private final HeatScale scale;
  private final double greatest;

  /// @param symbols (V)
  /// @param values (V, V), row-major, a row per previous symbol; those that are not finite are
  ///   unknown
  /// @param quantity what the values, or the two whose differences they are, are
  /// @param title what is shown, in a sentence
  /// @param scale how the colours are spread
  private Heatmap(
      List<String> symbols,
      double[] values,
      HeatmapQuantity quantity,
      String title,
      HeatScale scale) {
    this.symbols = symbols;
    this.values = values;
    this.quantity = quantity;
    this.title = title;
    this.scale = scale;
    greatest = Arrays.stream(values).filter(Double::isFinite).map(Math::abs).max().orElse(0);
  }

  /// A quantity of a table.
  ///
  /// @param asked how the colours are spread; where nobody says, by the mildest scale on which at
  ///   most half of the values that are not 0 are nearly white
  static Heatmap of(BigramTable table, HeatmapQuantity quantity, Optional<ColourScale> asked) {
    return asked.isPresent()
        ? of(table, quantity, HeatScale.of(asked.get()))
        : HeatScale.CHOICES.stream()
            .map(scale -> of(table, quantity, scale))
            .filter(heat -> !heat.isMostlyWhite())
            .findFirst()
            .orElseGet(() -> of(table, quantity, HeatScale.CHOICES.getLast()));
  }

  /// A quantity of a table on a scale.
  static Heatmap of(BigramTable table, HeatmapQuantity quantity, HeatScale scale) {
    IntToDoubleFunction value = cell -> value(table, quantity, cell);
    return new Heatmap(table.symbols(), values(table, value), quantity, quantity.title(), scale);
  }

  /// The model's probabilities less those that the counts have; unknown after a symbol that was
  /// never counted.
  static Heatmap modelMinusCounts(BigramTable table) {
    int size = table.symbols().size();
    double[] rows =
        IntStream.range(0, size)
            .mapToDouble(row -> IntStream.range(0, size).mapToLong(i -> table.count(row, i)).sum())
            .toArray();
    IntToDoubleFunction difference =
        cell ->
            value(table, HeatmapQuantity.PROBABILITIES, cell)
                - value(table, HeatmapQuantity.COUNTS, cell) / rows[cell / size];
    return new Heatmap(
        table.symbols(),
        values(table, difference),
        HeatmapQuantity.PROBABILITIES,
        "Bigram probabilities of the model minus those of the counts",
        HeatScale.DIVERGING);
  }

  /// A quantity of one table less that of another one.
  ///
  /// @param names of the two
  /// @throws IllegalArgumentException if their symbols differ
  static Heatmap difference(
      BigramTable one, BigramTable other, HeatmapQuantity quantity, List<String> names) {
    if (!one.symbols().equals(other.symbols())) {
      throw new IllegalArgumentException("bigrams: expected two tables of the same symbols");
    }
    IntToDoubleFunction difference =
        cell -> value(one, quantity, cell) - value(other, quantity, cell);
    return new Heatmap(
        one.symbols(),
        values(one, difference),
        quantity,
        "Bigrams: %s of %s minus that of %s"
            .formatted(quantity.quantity(), names.get(0), names.get(1)),
        HeatScale.DIVERGING);
  }

  private static double value(BigramTable table, HeatmapQuantity quantity, int cell) {
    int size = table.symbols().size();
    return quantity.value(table, cell / size, cell % size);
  }

  private static double[] values(BigramTable table, IntToDoubleFunction value) {
    int size = table.symbols().size();
    return IntStream.range(0, size * size).mapToDouble(value).toArray();
  }

  /// Whether more than half of the values that its cells do not show as 0 are nearly white.
  private boolean isMostlyWhite() {
    double[] shown = Arrays.stream(values).filter(value -> value >= quantity.unit()).toArray();
    long pale =
        Arrays.stream(shown)
            .filter(value -> Blues.contrast(colour(value), colour(0)) < SEEN)
            .count();
    return 2 * pale > shown.length;
  }

  /// The symbols, V.
  List<String> symbols() {
    return symbols;
  }

  /// What is shown, in a sentence.
  String title() {
    return title;
  }

  /// How the colours are spread.
  HeatScale scale() {
    return scale;
  }

  double value(int previous, int next) {
    return values[previous * symbols.size() + next];
  }

  /// The size of the greatest value, 0 if all are 0.
  double greatest() {
    return greatest;
  }

  /// What the values are, in words.
  String name() {
    return scale == HeatScale.DIVERGING
        ? "difference of " + quantity.quantity()
        : quantity.quantity();
  }

  /// How the colours are spread, in a sentence; empty where that goes without saying.
  String spread() {
    if (scale == HeatScale.DIVERGING) {
      return "White is 0, red is more, blue is less, spread by the square root of the difference";
    }
    return scale.words().isEmpty()
        ? ""
        : "Colours are spread by the %s of the %s".formatted(scale.words(), quantity.quantity());
  }

  /// A value as its cell shows it.
  String text(double value) {
    if (scale != HeatScale.DIVERGING || !Double.isFinite(value)) {
      return quantity.text(value);
    }
    String size = quantity.text(Math.abs(value));
    boolean isSeen = size.chars().anyMatch(digit -> digit > '0' && digit <= '9');
    return isSeen ? (value < 0 ? "−" : "+") + size : size;
  }

  /// Where a finite value is among the colours, from 0 to 1.
  double share(double value) {
    return scale.share(value, atLeastSomething(), quantity.unit());
  }

  private double atLeastSomething() {
    return greatest > 0 ? greatest : 1;
  }

  /// The colour of a cell; grey where the value is not a number.
  Color colour(double value) {
    return Double.isFinite(value) ? scale.shades().at(share(value)) : UNKNOWN;
  }

  /// A bar of its colours.
  ColourBar bar() {
    List<Axis.Tick> ticks = scale.ticks(atLeastSomething(), quantity.unit());
    return ColourBar.of(name(), scale.shades(), ticks, this::share);
  }
}
