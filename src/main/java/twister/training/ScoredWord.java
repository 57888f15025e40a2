package twister.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import twister.data.Contexts;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;

/// A word, n-gram by n-gram, as a model predicts it.
///
/// @param ngrams one for each letter and one for the boundary after the last
public record ScoredWord(String word, List<Ngram> ngrams) {

  /// A context and the symbol that follows it.
  ///
  /// @param context the symbols before, as text
  /// @param next the symbol, as text
  /// @param row the number of the context, from 0 to C - 1; -1 if it does not occur in the corpus
  /// @param column the number of the symbol, from 0 to V - 1
  /// @param probability of the symbol after the context; NaN after a context that does not occur, of
  ///     which the model knows nothing
  public record Ngram(String context, String next, int row, int column, double probability) {
    /// The natural logarithm of the probability, -Infinity for 0.
    public double logProbability() {
      return Math.log(probability);
    }

    /// All its symbols.
    public String text() {
      return context + next;
    }

    /// Whether the model has the context.
    public boolean isKnown() {
      return row >= 0;
    }
  }

  /// Scores a word by a model.
  ///
  /// @param model (C, V)
  /// @throws IllegalArgumentException if the word holds a symbol outside the vocabulary
  public static ScoredWord of(String word, ProbabilityTable model, Contexts contexts) {
    Vocabulary vocabulary = contexts.vocabulary();
    int[] letters = vocabulary.indices(word);
    if (Arrays.stream(letters).anyMatch(letter -> letter < 0)) {
      throw new IllegalArgumentException(
          "word: expected symbols of the vocabulary, got \"" + word + "\"");
    }
    int length = contexts.length();
    int boundary = vocabulary.index(Vocabulary.BOUNDARY);
    int[] symbols = new int[length + letters.length + 1];
    Arrays.fill(symbols, boundary);
    System.arraycopy(letters, 0, symbols, length, letters.length);
    List<Ngram> ngrams = new ArrayList<>();
    for (int i = length; i < symbols.length; i++) {
      ngrams.add(ngram(Arrays.copyOfRange(symbols, i - length, i), symbols[i], model, contexts));
    }
    return new ScoredWord(word, List.copyOf(ngrams));
  }

  private static Ngram ngram(
      int[] context, int next, ProbabilityTable model, Contexts contexts) {
    Vocabulary vocabulary = contexts.vocabulary();
    StringBuilder text = new StringBuilder();
    IntStream.of(context).mapToObj(vocabulary::symbol).forEach(text::append);
    int row = contexts.number(context);
    double probability = row < 0 ? Double.NaN : model.probability(row, next);
    return new Ngram(text.toString(), vocabulary.symbol(next), row, next, probability);
  }

  /// The word's log likelihood and loss.
  public Score score() {
    return Score.of(ngrams);
  }
}
