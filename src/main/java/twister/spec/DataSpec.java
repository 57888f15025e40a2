package twister.spec;

import java.util.Optional;

/// The words, or the text, to learn from.
///
/// @param file path as written in the experiment file, or the address that the words are fetched
///   from
/// @param sha256 what the file's bytes must hash to, 64 hexadecimal digits; not checked when
///   absent, as it may be where they are not fetched
/// @param words only so many of the first words are learnt from, at least 1; symbols and contexts
///   are those of the whole file; every word when absent, as it is of a text
/// @param split how the words are divided; all are learnt from when absent
/// @param format what the file holds, and what is made of that
/// @param order how many symbols an n-gram has, from 1 to [#MOST_ORDER]; 2 for bigrams
public record DataSpec(
    String file,
    Optional<String> sha256,
    Optional<Integer> words,
    Optional<SplitSpec> split,
    CorpusFormat format,
    int order) {
  /// Longer n-grams than this are hardly ever found twice.
  public static final int MOST_ORDER = 16;

  /// The order of bigrams.
  public static final int BIGRAMS = 2;

  /// Every word of a file.
  public DataSpec(String file, Optional<String> sha256, int order) {
    this(file, sha256, Optional.empty(), Optional.empty(), CorpusFormat.Words.LINES, order);
  }

  public DataSpec {
    if (isAddress(file) && sha256.isEmpty()) {
      throw new IllegalArgumentException("sha256: expected that of " + file + ", got none");
    }
    if (words.isPresent() && words.get() < 1) {
      throw new IllegalArgumentException(
          "words: expected a whole number from 1, got " + words.get());
    }
    if (words.isPresent() && format.isText()) {
      throw new IllegalArgumentException("words: expected none of a text");
    }
    if (order < 1 || order > MOST_ORDER) {
      throw new IllegalArgumentException(
          "order: expected a whole number from 1 to " + MOST_ORDER + ", got " + order);
    }
  }

  /// The same words, and no others: the file must hash to what it hashes to now.
  ///
  /// @param hash of the file's bytes, 64 hexadecimal digits
  DataSpec withSha256(String hash) {
    return new DataSpec(file, Optional.of(hash), words, split, format, order);
  }

  /// The same words as n-grams of another order.
  DataSpec withOrder(int other) {
    return new DataSpec(file, sha256, words, split, format, other);
  }

  /// Whether the words are fetched from an address.
  public boolean isRemote() {
    return isAddress(file);
  }

  /// Whether a text is an address and not a path.
  public static boolean isAddress(String text) {
    return text.matches("(?s)(?i:https?|ftp|file)://.*");
  }

  /// Whether a context is a single symbol.
  public boolean isOfBigrams() {
    return order == BIGRAMS;
  }
}
