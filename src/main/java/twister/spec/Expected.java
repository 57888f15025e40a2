package twister.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A figure besides the losses of a training that a run must find, as a document prints it.
public sealed interface Expected {

  /// Properties of a corpus, or of a model's size.
  enum Size {
    /// How many words there are.
    WORDS,
    /// Letters of the shortest word.
    SHORTEST,
    /// Letters of the longest word.
    LONGEST,
    /// Symbols, the boundary among them.
    SYMBOLS,
    /// Pairs of a context and the symbol after it.
    EXAMPLES,
    /// Numbers that are trained.
    PARAMETERS
  }

  /// A whole number, met by none but itself.
  record Count(Size size, long value) implements Expected {}

  /// The mean of the squared weights after the training.
  record MeanSquare(double value, double within) implements Expected {}

  /// How a model of bigrams scores words.
  ///
  /// @param words every word of the corpus where it is empty
  /// @param logLikelihood of the words; -Infinity where a bigram is impossible
  /// @param loss nats per character; Infinity where a bigram is impossible
  /// @param within how far log likelihood and loss may be from that
  /// @param bigrams the probability of some of the words' bigrams
  /// @param bigramsWithin how far a probability may be from that
  record WordScore(
      List<String> words,
      Optional<Double> logLikelihood,
      Optional<Double> loss,
      double within,
      Map<String, Double> bigrams,
      double bigramsWithin)
      implements Expected {
    public WordScore {
      words = List.copyOf(words);
    }
  }

  /// How often each symbol follows each other, all of them.
  ///
  /// @param file a table as CSV: a row for each symbol, a column for each that follows
  record CountTable(String file) implements Expected {}

  /// The names of one set of samples, letter for letter, in order.
  ///
  /// @param step of the update before the set was drawn; empty for the set after the training
  record Names(Optional<Integer> step, List<String> names) implements Expected {
    public Names {
      names = List.copyOf(names);
    }
  }

  /// Classes drawn with replacement by `torch.multinomial`, after their weights, from one
  /// generator.
  ///
  /// @param weights how the weights are drawn before they are divided by their sum
  /// @param seed of the generator `torch-cpu`
  /// @param probabilities of the classes, to four decimals
  /// @param classes a digit for each draw
  record Draws(Weights weights, long seed, List<Double> probabilities, String classes)
      implements Expected {
    /// How weights of classes are drawn.
    public enum Weights {
      /// Uniform in [0, 1).
      RAND,
      /// Standard normal.
      RANDN
    }

    public Draws {
      probabilities = List.copyOf(probabilities);
    }
  }

  /// What a softmax model of bigrams says of words before its training.
  ///
  /// @param probabilities a table as CSV: a row for each bigram, its columns `input`, `target` and
  ///   one for each symbol
  /// @param gradient of the mean loss over the words' bigrams by the weights, a table as CSV: a row
  ///   for each context, a column for each symbol
  /// @param within how far a value may be from that
  record Untrained(
      List<String> words, Optional<String> probabilities, Optional<String> gradient, double within)
      implements Expected {
    public Untrained {
      words = List.copyOf(words);
    }
  }
}
