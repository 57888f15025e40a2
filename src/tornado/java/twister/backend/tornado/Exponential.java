package twister.backend.tornado;

/// The exponential of the kernels, which has the same bits on every device.
///
/// A device's own exponential is a call that compilers for processors do not vectorise, and differs
/// between devices in the last bits. This one is arithmetic only: `exp(x) = 2^n exp(r)` with `n` the
/// integer next to `x / ln 2` and `|r| <= ln(2) / 2`, where the Taylor polynomial of degree 7 is
/// wrong by at most `r^8 / 8!`, 5e-9. `ln 2` is split in two (W. J. Cody and W. Waite, "Software
/// Manual for the Elementary Functions", 1980), so that `n ln 2` is exact in its upper part.
final class Exponential {
  /// Below this, the result is what it is here, 1e-18: nothing beside the 1 of the largest logit.
  private static final float LEAST = -41f;

  private static final float PER_LN_2 = 1.442695f;
  private static final float LN_2_UPPER = 355f / 512;
  private static final float LN_2_LOWER = -2.1219444e-4f;
  private static final float TWO_TO_MINUS_30 = 1f / (1 << 30);

  private Exponential() {}

  /// The exponential of a number that is not above 0, to about 1 unit in the last place; NaN for
  /// NaN.
  static float exp(float x) {
    // Not a maximum: those of the devices drop a NaN.
    float y = x < LEAST ? LEAST : x;
    int n = (int) (y * PER_LN_2 - 0.5f);
    float r = y - n * LN_2_UPPER - n * LN_2_LOWER;
    float p = 1f / 5040;
    p = p * r + 1f / 720;
    p = p * r + 1f / 120;
    p = p * r + 1f / 24;
    p = p * r + 1f / 6;
    p = p * r + 0.5f;
    p = p * r + 1f;
    p = p * r + 1f;
    // 2^n as a product of two powers from 2^-30 to 1, each made of a shifted 1.
    int half = n >> 1;
    float scaled = p * ((float) (1 << (30 + half)) * TWO_TO_MINUS_30);
    return scaled * ((float) (1 << (30 + n - half)) * TWO_TO_MINUS_30);
  }
}
