package twister.backend.cpu;

/// Element-wise loops over arrays whose elements, the lanes, never meet.
///
/// Each loop indexes all its arrays alike, by one counter from 0, and stores few of them: that is
/// the form that HotSpot's C2 turns into vector instructions without an incubator module. Vector
/// and scalar instructions round alike, so the result does not depend on the processor.
final class Lanes {
  private static final double SCALE = 1.0 / 128;

  private Lanes() {}

  /// exp(128 y) for -0.5 <= y <= 0 as (exp y)^128: a Taylor polynomial and seven squarings, nothing
  /// that C2 cannot vectorise. Its truncation is below 3e-16, the rounding of the squarings 2e-14.
  private static double exponential(double y) {
    double p = Math.fma(1.0 / 5040, y, 1.0 / 720);
    p = Math.fma(p, y, 1.0 / 120);
    p = Math.fma(p, y, 1.0 / 24);
    p = Math.fma(p, y, 1.0 / 6);
    p = Math.fma(p, y, 1.0 / 2);
    p = Math.fma(p, y, 1);
    p = Math.fma(p, y, 1);
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    return p * p;
  }

  /// result = exp(logits - largest), sum += result, for logits at most `largest`; what is smaller
  /// than exp(-64) = 2e-28, and vanishes in a sum with 1, becomes that.
  static void exponentials(
      double[] result, double[] sum, double[] logits, double[] largest, int lanes) {
    for (int i = 0; i < lanes; i++) {
      // (t + |t|) / 2 is max(t, 0), in fewer instructions than Math.max with its signed zeros.
      double t = Math.fma(logits[i] - largest[i], SCALE, 0.5);
      double e = exponential(Math.fma(t + Math.abs(t), 0.5, -0.5));
      result[i] = e;
      sum[i] += e;
    }
  }

  /// What [#exponentialsOfScaled] takes for a logit: its difference to the largest, scaled, and
  /// bounded as in [#exponentials].
  static double scaled(double logit, double largest) {
    return Math.max((logit - largest) * SCALE, -0.5);
  }

  /// values = exp(difference) of scaled differences, sum += values
  static void exponentialsOfScaled(double[] values, double[] sum, int lanes) {
    for (int i = 0; i < lanes; i++) {
      double e = exponential(values[i]);
      values[i] = e;
      sum[i] += e;
    }
  }

  /// result = values
  static void widen(double[] result, float[] values, int lanes) {
    for (int i = 0; i < lanes; i++) {
      result[i] = values[i];
    }
  }

  /// product = a * b, rounded to single precision
  static void narrowProduct(float[] product, double[] a, double[] b, int lanes) {
    for (int i = 0; i < lanes; i++) {
      product[i] = (float) (a[i] * b[i]);
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

  /// sum -= a * b
  static void subtractProduct(double[] sum, double[] a, double[] b, int lanes) {
    for (int i = 0; i < lanes; i++) {
      sum[i] = Math.fma(-a[i], b[i], sum[i]);
    }
  }

  /// sum += exponentials * descent - ascent
  static void addGradient(
      double[] sum, double[] exponentials, double[] descent, double[] ascent, int lanes) {
    for (int i = 0; i < lanes; i++) {
      sum[i] += Math.fma(exponentials[i], descent[i], -ascent[i]);
    }
  }

  /// values = values * factors
  static void multiply(double[] values, double[] factors, int lanes) {
    for (int i = 0; i < lanes; i++) {
      values[i] *= factors[i];
    }
  }

  /// product = a * b
  static void multiply(double[] product, double[] a, double[] b, int lanes) {
    for (int i = 0; i < lanes; i++) {
      product[i] = a[i] * b[i];
    }
  }

  /// inverse = 1 / values
  static void invert(double[] inverse, double[] values, int lanes) {
    for (int i = 0; i < lanes; i++) {
      inverse[i] = 1 / values[i];
    }
  }

  /// largest = max(largest, values)
  static void raise(double[] largest, double[] values, int lanes) {
    for (int i = 0; i < lanes; i++) {
      largest[i] = Math.max(largest[i], values[i]);
    }
  }

  /// weights += ascent - exponentials * descent, largest = max(largest, weights)
  static void update(
      double[] weights,
      double[] ascent,
      double[] exponentials,
      double[] descent,
      double[] largest,
      int lanes) {
    for (int i = 0; i < lanes; i++) {
      double weight = Math.fma(-exponentials[i], descent[i], weights[i] + ascent[i]);
      weights[i] = weight;
      largest[i] = Math.max(largest[i], weight);
    }
  }
}
