package twister.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.DoubleStream;

/// Numbers as labels of an axis show them.
final class Numbers {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final BigDecimal LARGE = new BigDecimal("1e7");
  private static final BigDecimal GROUPED = new BigDecimal("1e4");
  private static final BigDecimal SMALL = new BigDecimal("1e-4");

  private Numbers() {}

  /// `2.50`, `10,000`, `3×10⁸`: as many decimals as the number has, powers of ten where it would
  /// get long.
  static String text(BigDecimal number) {
    return text(number, number.abs());
  }

  /// The labels of one axis, all in the style of its largest number: `5,000` beside `10,000`.
  static List<String> texts(List<BigDecimal> numbers) {
    BigDecimal largest =
        numbers.stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::max);
    return numbers.stream().map(number -> text(number, largest)).toList();
  }

  /// The number in the style of another one: `5,000` beside `10,000`.
  ///
  /// @param largest the size of the number whose style is taken
  static String text(BigDecimal number, BigDecimal largest) {
    boolean isLong = largest.compareTo(LARGE) >= 0 || largest.compareTo(SMALL) < 0;
    if (isLong && largest.signum() != 0) {
      return number.signum() == 0 ? "0" : scientific(number);
    }
    String sign = number.signum() < 0 ? "−" : "";
    String plain = number.abs().toPlainString();
    return sign + (largest.compareTo(GROUPED) >= 0 ? grouped(plain) : plain);
  }

  private static String scientific(BigDecimal number) {
    BigDecimal bare = number.stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    String factor = bare.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    String sign = number.signum() < 0 ? "−" : "";
    String times = factor.matches("-?1") ? sign : factor.replace('-', '−') + "×";
    return times + "10" + superscript(exponent);
  }

  private static String grouped(String plain) {
    int point = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
    StringBuilder text = new StringBuilder(plain);
    for (int at = point - 3; at > 0; at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  /// A whole number: `9,999` beside `10,000`, without commas alone.
  static String whole(double number) {
    return text(BigDecimal.valueOf((long) number));
  }

  /// The number as files hold it, with up to three decimals: `8.5`, `1200`.
  static String plain(double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_EVEN);
    return plain(rounded.stripTrailingZeros()).toPlainString();
  }

  /// The number with two decimals.
  static String rounded(double number) {
    return BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }

  /// The number with three digits, or fewer where the others are zeros: `0.0318`, `47.1`, `1320`.
  static String significant(double number) {
    return significant(number, 3);
  }

  /// The number with so many digits, or fewer where the others are zeros.
  static String significant(double number, int digits) {
    return text(withDigits(number, digits));
  }

  /// The number with so many digits, or fewer where the others are zeros, and a power of ten.
  static String scientific(double number, int digits) {
    return scientific(withDigits(number, digits));
  }

  /// The numbers with three digits each, or fewer, as labels of one axis.
  static List<String> significant(double... numbers) {
    return texts(DoubleStream.of(numbers).mapToObj(number -> withDigits(number, 3)).toList());
  }

  private static BigDecimal withDigits(double number, int digits) {
    BigDecimal rounded =
        BigDecimal.valueOf(number).round(new MathContext(digits)).stripTrailingZeros();
    return plain(rounded);
  }

  /// The number with so many digits, zeros too: `2.470`, `0.3180`, `1,320`.
  static String padded(double number, int digits) {
    BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(digits));
    int decimals = digits - (rounded.precision() - rounded.scale());
    return text(rounded.setScale(rounded.signum() == 0 ? digits - 1 : Math.max(0, decimals)));
  }

  /// Powers of ten as labels of one axis: all spelled out, `0.01` beside `100`, or none but 1.
  ///
  /// @param exponents of the powers, increasing
  static List<String> powersOfTen(List<Integer> exponents) {
    boolean areShort = exponents.stream().allMatch(exponent -> exponent >= -3 && exponent <= 4);
    return areShort
        ? texts(
            exponents.stream().map(BigDecimal.ONE::scaleByPowerOfTen).map(Numbers::plain).toList())
        : exponents.stream().map(e -> e == 0 ? "1" : "10" + superscript(e)).toList();
  }

  private static BigDecimal plain(BigDecimal number) {
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  private static String superscript(int number) {
    StringBuilder text = new StringBuilder(number < 0 ? "⁻" : "");
    Integer.toString(Math.abs(number))
        .chars()
        .forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
    return text.toString();
  }
}
