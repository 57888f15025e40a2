package twister.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

  /// Scores words by a model.
  @FunctionalInterface
  public interface Scoring {
    /// Hands over the n-grams of a word, the ones after the others, and keeps none: a word may be a
    /// text of millions of symbols.
    ///
    /// @throws IllegalArgumentException if the word holds a symbol outside the vocabulary
    void each(String word, Consumer<? super Ngram> ngrams);

    /// Scores a word.
    ///
    /// @throws IllegalArgumentException if the word holds a symbol outside the vocabulary
    default ScoredWord of(String word) {
      List<Ngram> ngrams = new ArrayList<>();
      each(word, ngrams::add);
      return new ScoredWord(word, List.copyOf(ngrams));
    }
  }

  /// Scoring by an n-gram model.
  ///
  /// @param model (C, V)
  public static Scoring by(ProbabilityTable model, Contexts contexts) {
    return (word, ngrams) ->
        each(
            word,
            contexts,
            (number, _) -> number < 0 ? Optional.empty() : Optional.of(new Row(model, number)),
            ngrams);
  }

  /// Scores a word by an n-gram model.
  ///
  /// @param model (C, V)
  /// @throws IllegalArgumentException if the word holds a symbol outside the vocabulary
  public static ScoredWord of(String word, ProbabilityTable model, Contexts contexts) {
    return by(model, contexts).of(word);
  }

  /// Scoring by a multi-layer perceptron, which knows what follows any context.
  ///
  /// @param contexts as long as the model's blocks
  public static Scoring by(MlpWords model, Contexts contexts) {
    return (word, ngrams) ->
        each(
            word,
            contexts,
            (_, context) ->
                Optional.of(new Row(MlpModel.after(model.parameters(), model.shape(), context), 0)),
            ngrams);
  }

  private static void each(
      String word, Contexts contexts, Rows rows, Consumer<? super Ngram> ngrams) {
    int length = contexts.length();
    int[] symbols = contexts.vocabulary().sequence(word, length);
    if (Arrays.stream(symbols).anyMatch(symbol -> symbol < 0)) {
      throw new IllegalArgumentException(
          "word: expected symbols of the vocabulary, got \"" + word + "\"");
    }
    for (int i = length; i < symbols.length; i++) {
      ngrams.accept(ngram(Arrays.copyOfRange(symbols, i - length, i), symbols[i], contexts, rows));
    }
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
