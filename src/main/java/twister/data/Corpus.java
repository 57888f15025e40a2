package twister.data;

import java.util.List;

/// The words of a file, in order.
///
/// @param file the file as the user named it
/// @param words one or more words, each of one or more symbols other than [Vocabulary#BOUNDARY]
/// @param emptyLines how many lines held no word
/// @param sha256 of the file's bytes, in hexadecimal
public record Corpus(String file, List<String> words, int emptyLines, String sha256) {
  public Corpus {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("words: expected at least one, got none");
    }
  }

  /// The corpus of the first words alone.
  ///
  /// @param count from 1 to the number of words
  public Corpus first(int count) {
    return new Corpus(file, words.subList(0, count), emptyLines, sha256);
  }

  /// How many examples the words make: a letter each, and the boundary after each word.
  public int examples() {
    return words.stream().mapToInt(word -> word.codePointCount(0, word.length()) + 1).sum();
  }
}
