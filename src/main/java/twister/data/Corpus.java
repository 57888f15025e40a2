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
}
