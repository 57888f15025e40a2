package twister.training;

import twister.data.SplitExamples;

/// A trained model that reads and writes words, or a text, symbol by symbol.
public interface WordModel {

  /// A word in the making.
  interface Word {
    /// The probability of each next symbol, (V); empty where the model knows nothing, as of a word
    /// that goes on as none of the corpus does. A text always goes on.
    float[] next();

    /// Adds a symbol.
    void append(int symbol);
  }

  /// A new word.
  ///
  /// @param before the symbols that stand before the next one, as many as the model sees
  Word word(int[] before);

  /// Loss on words, in nats per character.
  double nll(SplitExamples words);
}
