package twister.data;

import java.util.Arrays;

/// The contexts of an n-gram model: the `order - 1` symbols before a symbol, the boundary standing
/// in for those before the first letter of a word. In a text they are symbols of the text.
///
/// Only contexts that occur in the corpus have a number. They are sorted by their symbols' numbers,
/// the first symbol first. Of each length up to the full one they are kept as pairs, the context of
/// all symbols but the last one and that last symbol: `number * V + symbol`, ascending.
public final class Contexts {
  private final Vocabulary vocabulary;

  /// For each length from 1 the pairs, (C of that length).
  private final long[][] pairs;

  /// The number of all symbols but the first one among the contexts one shorter, (C).
  private final int[] shortened;

  private final int[] beginning;

  /// @param beginning as [#beginning]
  Contexts(Vocabulary vocabulary, long[][] pairs, int[] shortened, int[] beginning) {
    this.vocabulary = vocabulary;
    this.pairs = pairs;
    this.shortened = shortened;
    this.beginning = beginning;
  }

  /// What a word begins after, boundaries only; of a text, the symbols that it begins with.
  ///
  /// @return (order - 1), from 0 to V - 1 each
  public int[] beginning() {
    return beginning.clone();
  }

  /// The number of contexts, C.
  public int size() {
    return shortened.length;
  }

  /// The symbols that contexts are made of.
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /// The context after a context and the symbol that followed it.
  ///
  /// @return from 0 to C - 1, or -1 if it does not occur in the corpus
  public int next(int context, int symbol) {
    if (pairs.length == 0) {
      return 0;
    }
    long pair = (long) shortened[context] * vocabulary.size() + symbol;
    return Math.max(-1, Arrays.binarySearch(pairs[pairs.length - 1], pair));
  }

  /// How many symbols a context has, `order - 1`.
  public int length() {
    return pairs.length;
  }

  /// The number of a context.
  ///
  /// @param symbols (order - 1), from 0 to V - 1 each
  /// @return from 0 to C - 1, or -1 if it does not occur in the corpus
  public int number(int... symbols) {
    if (symbols.length != length()) {
      throw new IllegalArgumentException(
          "symbols: expected (%d), got (%d)".formatted(length(), symbols.length));
    }
    int number = 0;
    for (int i = 0; i < symbols.length && number >= 0; i++) {
      number = Arrays.binarySearch(pairs[i], (long) number * vocabulary.size() + symbols[i]);
    }
    return Math.max(-1, number);
  }

  /// Whether the last symbols of a context are some.
  ///
  /// @param ending from 0 to order - 1 symbols
  public boolean endsWith(int context, int... ending) {
    int number = context;
    for (int i = ending.length - 1, length = pairs.length; i >= 0; i--, length--) {
      long pair = pairs[length - 1][number];
      if (pair % vocabulary.size() != ending[i]) {
        return false;
      }
      number = (int) (pair / vocabulary.size());
    }
    return true;
  }

  /// A context as text of `order - 1` code points.
  public String text(int context) {
    StringBuilder text = new StringBuilder();
    int number = context;
    for (int length = pairs.length; length > 0; length--) {
      long pair = pairs[length - 1][number];
      text.insert(0, vocabulary.symbol((int) (pair % vocabulary.size())));
      number = (int) (pair / vocabulary.size());
    }
    return text.toString();
  }
}
