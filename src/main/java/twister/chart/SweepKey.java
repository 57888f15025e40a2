package twister.chart;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A setting in which runs of a sweep differ, with its values in order.
final class SweepKey {
  static final String SEED = "model.init.seed";
  static final String LEARNING_RATE = "training.learning-rate";
  static final String L2 = "training.l2";
  static final String KIND = "model.kind";

  /// Names of keys that do not speak for themselves.
  private static final Map<String, String> TITLES =
      Map.of(
          SEED,
          "seed",
          L2,
          "L2 strength",
          KIND,
          "model",
          "data.split.seed",
          "seed of the split",
          "training.batch",
          "batch size",
          "model.hidden",
          "hidden units",
          "model.embedding",
          "embedding size");

  private static final Map<String, String> UNITS =
      Map.of(
          "training.batch", "examples",
          "model.block-size", "characters",
          "model.smoothing", "counts added to each");

  /// So many times the least value, the greatest one still has a place on the same axis.
  private static final double WIDEST = 1e12;

  /// From here on numbers are written with powers of ten.
  private static final double LONG = 1e7;

  /// Below are written with powers of ten all numbers of a key, if there is a tiny one among them.
  private static final double SMALL = 1e-2;

  private static final double TINY = 1e-4;

  private static final Comparator<String> NUMBERS_FIRST =
      Comparator.comparingDouble(
              (String text) -> isNumber(text) ? parsed(text) : Double.POSITIVE_INFINITY)
          .thenComparing(Comparator.naturalOrder());

  private final String name;
  private final List<String> texts;
  private final double[] numbers;
  private final int[] places;

  private SweepKey(String name, List<String> texts, double[] numbers, int[] places) {
    this.name = name;
    this.texts = texts;
    this.numbers = numbers;
    this.places = places;
  }

  /// Sorts what the runs have for a key.
  ///
  /// @param name its full name
  /// @param column (R) what each run has, empty if it does not have the key
  /// @return empty if there are no two different values
  static Optional<SweepKey> of(String name, List<String> column) {
    List<String> texts = column.stream().filter(text -> !text.isEmpty()).distinct().toList();
    return texts.stream().allMatch(SweepKey::isNumber)
        ? of(name, column, texts, SweepKey::parsed, Comparator.<Double>naturalOrder())
        : of(name, column, texts, Function.identity(), NUMBERS_FIRST);
  }

  /// Sorts values by what they are read as.
  ///
  /// @param read what a text says; several may say the same, such as `1` and `1.0`
  private static <T> Optional<SweepKey> of(
      String name,
      List<String> column,
      List<String> texts,
      Function<String, T> read,
      Comparator<T> order) {
    TreeMap<T, String> values = new TreeMap<>(order);
    texts.forEach(text -> values.putIfAbsent(read.apply(text), text));
    if (values.size() < 2) {
      return Optional.empty();
    }
    Map<T, Integer> ranks = new HashMap<>();
    values.keySet().forEach(value -> ranks.put(value, ranks.size()));
    Map<String, Integer> placeOf =
        texts.stream().collect(Collectors.toMap(text -> text, t -> ranks.get(read.apply(t))));
    int[] places = column.stream().mapToInt(text -> placeOf.getOrDefault(text, -1)).toArray();
    double[] numbers =
        values.keySet().stream()
            .flatMap(value -> value instanceof Double number ? Stream.of(number) : Stream.of())
            .mapToDouble(Double::doubleValue)
            .toArray();
    return Optional.of(new SweepKey(name, List.copyOf(values.values()), numbers, places));
  }

  private static boolean isNumber(String text) {
    try {
      return Double.isFinite(parsed(text));
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// The number; both zeros are one value.
  private static double parsed(String text) {
    return Double.parseDouble(text) + 0.0;
  }

  String name() {
    return name;
  }

  /// The key in words.
  String title() {
    String last = name.substring(name.indexOf('.') + 1);
    return TITLES.getOrDefault(name, last.replace('.', ' ').replace('-', ' '));
  }

  /// The title of an axis, with the unit of the values.
  String axisTitle() {
    String unit = UNITS.getOrDefault(name, "");
    return unit.isEmpty() ? title() : "%s (%s)".formatted(title(), unit);
  }

  /// The key with a value and its unit: `batch size 32 examples`.
  String heading(int place) {
    return "%s %s %s".formatted(title(), label(place), UNITS.getOrDefault(name, "")).strip();
  }

  boolean isNumeric() {
    return numbers.length > 0;
  }

  /// Whether an axis spreads the values by their size: a seed is a number, but a name. Beside
  /// 1e308, all other values would be in one place.
  boolean isSpread() {
    return isSize() && !isTooWide();
  }

  private boolean isSize() {
    return isNumeric() && !name.endsWith(".seed");
  }

  private boolean isTooWide() {
    double least = Arrays.stream(numbers).map(Math::abs).filter(size -> size > 0).min().orElse(1);
    return Arrays.stream(numbers).anyMatch(number -> Math.abs(number) / least > WIDEST);
  }

  /// The number of different values.
  int size() {
    return texts.size();
  }

  /// Which of the values a run has, by their order; -1 if it does not have the key.
  int place(SweepRun run) {
    return place(run.row());
  }

  /// Which of the values the run of a row has; -1 if it does not have the key.
  int place(int row) {
    return places[row];
  }

  /// The values as numbers, (V), increasing; of a key with numbers only.
  double[] numbers() {
    return numbers.clone();
  }

  double number(int place) {
    return numbers[place];
  }

  /// How an axis spreads the numbers.
  Scale scale() {
    return Scale.of(numbers);
  }

  /// A value as a label: text with whole numbers in it as such, `50` for `50.0`; of a number, as
  /// many digits as tell it from its neighbours, three at least, with thousands and powers of ten
  /// as other values of the key have them.
  String label(int place) {
    if (!isSize()) {
      return texts.get(place).replaceAll("(?<=[0-9])\\.0(?![0-9E])", "");
    }
    double number = numbers[place];
    boolean isWhole = number == Math.rint(number) && Math.abs(number) < 1e15;
    if (isWhole) {
      double largest = Math.max(Math.abs(number), largest(LONG));
      return Numbers.text(BigDecimal.valueOf((long) number), BigDecimal.valueOf(largest));
    }
    boolean isSmall = Math.abs(number) < SMALL && Arrays.stream(numbers).anyMatch(SweepKey::isTiny);
    return isSmall ? Numbers.scientific(number, digits()) : Numbers.significant(number, digits());
  }

  private double largest(double limit) {
    return Arrays.stream(numbers).map(Math::abs).filter(size -> size < limit).max().orElse(0);
  }

  private static boolean isTiny(double number) {
    return number != 0 && Math.abs(number) < TINY;
  }

  /// What a run has, in words: `learning rate 0.5`.
  String text(SweepRun run) {
    return place(run) < 0 ? "no " + title() : title() + " " + label(place(run));
  }

  private int digits() {
    double nearest =
        IntStream.range(1, numbers.length)
            .mapToDouble(
                i -> {
                  double size = Math.max(Math.abs(numbers[i]), Math.abs(numbers[i - 1]));
                  return (numbers[i] - numbers[i - 1]) / size;
                })
            .min()
            .orElse(1);
    return Math.clamp((int) Math.ceil(-Math.log10(nearest)) + 1, 3, 7);
  }

  /// Whether all values are whole numbers.
  boolean isWhole() {
    return isNumeric() && Arrays.stream(numbers).allMatch(number -> number == Math.rint(number));
  }
}
