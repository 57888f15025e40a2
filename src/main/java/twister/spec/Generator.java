package twister.spec;

/// Whose random numbers are drawn.
public enum Generator {
  /// PyTorch's CPU generator, MT19937; in files `torch-cpu`.
  TORCH_CPU
}
