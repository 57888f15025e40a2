package twister.random;

/// The generator `torch-cuda`: draws what PyTorch draws on a GPU after `torch.manual_seed(seed)`,
/// in the same order. Not safe for use by several threads.
///
/// The n-th call that draws computes element i of its tensor from the first words of block n of
/// subsequence i. So does PyTorch while a GPU has a thread for each element, up to a few thousand;
/// beyond, its numbers depend on the GPU. Its logarithm and sine round differently from ours, which
/// come from `StrictMath` and are the same on every machine.
public final class TorchCudaRandom implements TorchRandom {
  private static final float TWO_PI = (float) (2 * Math.PI);

  /// The time of the race where its logarithm would be 0, or nearly so.
  private static final float LEAST_TIME = 0x1p-24f;

  private final Philox bits;
  private long offset;

  /// A generator at the start of its sequence.
  ///
  /// @param seed of which all 64 bits count, as in PyTorch
  public TorchCudaRandom(long seed) {
    bits = new Philox(seed);
  }

  /// {@inheritDoc}
  ///
  /// Each is the first of a pair by the transform of Box and Muller, "A note on the generation of
  /// random normal deviates", 1958; the second is not used.
  @Override
  public float[] randn(int n) {
    float[] values = TorchCpuRandom.zeros(n);
    for (int i = 0; i < n; i++) {
      int[] words = bits.block(offset, i);
      float radius = (float) Math.sqrt(-2 * (float) StrictMath.log(uniform(words[0])));
      values[i] = radius * (float) StrictMath.sin(angle(words[1]));
    }
    if (n > 0) {
      offset++;
    }
    return values;
  }

  /// {@inheritDoc}
  ///
  /// An exponential race, with a time for every class.
  @Override
  public int multinomial(float[] probabilities) {
    Weights weights = new Weights(probabilities);
    float[] times = new float[weights.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = time(bits.block(offset, i)[0]);
    }
    offset++;
    return weights.winner(times);
  }

  @Override
  public long position() {
    return offset;
  }

  @Override
  public void skipTo(long position) {
    offset = position;
  }

  /// A uniform number in (0, 1], around the middle of the word's 2^-32.
  static float uniform(int word) {
    return Integer.toUnsignedLong(word) * 0x1p-32f + 0x1p-33f;
  }

  /// A uniform angle in (0, 2 pi].
  private static float angle(int word) {
    return Integer.toUnsignedLong(word) * (0x1p-32f * TWO_PI) + 0x1p-33f * TWO_PI;
  }

  /// An Exp(1) number by the inverse cumulative distribution, above 0.
  static float time(int word) {
    float uniform = uniform(word);
    return uniform >= 1 - LEAST_TIME ? LEAST_TIME : (float) -StrictMath.log(uniform);
  }
}
