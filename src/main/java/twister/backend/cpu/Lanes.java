package twister.backend.cpu;

/// Element-wise loops over arrays whose elements, the lanes, never meet.
///
/// Each loop indexes all its arrays alike, by one counter from 0, and stores few of them: that is
/// the form that HotSpot's C2 turns into vector instructions without an incubator module. Vector
/// and scalar instructions round alike, so the result does not depend on the processor.
final class Lanes {
  /// Below this difference an exponential is less than 2e-28 and vanishes in any sum with 1.
  private static final double SMALLEST_EXPONENT = -64;

  /// 1 / (k! * 256^k), exact powers of two apart: the Taylor coefficients of exp(x / 256).
  private static final double C1 = 1.0 / 256;

  private static final double C2 = C1 * C1 / 2;
  private static final double C3 = C1 * C1 * C1 / 6;
  private static final double C4 = C1 * C1 * C1 * C1 / 24;
  private static final double C5 = C1 * C1 * C1 * C1 * C1 / 120;
  private static final double C6 = C1 * C1 * C1 * C1 * C1 * C1 / 720;
  private static final double C7 = C1 * C1 * C1 * C1 * C1 * C1 * C1 / 5040;

  private Lanes() {}

  /// exp(x) for x <= 0 as (exp(x / 256))^256: a polynomial and eight squarings, nothing that C2
  /// cannot vectorise. The relative error is below 1e-13 from -10 to 0 and 1e-11 from -20; what is
  /// smaller than exp(-64) becomes exp(-64).
  private static double exponential(double x) {
    double y = Math.max(x, SMALLEST_EXPONENT);
    double p = Math.fma(C7, y, C6);
    p = Math.fma(p, y, C5);
    p = Math.fma(p, y, C4);
    p = Math.fma(p, y, C3);
    p = Math.fma(p, y, C2);
    p = Math.fma(p, y, C1);
    p = Math.fma(p, y, 1);
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    return p * p;
  }

  /// result = exp(logits - largest), for logits at most `largest`.
  static void exponentials(double[] result, double[] logits, double[] largest, int lanes) {
    for (int i = 0; i < lanes; i++) {
      result[i] = exponential(logits[i] - largest[i]);
    }
  }

  /// sum += values
  static void add(double[] sum, double[] values, int lanes) {
    for (int i = 0; i < lanes; i++) {
      sum[i] += values[i];
    }
  }

  /// sum += a * b
  static void addProduct(double[] sum, double[] a, double[] b, int lanes) {
    for (int i = 0; i < lanes; i++) {
      sum[i] = Math.fma(a[i], b[i], sum[i]);
    }
  }

  /// largest = max(largest, values)
  static void raise(double[] largest, double[] values, int lanes) {
    for (int i = 0; i < lanes; i++) {
      largest[i] = Math.max(largest[i], values[i]);
    }
  }

  /// weights = weights * decay - exponentials * descent + counts * ascent
  static void update(
      double[] weights,
      double[] decay,
      double[] exponentials,
      double[] descent,
      double[] counts,
      double[] ascent,
      int lanes) {
    for (int i = 0; i < lanes; i++) {
      weights[i] =
          weights[i] * decay[i] - exponentials[i] * descent[i] + counts[i] * ascent[i];
    }
  }
}
