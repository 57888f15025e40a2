package twister.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVRecord;
import twister.data.Vocabulary;
import twister.report.Expectations.Row;
import twister.spec.Expected;

/// How the model of a run, by its `bigrams.csv`, scores words.
final class BigramScores {
  /// A bigram in `bigrams.csv`.
  private record Bigram(long count, double probability) {}

  private final Map<String, Bigram> model = new LinkedHashMap<>();
  private final long examples;

  /// @param table the rows of `bigrams.csv`
  /// @param examples how many bigrams the words of the run have
  BigramScores(List<CSVRecord> table, long examples) {
    this.examples = examples;
    for (CSVRecord row : table) {
      model.put(
          row.get("previous") + row.get("next"),
          new Bigram(
              Long.parseLong(row.get("count")), Double.parseDouble(row.get("probability"))));
    }
  }

  /// Compares the scores of words with those expected.
  List<Row> rows(Expected.WordScore score) {
    List<Row> rows = new ArrayList<>();
    String whose = score.words().isEmpty() ? "all words" : String.join(", ", score.words());
    List<String> bigrams = score.words().stream().flatMap(word -> bigrams(word).stream()).toList();
    long count = score.words().isEmpty() ? examples : bigrams.size();
    double logLikelihood =
        score.words().isEmpty() ? logLikelihood() : logLikelihood(bigrams);
    score
        .logLikelihood()
        .ifPresent(
            value ->
                rows.add(
                    Row.number(
                        "log likelihood of " + whose, value, logLikelihood, score.within())));
    score
        .loss()
        .ifPresent(
            value ->
                rows.add(
                    Row.number(
                        "loss on " + whose, value, -logLikelihood / count, score.within())));
    if (!score.bigrams().isEmpty()) {
      rows.add(probabilities(score, whose));
    }
    return rows;
  }

  private double logLikelihood() {
    return model.values().stream()
        .filter(bigram -> bigram.count > 0)
        .mapToDouble(bigram -> bigram.count * Math.log(bigram.probability))
        .sum();
  }

  private double logLikelihood(List<String> bigrams) {
    return bigrams.stream()
        .mapToDouble(
            bigram -> model.containsKey(bigram) ? Math.log(model.get(bigram).probability) : Double.NaN)
        .sum();
  }

  /// The bigrams of a word, from boundary to boundary.
  static List<String> bigrams(String word) {
    String boundary = Character.toString(Vocabulary.BOUNDARY);
    int[] symbols = (boundary + word + boundary).codePoints().toArray();
    return IntStream.range(1, symbols.length)
        .mapToObj(i -> new String(symbols, i - 1, 2))
        .toList();
  }

  private Row probabilities(Expected.WordScore score, String whose) {
    double[] differences = new double[score.bigrams().size()];
    List<String> misses = new ArrayList<>();
    int i = 0;
    for (Map.Entry<String, Double> bigram : score.bigrams().entrySet()) {
      double found =
          Optional.ofNullable(model.get(bigram.getKey()))
              .map(Bigram::probability)
              .orElse(Double.NaN);
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
}
