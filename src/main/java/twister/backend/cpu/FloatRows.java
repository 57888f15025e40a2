package twister.backend.cpu;

/// Loops over matrices whose rows are arrays of their own, in single precision.
///
/// As in [Lanes], each inner loop indexes all its arrays alike, by one counter from 0, for C2 to
/// turn it into vector instructions.
final class FloatRows {
  /// By how many rows the sums of [#addProducts] go on; the rows read have to be a multiple.
  static final int INPUTS = 4;

  /// How many rows [#addProducts] fills at a time; the rows written have to be a multiple.
  static final int OUTPUTS = 2;

  /// tanh of this, and of more, is 1 in single precision.
  private static final float SATURATION = 10;

  private FloatRows() {}

  /// `count` rounded up to a multiple.
  static int roundedUp(int count, int multiple) {
    return Math.ceilDiv(count, multiple) * multiple;
  }

  /// `output[o] += sum over i of factors[o][i] * input[i]`
  ///
  /// @param outputs a multiple of [#OUTPUTS]
  /// @param inputs a multiple of [#INPUTS]
  static void addProducts(
      float[][] output, float[][] factors, float[][] input, int outputs, int inputs, int lanes) {
    for (int o = 0; o < outputs; o += OUTPUTS) {
      for (int i = 0; i < inputs; i += INPUTS) {
        addProducts(
            output[o],
            output[o + 1],
            factors[o],
            factors[o + 1],
            i,
            input[i],
            input[i + 1],
            input[i + 2],
            input[i + 3],
            lanes);
      }
    }
  }

  /// Two rows with four each, which takes fewer loads than one with eight. The factor comes first
  /// in one and second in the other: C2 packs the same operation of neighbouring lanes, and takes
  /// those of the other row for them where nothing tells the two apart.
  private static void addProducts(
      float[] s,
      float[] t,
      float[] f,
      float[] g,
      int i,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      int lanes) {
    float fa = f[i];
    float fb = f[i + 1];
    float fc = f[i + 2];
    float fd = f[i + 3];
    float ga = g[i];
    float gb = g[i + 1];
    float gc = g[i + 2];
    float gd = g[i + 3];
    for (int k = 0; k < lanes; k++) {
      float first =
          Math.fma(fd, d[k], Math.fma(fc, c[k], Math.fma(fb, b[k], Math.fma(fa, a[k], s[k]))));
      float second =
          Math.fma(d[k], gd, Math.fma(c[k], gc, Math.fma(b[k], gb, Math.fma(a[k], ga, t[k]))));
      s[k] = first;
      t[k] = second;
    }
  }

  /// What [#addProducts] does, for rows several times as long as those.
  ///
  /// C2 unrolls a loop by how often it was seen to turn. A loop that sums over examples at one time
  /// and over hidden units at another would be unrolled for neither: apart, a step with 200 hidden
  /// units takes 85 microseconds instead of 104 (docs/benchmarks.md).
  static void addLongProducts(
      float[][] output, float[][] factors, float[][] input, int outputs, int inputs, int lanes) {
    for (int o = 0; o < outputs; o += OUTPUTS) {
      for (int i = 0; i < inputs; i += INPUTS) {
        addLongProducts(
            output[o],
            output[o + 1],
            factors[o],
            factors[o + 1],
            i,
            input[i],
            input[i + 1],
            input[i + 2],
            input[i + 3],
            lanes);
      }
    }
  }

  private static void addLongProducts(
      float[] s,
      float[] t,
      float[] f,
      float[] g,
      int i,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      int lanes) {
    float fa = f[i];
    float fb = f[i + 1];
    float fc = f[i + 2];
    float fd = f[i + 3];
    float ga = g[i];
    float gb = g[i + 1];
    float gc = g[i + 2];
    float gd = g[i + 3];
    for (int k = 0; k < lanes; k++) {
      float first =
          Math.fma(fd, d[k], Math.fma(fc, c[k], Math.fma(fb, b[k], Math.fma(fa, a[k], s[k]))));
      float second =
          Math.fma(d[k], gd, Math.fma(c[k], gc, Math.fma(b[k], gb, Math.fma(a[k], ga, t[k]))));
      s[k] = first;
      t[k] = second;
    }
  }

  /// values = tanh(values) = m / (m + 2), where m = exp(2 |values|) - 1, with the sign put back.
  ///
  /// A sixth-degree Taylor polynomial has m for a sixteenth of the exponent, and `exp(2 y) - 1 =
  /// (exp(y) - 1)^2 + 2 (exp(y) - 1)` doubles that four times: no difference of near numbers
  /// anywhere. Right to 3.5e-7 of the value, above 4 to 1.7 units in the last place, and 1 from
  /// 9.013 on, as the tanh of single precision is from 9.011: there the slope has to vanish. The
  /// sign is a factor, for C2 does not vectorise Math.copySign.
  static void tanh(float[] values, int lanes) {
    for (int i = 0; i < lanes; i++) {
      float y = Math.min(Math.abs(values[i]), SATURATION) * (2f / 16);
      float p = Math.fma(1f / 720, y, 1f / 120);
      p = Math.fma(p, y, 1f / 24);
      p = Math.fma(p, y, 1f / 6);
      p = Math.fma(p, y, 1f / 2);
      p = Math.fma(p, y, 1f);
      float m = p * y;
      m = Math.fma(m, m, m + m);
      m = Math.fma(m, m, m + m);
      m = Math.fma(m, m, m + m);
      m = Math.fma(m, m, m + m);
      values[i] = Math.signum(values[i]) * (m / (m + 2f));
    }
  }

  /// gradients = gradients * (1 - tanh^2), where `values` are tanh
  static void multiplyByTanhSlope(float[] gradients, float[] values, int lanes) {
    for (int i = 0; i < lanes; i++) {
      gradients[i] *= Math.fma(-values[i], values[i], 1f);
    }
  }

  /// weights = keep * weights - rate * gradients, gradients = 0
  static void update(float[] weights, float[] gradients, float keep, float rate, int lanes) {
    for (int i = 0; i < lanes; i++) {
      float weight = Math.fma(-rate, gradients[i], keep * weights[i]);
      weights[i] = weight;
      gradients[i] = 0;
    }
  }

  /// `result[c][r] = rows[r][c]`
  static void transpose(float[][] result, float[][] rows, int count, int columns) {
    int r = 0;
    for (; r + 4 <= count; r += 4) {
      transposeFour(result, r, rows[r], rows[r + 1], rows[r + 2], rows[r + 3], columns);
    }
    for (; r < count; r++) {
      for (int c = 0; c < columns; c++) {
        result[c][r] = rows[r][c];
      }
    }
  }

  private static void transposeFour(
      float[][] result,
      int r,
      float[] first,
      float[] second,
      float[] third,
      float[] fourth,
      int columns) {
    for (int c = 0; c < columns; c++) {
      float[] column = result[c];
      column[r] = first[c];
      column[r + 1] = second[c];
      column[r + 2] = third[c];
      column[r + 3] = fourth[c];
    }
  }
}
