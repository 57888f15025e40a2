package twister.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import twister.data.Contexts;
import twister.data.Vocabulary;
import twister.model.MlpModel;
import twister.model.ProbabilityTable;

/// A word, n-gram by n-gram, as a model predicts it.
///
/// @param ngrams one for each letter and one for the boundary after the last; of a text, one for
///   each symbol that has as many before it as the model sees
public record ScoredWord(String word, List<Ngram> ngrams) {

  /// A context and the symbol that follows it.
  ///
  /// @param context the symbols before, as text
  /// @param next the symbol, as text
  /// @param row the number of the context, from 0 to C - 1; -1 if it does not occur in the corpus
  /// @param column the number of the symbol, from 0 to V - 1
  /// @param probability of the symbol after the context; NaN after a context of which the model
  ///   knows nothing, as an n-gram model of one that does not occur
  /// @param logProbability its natural logarithm, which may be finite where the probability is too
  ///   small for a double; -Infinity where the model rules the symbol out; NaN as above
  public record Ngram(
      String context, String next, int row, int column, double probability, double logProbability) {
    /// All its symbols.
    public String text() {
      return context + next;
    }

    /// Whether the model knows what follows the context.
    public boolean isKnown() {
      return !Double.isNaN(probability);
    }
  }

  /// What a model knows after a context: a row of a table.
  private record Row(ProbabilityTable table, int number) {}

  /// What a model knows after each context; nothing after some.
  @FunctionalInterface
  private interface Rows {
    Optional<Row> after(int number, int[] context);
  }

  /// Scores a word by an n-gram model.
  ///
  /// @param model (C, V)
  /// @throws IllegalArgumentException if the word holds a symbol outside the vocabulary
  public static ScoredWord of(String word, ProbabilityTable model, Contexts contexts) {
    return of(
        word,
        contexts,
        (number, _) -> number < 0 ? Optional.empty() : Optional.of(new Row(model, number)));
  }

  /// Scores a word by a multi-layer perceptron, which knows what follows any context.
  ///
  /// @param contexts as long as the model's blocks
  /// @throws IllegalArgumentException if the word holds a symbol outside the vocabulary
  public static ScoredWord of(String word, MlpWords model, Contexts contexts) {
    return of(
        word,
        contexts,
        (_, context) ->
            Optional.of(new Row(MlpModel.after(model.parameters(), model.shape(), context), 0)));
  }

  private static ScoredWord of(String word, Contexts contexts, Rows rows) {
    int length = contexts.length();
    int[] symbols = contexts.vocabulary().sequence(word, length);
    if (Arrays.stream(symbols).anyMatch(symbol -> symbol < 0)) {
      throw new IllegalArgumentException(
          "word: expected symbols of the vocabulary, got \"" + word + "\"");
    }
    List<Ngram> ngrams = new ArrayList<>();
    for (int i = length; i < symbols.length; i++) {
      ngrams.add(ngram(Arrays.copyOfRange(symbols, i - length, i), symbols[i], contexts, rows));
    }
    return new ScoredWord(word, List.copyOf(ngrams));
  }

  private static Ngram ngram(int[] context, int next, Contexts contexts, Rows rows) {
    Vocabulary vocabulary = contexts.vocabulary();
    int number = contexts.number(context);
    Optional<Row> row = rows.after(number, context);
    return new Ngram(
        vocabulary.text(context),
        vocabulary.symbol(next),
        number,
        next,
        row.map(known -> known.table.probability(known.number, next)).orElse(Double.NaN),
        row.map(known -> known.table.logProbability(known.number, next)).orElse(Double.NaN));
  }

  /// The word's log likelihood and loss.
  public Score score() {
    return Score.of(ngrams);
  }
}
