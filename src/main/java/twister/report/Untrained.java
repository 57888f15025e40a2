package twister.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.commons.csv.CSVRecord;
import twister.data.Contexts;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;
import twister.report.Expectations.Row;
import twister.spec.Expected;
import twister.training.LossGradient;
import twister.training.ScoredWord;

/// A softmax model of bigrams before its training, on some words.
///
/// @param model (V, V)
public record Untrained(ProbabilityTable model, Contexts contexts) {

  /// Reads a table that an experiment names.
  @FunctionalInterface
  interface Tables {
    List<CSVRecord> rows(String file) throws IOException;
  }

  /// Compares distributions and gradient of the words with those expected.
  List<Row> rows(Expected.Untrained expected, Tables tables) throws IOException {
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
      List<CSVRecord> table = tables.rows(expected.probabilities().get());
      double[] differences = differences(table.size());
      for (int i = 0; i < Math.min(table.size(), bigrams.size()); i++) {
        put(differences, i, table.get(i), doubles(model.row(bigrams.get(i).row())));
      }
      rows.add(
          Findings.table(
              "untrained distributions of " + whose, differences, expected.within(), List.of()));
    }
    if (expected.gradient().isPresent()) {
      SortedMap<Integer, double[]> gradient = LossGradient.rows(bigrams, model);
      List<CSVRecord> table = tables.rows(expected.gradient().get());
      double[] differences = differences(table.size());
      for (int i = 0; i < table.size(); i++) {
        int context = vocabulary.index(table.get(i).get("previous").codePointAt(0));
        double[] zeros = new double[vocabulary.size()];
        put(differences, i, table.get(i), gradient.getOrDefault(context, zeros));
      }
      rows.add(
          Findings.table(
              "untrained gradient of " + whose, differences, expected.within(), List.of()));
    }
    return rows;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private double[] differences(int rows) {
    double[] differences = new double[rows * contexts.vocabulary().size()];
    Arrays.fill(differences, Double.POSITIVE_INFINITY);
    return differences;
  }

  private void put(double[] differences, int row, CSVRecord expected, double[] found) {
    for (int v = 0; v < found.length; v++) {
      String column = contexts.vocabulary().symbol(v);
      if (expected.isMapped(column)) {
        differences[row * found.length + v] =
            Math.abs(Double.parseDouble(expected.get(column)) - found[v]);
      }
    }
  }
}
