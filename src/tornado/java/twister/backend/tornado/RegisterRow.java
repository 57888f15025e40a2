package twister.backend.tornado;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/// Arithmetic on a row of V logits in the registers of a GPU's thread.
///
/// Each loop has a length that the compilers know and goes to one place by one index, or its array
/// does not become registers. Sums and maxima run in four strands, for shorter chains of dependent
/// operations.
final class RegisterRow {
  /// Rows of up to so many symbols fit into registers, two of them and a third one in part.
  static final int MOST_SYMBOLS = 64;

  private RegisterRow() {}

  /// The largest of a row.
  static float largest(float[] row, int symbols) {
    float a = row[0];
    float b = row[0];
    float c = row[0];
    float d = row[0];
    for (int k = 0; k < symbols; k += 4) {
      a = TornadoMath.max(a, row[k]);
    }
    for (int k = 1; k < symbols; k += 4) {
      b = TornadoMath.max(b, row[k]);
    }
    for (int k = 2; k < symbols; k += 4) {
      c = TornadoMath.max(c, row[k]);
    }
    for (int k = 3; k < symbols; k += 4) {
      d = TornadoMath.max(d, row[k]);
    }
    return TornadoMath.max(TornadoMath.max(a, b), TornadoMath.max(c, d));
  }

  /// The sum of a row.
  static float sum(float[] row, int symbols) {
    float a = 0f;
    float b = 0f;
    float c = 0f;
    float d = 0f;
    for (int k = 0; k < symbols; k += 4) {
      a += row[k];
    }
    for (int k = 1; k < symbols; k += 4) {
      b += row[k];
    }
    for (int k = 2; k < symbols; k += 4) {
      c += row[k];
    }
    for (int k = 3; k < symbols; k += 4) {
      d += row[k];
    }
    return (a + b) + (c + d);
  }
}
