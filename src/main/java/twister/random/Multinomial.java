package twister.random;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The rule by which `torch.multinomial(p, 1)` draws a class on a CPU. It depends on PyTorch's
/// version, its build and the processor; each rule draws with the same probabilities, but different
/// classes from the same seed.
public enum Multinomial {
  /// The race of builds with Intel's MKL on Intel processors, by which the published names were
  /// drawn. One draw takes 32 bits of the generator, whatever the number of classes.
  MKL {
    @Override
    int draw(Weights weights, Mt19937 bits) {
      return weights.winner(mklTimes(bits.nextInt(), weights.size()));
    }
  },

  /// The race of other builds and processors, such as PyTorch 2.13 on AMD. One draw takes 64 bits
  /// of the generator for each class.
  SCALAR {
    @Override
    int draw(Weights weights, Mt19937 bits) {
      return weights.winner(scalarTimes(bits, weights.size()));
    }
  },

  /// The search of older builds, which is also how every build draws more than one class with
  /// replacement. One draw takes 64 bits of the generator.
  SEARCH {
    @Override
    int draw(Weights weights, Mt19937 bits) {
      return Weights.search(weights.cumulative(), bits.nextDouble());
    }
  };

  /// Times that were drawn of late. The runs of a sweep draw their names from the same seed, and so
  /// by the same times, whose logarithms cost more than all else that a draw does.
  private static final AtomicReferenceArray<@Nullable MklTimes> MKL_TIMES =
      new AtomicReferenceArray<>(1 << 13);

  /// @param times (V), not to be changed
  private record MklTimes(int seed, float[] times) {}

  private static final int MOST_KEPT_CLASSES = 1 << 7;

  private static final long MCG31_MODULUS = (1L << 31) - 1;
  private static final long MCG31_MULTIPLIER = 1132489760;

  /// Draws one class.
  abstract int draw(Weights weights, Mt19937 bits);

  /// The numbers of [#newMklTimes], drawn once where the same are wanted again and again.
  ///
  /// @return (V), not to be changed
  static float[] mklTimes(int seed, int size) {
    if (size > MOST_KEPT_CLASSES) {
      return newMklTimes(seed, size);
    }
    int place = seed & (MKL_TIMES.length() - 1);
    MklTimes kept = MKL_TIMES.get(place);
    if (kept == null || kept.seed != seed || kept.times.length != size) {
      kept = new MklTimes(seed, newMklTimes(seed, size));
      MKL_TIMES.set(place, kept);
    }
    return kept.times;
  }

  /// Exp(1) numbers of MKL's `vsRngExponential` by the inverse cumulative distribution, (V), from
  /// its generator MCG31m1 (L'Ecuyer, "Tables of linear congruential generators of different sizes
  /// and good lattice structure", 1999). PyTorch shifts them by the smallest normal float, so that
  /// none is 0.
  static float[] newMklTimes(int seed, int size) {
    long x = Math.max(1, Integer.toUnsignedLong(seed) % MCG31_MODULUS);
    float[] times = new float[size];
    for (int i = 0; i < size; i++) {
      float uniform = (float) ((double) x / MCG31_MODULUS);
      times[i] = (float) -StrictMath.log(uniform) + Float.MIN_NORMAL;
      x = MCG31_MULTIPLIER * x % MCG31_MODULUS;
    }
    return times;
  }

  /// Exp(1) numbers by the inverse cumulative distribution in double, rounded to float, (V).
  private static float[] scalarTimes(Mt19937 bits, int size) {
    float[] times = new float[size];
    for (int i = 0; i < size; i++) {
      times[i] = (float) -StrictMath.log1p(-bits.nextDouble());
    }
    return times;
  }
}
