package twister.spec;

/// How the words are divided: those to learn from, those to compare models by, and those kept for
/// the last look.
///
/// @param train part of the words, above 0
/// @param dev part of the words, from 0
/// @param seed by which the words are shuffled before
/// @param keepsDuplicatesTogether whether a word that occurs several times is in one part only
public record SplitSpec(double train, double dev, long seed, boolean keepsDuplicatesTogether) {
  public SplitSpec {
    if (!(train > 0 && dev >= 0 && train + dev <= 1 + ROUNDING)) {
      throw new IllegalArgumentException(
          "split: expected parts of at most 1 in all, got " + train + " and " + dev);
    }
  }

  /// Whether some words are kept for the last look.
  public boolean hasTest() {
    return train + dev < 1 - ROUNDING;
  }

  /// Decimal parts need not add up to 1 exactly.
  static final double ROUNDING = 1e-9;
}
