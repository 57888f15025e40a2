package twister.spec;

import java.util.Optional;

/// The words to learn from.
///
/// @param file path as written in the experiment file: one word per line, UTF-8
/// @param sha256 what the file's bytes must hash to, 64 hexadecimal digits; not checked when absent
/// @param order how many symbols an n-gram has, from 1 to [#MOST_ORDER]; 2 for bigrams
public record DataSpec(String file, Optional<String> sha256, int order) {
  /// Longer n-grams than this are hardly ever found twice.
  public static final int MOST_ORDER = 16;

  /// The order of bigrams.
  public static final int BIGRAMS = 2;

  public DataSpec {
    if (order < 1 || order > MOST_ORDER) {
      throw new IllegalArgumentException(
          "order: expected a whole number from 1 to " + MOST_ORDER + ", got " + order);
    }
  }

  /// Whether a context is a single symbol.
  public boolean isOfBigrams() {
    return order == BIGRAMS;
  }
}
