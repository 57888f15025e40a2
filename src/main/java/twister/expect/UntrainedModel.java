package twister.expect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import twister.data.Contexts;
import twister.data.Vocabulary;
import twister.expect.Expectations.Row;
import twister.model.ProbabilityTable;
import twister.spec.Expected;
import twister.training.LossGradient;
import twister.training.ScoredWord;
import twister.yaml.InvalidInputException;

/// A softmax model of bigrams before its training, on some words.
///
/// @param model (V, V)
public record UntrainedModel(ProbabilityTable model, Contexts contexts) {

  /// Compares distributions and gradient of the words with those expected.
  List<Row> rows(Expected.Untrained expected, ExpectedTables tables) throws InvalidInputException {
    String whose = String.join(", ", expected.words());
    Vocabulary vocabulary = contexts.vocabulary();
    if (expected.words().stream()
        .flatMapToInt(word -> Arrays.stream(vocabulary.indices(word)))
        .anyMatch(symbol -> symbol < 0)) {
      return List.of(Row.exact("symbols of " + whose, "all in the vocabulary", "not all in it"));
    }
    List<ScoredWord.Ngram> bigrams =
        expected.words().stream()
            .flatMap(word -> ScoredWord.of(word, model, contexts).ngrams().stream())
            .toList();
    List<Row> rows = new ArrayList<>();
    if (expected.probabilities().isPresent()) {
      double[] table = tables.probabilities(expected.probabilities().get(), expected);
      double[] found =
          bigrams.stream().flatMapToDouble(bigram -> doubles(model.row(bigram.row()))).toArray();
      rows.add(row("untrained distributions of " + whose, table, found, expected.within()));
    }
    if (expected.gradient().isPresent()) {
      double[] table = tables.gradient(expected.gradient().get());
      double[] found = gradient(bigrams);
      rows.add(row("untrained gradient of " + whose, table, found, expected.within()));
    }
    return rows;
  }

  private static DoubleStream doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }

  /// @return (V, V), row-major; rows of contexts that the bigrams do not have are 0
  private double[] gradient(List<ScoredWord.Ngram> bigrams) {
    int symbols = contexts.vocabulary().size();
    double[] gradient = new double[symbols * symbols];
    LossGradient.rows(bigrams, model)
        .forEach((context, row) -> System.arraycopy(row, 0, gradient, context * symbols, symbols));
    return gradient;
  }

  private static Row row(String figure, double[] expected, double[] found, double within) {
    double[] differences = new double[expected.length];
    Arrays.setAll(differences, i -> Math.abs(expected[i] - found[i]));
    return Findings.table(figure, differences, within, List.of());
  }
}
