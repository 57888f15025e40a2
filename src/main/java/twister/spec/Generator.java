package twister.spec;

/// Whose random numbers are drawn.
public enum Generator {
  /// PyTorch's CPU generator, MT19937; in files `torch-cpu`.
  TORCH_CPU,

  /// PyTorch's CUDA generator, Philox4x32-10; in files `torch-cuda`.
  TORCH_CUDA;

  /// The seed whose numbers a seed draws: PyTorch takes any of 64 bits, but its CPU generator looks
  /// at 32 of them.
  public long drawn(long seed) {
    return this == TORCH_CPU ? seed & 0xffff_ffffL : seed;
  }
}
