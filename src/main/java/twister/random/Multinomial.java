package twister.random;

/// The rule by which PyTorch draws one class; builds and processors differ.
public enum Multinomial {
  /// An exponential race over a short stream of Intel's MKL, as in most published results.
  MKL,
  /// An exponential race with one uniform double per class.
  SCALAR,
  /// A binary search in the running sum of the probabilities, as in older builds.
  SEARCH
}
