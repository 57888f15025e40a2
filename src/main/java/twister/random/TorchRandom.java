package twister.random;

/// One of PyTorch's generators: draws what PyTorch draws from the same seed, in the same order. Not
/// safe for use by several threads.
public sealed interface TorchRandom permits TorchCpuRandom, TorchCudaRandom {

  /// Normal numbers of mean 0 and variance 1, as `torch.randn(n)` draws them; a tensor of several
  /// dimensions takes them row-major.
  ///
  /// @param n at least 0
  /// @return (n)
  float[] randn(int n);

  /// The class that `torch.multinomial(probabilities, 1)` draws.
  ///
  /// @param probabilities (V), or weights in proportion to them: their sum need not be 1
  /// @return a class in [0, V), never one of probability 0
  /// @throws IllegalArgumentException if a probability is negative, NaN or infinite, or none is
  ///   above 0
  int multinomial(float[] probabilities);

  /// How far the generator is in its sequence, a number of its own kind.
  long position();

  /// Goes on from where a generator of the same seed was that drew nothing but classes.
  ///
  /// @param position of that one, not before this one's
  void skipTo(long position);
}
