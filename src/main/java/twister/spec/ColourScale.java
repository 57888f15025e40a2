package twister.spec;

/// How the colours of a heatmap spread its values, which are 0 or more.
public enum ColourScale {
  /// Evenly.
  LINEAR,
  /// By their square roots.
  SQRT,
  /// By their logarithms.
  LOG
}
