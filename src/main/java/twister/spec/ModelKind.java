package twister.spec;

/// The models that a file can name.
enum ModelKind {
  COUNTS,
  SOFTMAX,
  MLP
}
