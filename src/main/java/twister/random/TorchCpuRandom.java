package twister.random;

import java.util.OptionalDouble;

/// The generator `torch-cpu`: draws what PyTorch draws from `torch.Generator().manual_seed(seed)`
/// on a CPU, in the same order. Not safe for use by several threads.
///
/// Uniform numbers, classes and fewer than 16 normal numbers equal PyTorch's. From 16 on normal
/// numbers agree to 5e-7, because PyTorch's vector logarithm and cosine round differently; ours
/// come from `StrictMath` and are the same on every machine.
public final class TorchCpuRandom implements TorchRandom {
  /// PyTorch draws normal numbers in blocks of this many, and fewer than this one by one.
  private static final int BLOCK = 16;

  private static final int LARGEST_RANGE = 1 << 28;

  private static final float TWO_PI = (float) (2 * Math.PI);

  private final Mt19937 bits;
  private final Multinomial rule;
  private OptionalDouble spareNormal = OptionalDouble.empty();

  /// A generator that draws single classes as the published documents do, by [Multinomial#MKL].
  ///
  /// @param seed of which the low 32 bits count, as in PyTorch
  public TorchCpuRandom(long seed) {
    this(seed, Multinomial.MKL);
  }

  /// A generator that draws single classes by the rule given.
  ///
  /// @param seed of which the low 32 bits count, as in PyTorch
  public TorchCpuRandom(long seed, Multinomial rule) {
    this.bits = new Mt19937(seed);
    this.rule = rule;
  }

  /// Uniform numbers in [0, 1), as `torch.rand(n)` draws them.
  ///
  /// @return (n), multiples of 2^-24
  public float[] rand(int n) {
    float[] values = zeros(n);
    for (int i = 0; i < n; i++) {
      values[i] = bits.nextFloat();
    }
    return values;
  }

  /// {@inheritDoc}
  ///
  /// They come in pairs by the transform of Box and Muller, "A note on the generation of random
  /// normal deviates", 1958: from 16 on in float and in blocks of 16, below 16 in double and one by
  /// one. Below 16 the second of a pair waits for the next such call, over any other draws between.
  @Override
  public float[] randn(int n) {
    return n < BLOCK ? singleNormals(n) : blockNormals(n);
  }

  /// Whole numbers from `low` to `high - 1`, as `torch.randint(low, high, (n,))` draws them.
  ///
  /// @param high above `low` by 1 to 2^28 - 1, where PyTorch takes 32 bits for each
  /// @param values (n), set
  public void randint(int low, int high, int[] values) {
    long range = (long) high - low;
    if (range < 1 || range >= LARGEST_RANGE) {
      throw new IllegalArgumentException(
          "range: expected 1 to %d, got %d".formatted(LARGEST_RANGE - 1, range));
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = low + Integer.remainderUnsigned(bits.nextInt(), (int) range);
    }
  }

  /// The numbers from 0 to `n - 1` in an order that equals that of `torch.randperm(n)` for a few
  /// thousand of them.
  ///
  /// @return (n)
  public int[] randperm(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = 0; i + 1 < n; i++) {
      int other = i + Integer.remainderUnsigned(bits.nextInt(), n - i);
      int number = order[i];
      order[i] = order[other];
      order[other] = number;
    }
    return order;
  }

  @Override
  public int multinomial(float[] probabilities) {
    return rule.draw(new Weights(probabilities), bits);
  }

  /// The classes that `torch.multinomial(probabilities, draws, replacement=True)` draws: two or
  /// more by [Multinomial#SEARCH], as every build of PyTorch does, one by the rule of this
  /// generator.
  ///
  /// @param probabilities (V), or weights in proportion to them: their sum need not be 1
  /// @param draws at least 1
  /// @return (draws), classes in [0, V), never one of probability 0
  /// @throws IllegalArgumentException if a probability is negative, NaN or infinite, none is above
  ///   0, or `draws` is below 1
  public int[] multinomial(float[] probabilities, int draws) {
    if (draws < 1) {
      throw new IllegalArgumentException("draws: expected at least 1, got " + draws);
    }
    if (draws == 1) {
      return new int[] {multinomial(probabilities)};
    }
    float[] cumulative = new Weights(probabilities).cumulative();
    int[] classes = new int[draws];
    for (int i = 0; i < draws; i++) {
      classes[i] = Weights.search(cumulative, bits.nextDouble());
    }
    return classes;
  }

  @Override
  public long position() {
    return bits.drawn();
  }

  @Override
  public void skipTo(long position) {
    while (bits.drawn() < position) {
      bits.nextInt();
    }
  }

  private float[] singleNormals(int n) {
    float[] values = zeros(n);
    for (int i = 0; i < n; i++) {
      values[i] = (float) nextNormal();
    }
    return values;
  }

  private double nextNormal() {
    if (spareNormal.isPresent()) {
      double spare = spareNormal.getAsDouble();
      spareNormal = OptionalDouble.empty();
      return spare;
    }
    double angle = 2 * Math.PI * bits.nextDouble();
    double radius = StrictMath.sqrt(-2 * StrictMath.log1p(-bits.nextDouble()));
    spareNormal = OptionalDouble.of(radius * StrictMath.sin(angle));
    return radius * StrictMath.cos(angle);
  }

  /// A rest of fewer than 16 makes the last 16 places be drawn anew, those of the block before it
  /// included.
  private float[] blockNormals(int n) {
    float[] values = rand(n);
    for (int start = 0; start + BLOCK <= n; start += BLOCK) {
      transformBlock(values, start);
    }
    if (n % BLOCK != 0) {
      System.arraycopy(rand(BLOCK), 0, values, n - BLOCK, BLOCK);
      transformBlock(values, n - BLOCK);
    }
    return values;
  }

  /// Turns 16 uniform numbers into normal ones in place; 8 give the radii, the next 8 the angles.
  private static void transformBlock(float[] values, int start) {
    for (int i = start; i < start + BLOCK / 2; i++) {
      float radius = (float) Math.sqrt(-2 * (float) StrictMath.log(1 - values[i]));
      float angle = TWO_PI * values[i + BLOCK / 2];
      values[i] = radius * (float) StrictMath.cos(angle);
      values[i + BLOCK / 2] = radius * (float) StrictMath.sin(angle);
    }
  }

  /// Places for as many numbers, (n).
  static float[] zeros(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("n: expected at least 0, got " + n);
    }
    return new float[n];
  }
}
