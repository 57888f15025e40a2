package twister.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as labels of an axis show them.
final class Numbers {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final BigDecimal LARGE = new BigDecimal("1e7");
  private static final BigDecimal SMALL = new BigDecimal("1e-4");

  private Numbers() {}

  /// `2.50`, `10,000`, `3×10⁸`: as many decimals as the number has, powers of ten where it would
  /// get long.
  static String text(BigDecimal number) {
    BigDecimal size = number.abs();
    if (size.signum() != 0 && (size.compareTo(LARGE) >= 0 || size.compareTo(SMALL) < 0)) {
      BigDecimal bare = number.stripTrailingZeros();
      int exponent = bare.precision() - bare.scale() - 1;
      return bare.movePointLeft(exponent).stripTrailingZeros().toPlainString()
          + "×10" + superscript(exponent);
    }
    String sign = number.signum() < 0 ? "−" : "";
    String plain = size.toPlainString();
    int point = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
    return sign + (point > 4 ? grouped(plain, point) : plain);
  }

  private static String grouped(String plain, int point) {
    StringBuilder text = new StringBuilder(plain);
    for (int at = point - 3; at > 0; at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  /// The number with two decimals.
  static String rounded(double number) {
    return BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }

  /// The number with three digits, or fewer where the others are zeros: `0.0318`, `47.1`, `1,320`.
  static String significant(double number) {
    return significant(number, 3);
  }

  /// The number with so many digits, or fewer where the others are zeros.
  static String significant(double number, int digits) {
    BigDecimal rounded =
        BigDecimal.valueOf(number).round(new MathContext(digits)).stripTrailingZeros();
    return text(rounded.scale() < 0 ? rounded.setScale(0) : rounded);
  }

  /// The number with so many digits, zeros too: `2.470`, `0.3180`, `1,320`.
  static String padded(double number, int digits) {
    BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(digits));
    int decimals = digits - (rounded.precision() - rounded.scale());
    return text(rounded.setScale(rounded.signum() == 0 ? digits - 1 : Math.max(0, decimals)));
  }

  /// `0.1`, `1`, `100`, `10⁵`.
  static String powerOfTen(int exponent) {
    return exponent >= -2 && exponent <= 3
        ? BigDecimal.ONE.scaleByPowerOfTen(exponent).toPlainString()
        : "10" + superscript(exponent);
  }

  private static String superscript(int number) {
    StringBuilder text = new StringBuilder(number < 0 ? "⁻" : "");
    Integer.toString(Math.abs(number))
        .chars()
        .forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
    return text.toString();
  }
}
