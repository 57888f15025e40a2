package twister.spec;

/// Whose random numbers are drawn.
public enum Generator {
  /// PyTorch's CPU generator, MT19937; in files `torch-cpu`.
  TORCH_CPU,

  /// PyTorch's CUDA generator, Philox4x32-10; in files `torch-cuda`.
  TORCH_CUDA
}
