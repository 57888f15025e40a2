package twister.data;

import java.util.List;
import java.util.OptionalInt;
import twister.spec.CorpusFormat;

/// The words of a file, in order, or its text: the one word without beginning and end.
///
/// @param file the file as the user named it
/// @param words one or more words, each of one or more symbols other than the boundary; of a text
///   the text alone
/// @param emptyLines how many lines or cells held no word
/// @param sha256 of the file's bytes, in hexadecimal
/// @param boundary the symbol before the first and after the last letter of every word, as a code
///   point; a text has none
public record Corpus(
    String file, List<String> words, int emptyLines, String sha256, OptionalInt boundary) {
  public Corpus {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("words: expected at least one, got none");
    }
    if (boundary.isEmpty() && words.size() != 1) {
      throw new IllegalArgumentException("text: expected one, got " + words.size());
    }
  }

  /// Words between full stops.
  public Corpus(String file, List<String> words, int emptyLines, String sha256) {
    this(file, words, emptyLines, sha256, OptionalInt.of(CorpusFormat.FULL_STOP));
  }

  /// The corpus of the first words alone.
  ///
  /// @param count from 1 to the number of words
  public Corpus first(int count) {
    return new Corpus(file, words.subList(0, count), emptyLines, sha256, boundary);
  }

  /// Whether it is a text, which has no words.
  public boolean isText() {
    return boundary.isEmpty();
  }

  /// How many symbols there are: a letter each, and the boundary after each word.
  public int symbols() {
    int ends = isText() ? 0 : words.size();
    return ends + words.stream().mapToInt(word -> word.codePointCount(0, word.length())).sum();
  }
}
