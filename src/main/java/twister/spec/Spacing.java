package twister.spec;

/// How numbers lie between the first and the last of them.
public enum Spacing {
  /// Each is the one before it times a factor.
  LOG,
  /// Each is the one before it plus a summand.
  LINEAR
}
