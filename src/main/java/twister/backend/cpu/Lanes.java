package twister.backend.cpu;

/// Element-wise loops over arrays whose elements, the lanes, never meet.
///
/// Each loop indexes all its arrays alike, by one counter from 0, and stores few of them: that is
/// the form that HotSpot's C2 turns into vector instructions without an incubator module. Vector
/// and scalar instructions round alike, so the result does not depend on the processor.
final class Lanes {
  /// How much of `u` in [#exponential] a difference of logits takes up.
  private static final double SCALE = 1.0 / 64;

  /// A product above this has its logarithm taken, far from overflow by one more factor.
  private static final double LARGE = 1e250;

  private static final double A0 = coefficient(0);
  private static final double A1 = coefficient(1);
  private static final double A2 = coefficient(2);
  private static final double A3 = coefficient(3);
  private static final double A4 = coefficient(4);
  private static final double A5 = coefficient(5);
  private static final double A6 = coefficient(6);
  private static final double A7 = coefficient(7);

  private Lanes() {}

  /// Coefficient of u^k in the Taylor polynomial, degree 7, of exp(y) at y = (u - 1) / 2.
  private static double coefficient(int k) {
    double sum = 0;
    double term = 1;
    for (int j = 1; j <= k; j++) {
      term /= 2 * j;
    }
    for (int j = k; j <= 7; j++) {
      sum += term;
      term /= -2 * (j - k + 1);
    }
    return sum;
  }

  /// exp(64 u - 64) for 0 <= u <= 1.06 as (exp y)^128, y = (u - 1) / 2: a Taylor polynomial, summed
  /// by Estrin's scheme to keep its chain short, and seven squarings, nothing that C2 cannot
  /// vectorise. Its truncation is below 3e-16, the rounding of the squarings 3e-14 of the value.
  private static double exponential(double u) {
    double square = u * u;
    double high = Math.fma(Math.fma(A7, u, A6), square, Math.fma(A5, u, A4));
    double low = Math.fma(Math.fma(A3, u, A2), square, Math.fma(A1, u, A0));
    double p = Math.fma(high, square * square, low);
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    p *= p;
    return p * p;
  }

  /// result = exp(logits - shift), sum += result, for logits at most 4 above the shift; what is
  /// smaller than exp(-64) = 2e-28, and vanishes beside 1, becomes that. Logits further above give
  /// more than exp(4), infinity included. The difference comes first: of logits above 1e15, nothing
  /// would be left of what is scaled and added before.
  static void exponentials(
      double[] result, double[] sum, double[] logits, double[] shifts, int lanes) {
    for (int i = 0; i < lanes; i++) {
      // t + |t| is max(2 t, 0), in fewer instructions than Math.max with its signed zeros.
      double t = Math.fma(logits[i] - shifts[i], SCALE / 2, 0.5);
      double e = exponential(t + Math.abs(t));
      result[i] = e;
      sum[i] += e;
    }
  }

  /// What [#exponentialsOfScaled] takes for a logit: its difference to the largest, scaled, and
  /// bounded as in [#exponentials].
  static double scaled(double logit, double largest) {
    return Math.max(Math.fma(logit - largest, SCALE, 1), 0);
  }

  /// values = exp(difference) of scaled differences, sum += values
  static void exponentialsOfScaled(double[] values, double[] sum, int lanes) {
    for (int i = 0; i < lanes; i++) {
      double e = exponential(values[i]);
      values[i] = e;
      sum[i] += e;
    }
  }

  /// result = ln values, to 2e-16.
  static void logarithms(double[] result, double[] values, int lanes) {
    for (int i = 0; i < lanes; i++) {
      double s = (values[i] - 1) / (values[i] + 1);
      double q = s * s;
      double p = Math.fma(1.0 / 21, q, 1.0 / 19);
      p = Math.fma(p, q, 1.0 / 17);
      p = Math.fma(p, q, 1.0 / 15);
      p = Math.fma(p, q, 1.0 / 13);
      p = Math.fma(p, q, 1.0 / 11);
      p = Math.fma(p, q, 1.0 / 9);
      p = Math.fma(p, q, 1.0 / 7);
      p = Math.fma(p, q, 1.0 / 5);
      p = Math.fma(p, q, 1.0 / 3);
      p = Math.fma(p, q, 1);
      result[i] = 2 * s * p;
    }
    for (int i = 0; i < lanes; i++) {
      if (!(values[i] > 2.0 / 3 && values[i] < 1.5)) {
        result[i] = Math.log(values[i]);
      }
    }
  }

  /// The sum of the values' logarithms. They are taken of products, for one costs as much as ten
  /// multiplications.
  ///
  /// @param values from 1 to the number of symbols
  static double sumOfLogarithms(double[] values, int lanes) {
    double sum = 0;
    double product = 1;
    for (int i = 0; i < lanes; i++) {
      product *= values[i];
      if (product > LARGE) {
        sum += Math.log(product);
        product = 1;
      }
    }
    return sum + Math.log(product);
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

  /// A step of gradient descent: weights = weights * decay + counts * gain - exponentials *
  /// descent, products += counts * weights, squares += weights * weights.
  static void descend(
      double[] weights,
      double[] decay,
      double[] counts,
      double[] gain,
      double[] exponentials,
      double[] descent,
      double[] products,
      double[] squares,
      int lanes) {
    for (int i = 0; i < lanes; i++) {
      double kept = Math.fma(counts[i], gain[i], weights[i] * decay[i]);
      double weight = Math.fma(-exponentials[i], descent[i], kept);
      weights[i] = weight;
      products[i] = Math.fma(counts[i], weight, products[i]);
      squares[i] = Math.fma(weight, weight, squares[i]);
    }
  }

  /// gradients += weights * decay - counts * gain + exponentials * descent
  static void accumulate(
      double[] gradients,
      double[] weights,
      double[] decay,
      double[] counts,
      double[] gain,
      double[] exponentials,
      double[] descent,
      int lanes) {
    for (int i = 0; i < lanes; i++) {
      double kept = Math.fma(-counts[i], gain[i], weights[i] * decay[i]);
      gradients[i] += Math.fma(exponentials[i], descent[i], kept);
    }
  }

  /// weights -= gradients * rates, products += counts * weights, squares += weights * weights
  static void descend(
      double[] weights,
      double[] gradients,
      double[] rates,
      double[] counts,
      double[] products,
      double[] squares,
      int lanes) {
    for (int i = 0; i < lanes; i++) {
      double weight = Math.fma(-gradients[i], rates[i], weights[i]);
      weights[i] = weight;
      products[i] = Math.fma(counts[i], weight, products[i]);
      squares[i] = Math.fma(weight, weight, squares[i]);
    }
  }
}
