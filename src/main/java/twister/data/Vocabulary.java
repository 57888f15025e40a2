package twister.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/// The symbols of a corpus, numbered from 0: the boundary first, then the others by code point.
public final class Vocabulary {
  /// The symbol before the first and after the last letter of every word.
  public static final int BOUNDARY = '.';

  private final int[] symbols;

  /// The number of each code point up to the largest symbol, -1 for those that are no symbols.
  private final int[] indices;

  private Vocabulary(int[] symbols) {
    this.symbols = symbols;
    indices = new int[Math.max(BOUNDARY, symbols[symbols.length - 1]) + 1];
    Arrays.fill(indices, -1);
    for (int i = 0; i < symbols.length; i++) {
      indices[symbols[i]] = i;
    }
  }

  /// The vocabulary of the words given.
  public static Vocabulary of(List<String> words) {
    BitSet letters = new BitSet();
    for (String word : words) {
      for (int i = 0; i < word.length(); i = word.offsetByCodePoints(i, 1)) {
        letters.set(word.codePointAt(i));
      }
    }
    letters.clear(BOUNDARY);
    return new Vocabulary(IntStream.concat(IntStream.of(BOUNDARY), letters.stream()).toArray());
  }

  /// The number of symbols, V, the boundary among them.
  public int size() {
    return symbols.length;
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
}
