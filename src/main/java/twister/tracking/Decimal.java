package twister.tracking;

import java.util.Arrays;

/// Reads numbers from the letters that they are written with, the same bits as
/// [Double#parseDouble], several times as fast.
///
/// Only plain decimals are read, of up to 18 digits and without an exponent: so are nearly all
/// losses and weights. The digits without the point are a whole number w, the quotient w / 10^k is
/// computed in two parts (Dekker 1971): q, to double precision, and the rest of the division, which
/// the fused product leaves exact, over 10^k. Their sum is off by less than 2^-103 of the quotient
/// before it is rounded. A quotient of such digits that is not itself halfway between two doubles
/// is off it by at least 1 / (5^k 2^54), more than 2^-96, of itself; and where it is halfway, both
/// parts are exact. So the rounded sum is the nearest double.
final class Decimal {
  /// So many digits fit a long.
  private static final int DIGITS = 18;

  private static final double[] POWERS = new double[DIGITS + 1];

  static {
    Arrays.setAll(POWERS, exponent -> Double.parseDouble("1e" + exponent));
  }

  private Decimal() {}

  /// The number that stands in some bytes; NaN where it is no plain decimal.
  static double parse(byte[] bytes, int from, int to) {
    boolean isNegative = from < to && bytes[from] == '-';
    long digits = 0;
    int count = 0;
    int point = to;
    for (int at = isNegative ? from + 1 : from; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = 10 * digits + digit;
        count++;
      } else if (bytes[at] == '.' && point == to) {
        point = at + 1;
      } else {
        return Double.NaN;
      }
    }
    if (count == 0 || count > DIGITS) {
      return Double.NaN;
    }
    double number = quotient(digits, POWERS[to - point]);
    return isNegative ? -number : number;
  }

  /// A whole number over a power of ten, rounded once.
  private static double quotient(long digits, double power) {
    double high = digits;
    double quotient = high / power;
    double rest = Math.fma(-quotient, power, high) + (digits - (long) high);
    return quotient + rest / power;
  }
}
