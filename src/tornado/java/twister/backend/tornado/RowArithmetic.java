package twister.backend.tornado;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/// Arithmetic of the kernels, most of it on a row of V logits in private memory, with the same bits
/// on every device.
///
/// Rows are padded to a multiple of 8, and sums and maxima run in four strands, so that compilers
/// for processors find whole vectors and no long chains of dependent operations.
final class RowArithmetic {
  private static final int VECTOR = 8;

  /// Below this, the exponential is what it is here, 1e-18: nothing beside the 1 of the largest.
  private static final float LEAST = -41f;

  /// The hyperbolic tangent of this, and of more, is 1 in single precision.
  private static final float SATURATION = 10f;

  private static final float PER_LN_2 = 1.442695f;
  private static final float LN_2_UPPER = 355f / 512;
  private static final float LN_2_LOWER = -2.1219444e-4f;
  private static final float TWO_TO_MINUS_30 = 1f / (1 << 30);

  private RowArithmetic() {}

  /// The length of a padded row of V symbols.
  static int width(int symbols) {
    return Math.ceilDiv(symbols, VECTOR) * VECTOR;
  }

  /// A constant that TornadoVM's compiler does not know to be one: it would unroll loops of that
  /// length into scalar code. The device's compiler does, and makes vectors of them.
  ///
  /// @param any number
  static int length(int constant, int any) {
    return TornadoMath.min(constant, TornadoMath.max(constant, any));
  }

  /// Sets what follows the symbols to a value.
  static void pad(float[] row, int symbols, int width, float value) {
    for (int k = symbols; k < width; k++) {
      row[k] = value;
    }
  }

  /// The largest of a padded row.
  static float largest(float[] row, int width) {
    float a = row[0];
    float b = row[1];
    float c = row[2];
    float d = row[3];
    for (int k = 4; k < width; k += 4) {
      a = TornadoMath.max(a, row[k]);
      b = TornadoMath.max(b, row[k + 1]);
      c = TornadoMath.max(c, row[k + 2]);
      d = TornadoMath.max(d, row[k + 3]);
    }
    return TornadoMath.max(TornadoMath.max(a, b), TornadoMath.max(c, d));
  }

  /// The sum of a padded row.
  static float sum(float[] row, int width) {
    float a = 0f;
    float b = 0f;
    float c = 0f;
    float d = 0f;
    for (int k = 0; k < width; k += 4) {
      a += row[k];
      b += row[k + 1];
      c += row[k + 2];
      d += row[k + 3];
    }
    return (a + b) + (c + d);
  }

  /// The sum of the products of two padded rows.
  static float product(float[] row, float[] other, int width) {
    float a = 0f;
    float b = 0f;
    float c = 0f;
    float d = 0f;
    for (int k = 0; k < width; k += 4) {
      a += row[k] * other[k];
      b += row[k + 1] * other[k + 1];
      c += row[k + 2] * other[k + 2];
      d += row[k + 3] * other[k + 3];
    }
    return (a + b) + (c + d);
  }

  /// The exponential of a number that is not above 0, to about 1 unit in the last place; NaN for
  /// numbers that are not finite.
  ///
  /// A device's own exponential is a call that compilers for processors do not vectorise, and
  /// differs between devices in the last bits. This one is arithmetic only: `exp(x) = 2^n exp(r)`
  /// with `n` the integer next to `x / ln 2` and `|r| <= ln(2) / 2`, where the Taylor polynomial of
  /// degree 7 is wrong by at most `r^8 / 8!`, 5e-9. `ln 2` is split in two (W. J. Cody and W.
  /// Waite, "Software Manual for the Elementary Functions", 1980), so that `n` times its upper part
  /// is exact.
  static float exp(float x) {
    float y = TornadoMath.max(x, LEAST);
    int n = (int) (y * PER_LN_2 - 0.5f);
    float r = y - n * LN_2_UPPER - n * LN_2_LOWER;
    float p = 1f / 5040;
    p = p * r + 1f / 720;
    p = p * r + 1f / 120;
    p = p * r + 1f / 24;
    p = p * r + 1f / 6;
    p = p * r + 0.5f;
    p = p * r + 1f;
    // 0 x is 0, or NaN where x is not finite, which the maximum of some devices drops.
    p = p * r + (1f + 0f * x);
    // 2^n as a product of two powers from 2^-30 to 1, each made of a shifted 1. TornadoVM shifts
    // negative
    // numbers on PTX as if they had no sign, so n is none when it is halved.
    int half = ((n + 64) >> 1) - 32;
    float scaled = p * ((float) (1 << (30 + half)) * TWO_TO_MINUS_30);
    return scaled * ((float) (1 << (30 + n - half)) * TWO_TO_MINUS_30);
  }

  /// The hyperbolic tangent, to 4e-7 of its value, from 4 on to a unit in the last place, and 1
  /// where single precision has it so: there its slope has to vanish. NaN for NaN.
  ///
  /// Arithmetic only, like [#exp]: `m / (m + 2)` or, the same, `1 - 2 / (m + 2)`, which a division
  /// that is not quite exact leaves exact near 1; `m = exp(2 |x|) - 1` is a Taylor polynomial of
  /// degree 6 at a sixteenth of the exponent, doubled four times by `exp(2 y) - 1 = (exp(y) - 1)^2
  /// + 2 (exp(y) - 1)`.
  static float tanh(float x) {
    // Not the minimum and maximum, which drop NaN on some devices.
    float size = x < 0f ? -x : x;
    float y = (size > SATURATION ? SATURATION : size) * (2f / 16);
    float p = 1f / 720;
    p = p * y + 1f / 120;
    p = p * y + 1f / 24;
    p = p * y + 1f / 6;
    p = p * y + 0.5f;
    p = p * y + 1f;
    float m = p * y;
    m = m * m + (m + m);
    m = m * m + (m + m);
    m = m * m + (m + m);
    m = m * m + (m + m);
    float base = size > 1f ? 1f : 0f;
    float rest = size > 1f ? -2f : m;
    float t = base + rest / (m + 2f);
    return x < 0f ? -t : t;
  }
}
