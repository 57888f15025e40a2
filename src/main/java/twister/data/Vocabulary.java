package twister.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The symbols of a corpus, numbered from 0: the boundary first, then the others by code point.
public final class Vocabulary {
  /// The symbol before the first and after the last letter of every word.
  public static final int BOUNDARY = '.';

  private final int[] symbols;
  private final Map<Integer, Integer> indices = new HashMap<>();

  private Vocabulary(int[] symbols) {
    this.symbols = symbols;
    for (int i = 0; i < symbols.length; i++) {
      indices.put(symbols[i], i);
    }
  }

  /// The vocabulary of the words given.
  public static Vocabulary of(List<String> words) {
    IntStream letters =
        words.stream().flatMapToInt(String::codePoints).distinct().filter(s -> s != BOUNDARY);
    return new Vocabulary(
        IntStream.concat(IntStream.of(BOUNDARY), letters.sorted()).toArray());
  }

  /// The number of symbols, V, the boundary among them.
  public int size() {
    return symbols.length;
  }

  /// The number of a symbol.
  ///
  /// @return from 0 to V - 1, or -1 if no word holds the symbol
  public int index(int codePoint) {
    return indices.getOrDefault(codePoint, -1);
  }

  /// The symbol with a number, as text of one code point.
  public String symbol(int index) {
    return Character.toString(symbols[index]);
  }

  /// The numbers of a word's symbols, without the boundaries around it.
  ///
  /// @return from 0 to V - 1 each, -1 for a symbol that no word of the corpus holds
  public int[] indices(String word) {
    return word.codePoints().map(this::index).toArray();
  }
}
