package twister.backend.tornado;

/// Which kernels a session takes, where there are several that compute the same.
enum Kernels {
  /// Rows in private memory, which processors' caches hold and whose loops become vectors; each
  /// stage a kernel of its own.
  PROCESSOR,
  /// Rows in registers, groups of threads that work together in local memory, few launches.
  GPU
}
