package twister.expect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import twister.data.Contexts;
import twister.data.NgramCounts;
import twister.data.Ngrams;
import twister.expect.Expectations.Row;
import twister.model.ProbabilityTable;
import twister.spec.Expected;
import twister.training.Score;
import twister.training.ScoredWord;

/// How the bigram model of a run scores words.
final class BigramScores {
  private final Optional<ProbabilityTable> model;
  private final Ngrams ngrams;
  private final Contexts contexts;

  /// @param model (C, V), where the run has left one
  /// @param ngrams the bigrams of the run's words
  BigramScores(Optional<ProbabilityTable> model, Ngrams ngrams) {
    this.model = model;
    this.ngrams = ngrams;
    contexts = ngrams.contexts();
  }

  /// Compares the scores of words with those expected.
  List<Row> rows(Expected.WordScore expected) {
    List<Row> rows = new ArrayList<>();
    List<String> words = expected.words();
    String whose = words.isEmpty() ? "all words" : String.join(", ", words);
    Score score = score(words);
    expected
        .logLikelihood()
        .ifPresent(
            value ->
                rows.add(
                    Row.number(
                        "log likelihood of " + whose,
                        value,
                        score.logLikelihood(),
                        expected.within())));
    expected
        .loss()
        .ifPresent(
            value ->
                rows.add(Row.number("loss on " + whose, value, score.nll(), expected.within())));
    if (!expected.bigrams().isEmpty()) {
      rows.add(probabilities(expected, whose));
    }
    return rows;
  }

  /// @param words none for all of the corpus
  private Score score(List<String> words) {
    if (model.isEmpty() || !words.stream().allMatch(this::isOfVocabulary)) {
      return new Score(Double.NaN, 1);
    }
    return words.isEmpty()
        ? Score.of(NgramCounts.of(ngrams.examples()), model.get())
        : Score.of(
            words.stream()
                .flatMap(word -> ScoredWord.of(word, model.get(), contexts).ngrams().stream())
                .toList());
  }

  private boolean isOfVocabulary(String word) {
    return Arrays.stream(contexts.vocabulary().indices(word)).allMatch(symbol -> symbol >= 0);
  }

  private Row probabilities(Expected.WordScore score, String whose) {
    double[] differences = new double[score.bigrams().size()];
    List<String> misses = new ArrayList<>();
    int i = 0;
    for (Map.Entry<String, Double> bigram : score.bigrams().entrySet()) {
      double found = probability(bigram.getKey());
      differences[i] = Findings.largest(Row.difference(bigram.getValue(), found));
      if (differences[i++] > score.bigramsWithin()) {
        misses.add(
            "%s: published %s, measured %s"
                .formatted(
                    bigram.getKey(),
                    Expectations.text(bigram.getValue()),
                    Expectations.text(found)));
      }
    }
    return Findings.table(
        "probabilities of the bigrams of " + whose, differences, score.bigramsWithin(), misses);
  }

  /// NaN where the bigram has symbols that the corpus does not have.
  private double probability(String bigram) {
    int[] symbols = contexts.vocabulary().indices(bigram);
    int row = symbols[0] < 0 ? -1 : contexts.number(symbols[0]);
    return model.isEmpty() || row < 0 || symbols[1] < 0
        ? Double.NaN
        : model.get().probability(row, symbols[1]);
  }
}
