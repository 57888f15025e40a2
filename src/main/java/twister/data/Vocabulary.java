package twister.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import twister.spec.CorpusFormat;

/// The symbols of a corpus, numbered from 0: the boundary first, if there is one, then the others
/// by code point.
public final class Vocabulary {
  private final int[] symbols;
  private final boolean hasBoundary;

  /// The number of each code point up to the largest symbol, -1 for those that are no symbols.
  private final int[] indices;

  private Vocabulary(int[] symbols, boolean hasBoundary) {
    this.symbols = symbols;
    this.hasBoundary = hasBoundary;
    indices = new int[Arrays.stream(symbols).max().orElse(0) + 1];
    Arrays.fill(indices, -1);
    for (int i = 0; i < symbols.length; i++) {
      indices[symbols[i]] = i;
    }
  }

  /// The vocabulary of a corpus.
  public static Vocabulary of(Corpus corpus) {
    return of(corpus.words(), corpus.boundary());
  }

  /// The vocabulary of words between full stops.
  public static Vocabulary of(List<String> words) {
    return of(words, OptionalInt.of(CorpusFormat.FULL_STOP));
  }

  private static Vocabulary of(List<String> words, OptionalInt boundary) {
    BitSet letters = new BitSet();
    for (String word : words) {
      for (int i = 0; i < word.length(); i = word.offsetByCodePoints(i, 1)) {
        letters.set(word.codePointAt(i));
      }
    }
    boundary.ifPresent(letters::clear);
    return new Vocabulary(
        IntStream.concat(boundary.stream(), letters.stream()).toArray(), boundary.isPresent());
  }

  /// The number of symbols, V, the boundary among them.
  public int size() {
    return symbols.length;
  }

  /// Whether a boundary stands before the first and after the last letter of every word, symbol 0.
  /// A text has none.
  public boolean hasBoundary() {
    return hasBoundary;
  }

  /// Whether a symbol is the boundary.
  ///
  /// @param index from 0 to V - 1
  public boolean isBoundary(int index) {
    return hasBoundary && index == 0;
  }

  /// The number of a symbol.
  ///
  /// @return from 0 to V - 1, or -1 if no word holds the symbol
  public int index(int codePoint) {
    return codePoint < indices.length ? indices[codePoint] : -1;
  }

  /// The symbol with a number, as text of one code point.
  public String symbol(int index) {
    return Character.toString(symbols[index]);
  }

  /// The symbols with some numbers, as text.
  public String text(int... numbers) {
    StringBuilder text = new StringBuilder();
    for (int number : numbers) {
      text.appendCodePoint(symbols[number]);
    }
    return text.toString();
  }

  /// The numbers of a word's symbols, without the boundaries around it.
  ///
  /// @return from 0 to V - 1 each, -1 for a symbol that no word of the corpus holds
  public int[] indices(String word) {
    int[] numbers = new int[word.codePointCount(0, word.length())];
    for (int n = 0, i = 0; n < numbers.length; n++, i = word.offsetByCodePoints(i, 1)) {
      numbers[n] = index(word.codePointAt(i));
    }
    return numbers;
  }

  /// The numbers of a word's symbols as a model reads them that sees some symbols before the next
  /// one: as many boundaries, the word, and a boundary. A text stays as it is; its first symbols
  /// are seen, and not predicted.
  ///
  /// @param before how many symbols the model sees; each symbol after these is an example
  /// @return as [#indices]
  public int[] sequence(String word, int before) {
    int[] letters = indices(word);
    if (!hasBoundary) {
      return letters;
    }
    int[] sequence = new int[before + letters.length + 1];
    System.arraycopy(letters, 0, sequence, before, letters.length);
    return sequence;
  }

  /// How many examples words make: a letter each, and the boundary after each word; of a text, all
  /// symbols but the first ones.
  ///
  /// @param before how many symbols a model sees before the next one
  public int examples(List<String> words, int before) {
    return words.stream()
        .mapToInt(word -> word.codePointCount(0, word.length()))
        .map(letters -> hasBoundary ? letters + 1 : Math.max(0, letters - before))
        .sum();
  }
}
