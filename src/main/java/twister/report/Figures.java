package twister.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import twister.text.PlainNumber;
import twister.text.VisibleText;
import twister.tracking.RunsTable;

/// Numbers as people read them: those of a column all with as many decimals as it takes to compare
/// them.
public final class Figures {
  /// So many digits of figures count where nothing else is asked for.
  static final int DIGITS = 6;

  private static final int MOST_DECIMALS = 10;

  /// Digits of a setting that count, more where two settings would look the same.
  private static final int DIGITS_OF_SETTINGS = 5;

  private static final int DIGITS_OF_DOUBLE = 17;
  private static final double LARGE = 1e6;

  /// 2^53, up to which a double holds every whole number.
  private static final double LARGEST_WHOLE = 0x1p53;

  private Figures() {}

  /// How many decimals give the smallest of some numbers so many digits that count; 0 if all are
  /// whole.
  static int decimals(List<Object> cells, int digits) {
    double[] sizes = numbers(cells).map(Math::abs).filter(size -> size > 0).toArray();
    if (DoubleStream.of(sizes).allMatch(size -> size == Math.rint(size))) {
      return 0;
    }
    double smallest = DoubleStream.of(sizes).min().orElse(1);
    return Math.clamp(digits - 1 - (long) Math.floor(Math.log10(smallest)), 0, MOST_DECIMALS);
  }

  private static DoubleStream numbers(List<Object> cells) {
    return cells.stream()
        .mapToDouble(cell -> cell instanceof Number number ? number.doubleValue() : Double.NaN)
        .filter(Double::isFinite);
  }

  /// Numbers with so many decimals, those of a million and more as powers of ten, such as counts of
  /// steps aside.
  static List<String> figures(List<Object> cells, int decimals) {
    return cells.stream()
        .map(cell -> cell instanceof Number number ? figure(number.doubleValue(), decimals) : "")
        .toList();
  }

  /// A number with so many decimals, one of a million and more as a power of ten unless it is whole
  /// and has none.
  public static String figure(double value, int decimals) {
    return !Double.isFinite(value)
        ? String.valueOf(value)
        : Math.abs(value) < LARGE || (decimals == 0 && isWhole(value))
            ? String.format(Locale.ROOT, "%." + decimals + "f", value)
            : String.format(Locale.ROOT, "%." + (DIGITS - 1) + "e", value);
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE;
  }

  /// Numbers with as many decimals as those that they are about, or as a power of ten where less
  /// than two digits would be left.
  public static List<String> spreads(List<Object> cells, int decimals) {
    double least = 10 * Math.pow(10, -decimals);
    return cells.stream()
        .map(
            cell ->
                !(cell instanceof Number number)
                    ? ""
                    : number.doubleValue() == 0 || number.doubleValue() >= least
                        ? figure(number.doubleValue(), decimals)
                        : String.format(Locale.ROOT, "%.1e", number.doubleValue()))
        .toList();
  }

  /// Settings as short as they can be told apart.
  public static List<String> settings(List<Object> cells) {
    List<String> texts = cells.stream().map(Object::toString).toList();
    long different = texts.stream().distinct().count();
    int digits = DIGITS_OF_SETTINGS;
    while (digits < DIGITS_OF_DOUBLE
        && settings(texts, digits).stream().distinct().count() < different) {
      digits++;
    }
    return settings(texts, digits);
  }

  public static List<String> probabilities(List<Object> cells) {
    return cells.stream()
        .map(cell -> cell instanceof Number number ? probability(number.doubleValue()) : "")
        .toList();
  }

  /// A probability with two digits: more say nothing.
  public static String probability(double value) {
    return String.format(Locale.ROOT, "%.2g", value);
  }

  private static List<String> settings(List<String> texts, int digits) {
    return texts.stream().map(text -> setting(text, digits)).toList();
  }

  private static String setting(String text, int digits) {
    double value = RunsTable.number(text);
    boolean isWhole = text.indexOf('.') < 0;
    if (!Double.isFinite(value) || isWhole) {
      return VisibleText.visible(text);
    }
    if (value == Math.rint(value) && Math.abs(value) < LARGE) {
      return PlainNumber.of(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    return Math.abs(value) < 1e-6 || Math.abs(value) >= LARGE
        ? rounded.toString()
        : rounded.toPlainString();
  }

  static boolean isEmptyOrNumber(Object cell) {
    return cell.equals("") || !Double.isNaN(RunsTable.number(cell.toString()));
  }
}
