package twister.training;

import java.util.List;

/// A trained model that reads and writes words symbol by symbol.
public interface WordModel {

  /// A word in the making, at first without letters.
  interface Word {
    /// The probability of each next symbol, (V); empty where the model knows nothing.
    float[] next();

    /// Adds a symbol.
    void append(int symbol);
  }

  /// A new word.
  Word word();

  /// Loss on words, in nats per character.
  ///
  /// @param words one or more, of the vocabulary's symbols
  double nll(List<String> words);
}
