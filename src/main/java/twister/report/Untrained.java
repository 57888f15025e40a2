package twister.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;
import twister.report.Expectations.Row;
import twister.spec.Expected;

/// A softmax model of bigrams before its training, on some words.
///
/// @param model (V, V)
public record Untrained(ProbabilityTable model, Vocabulary vocabulary) {

  /// Reads a table that an experiment names.
  @FunctionalInterface
  interface Tables {
    List<CSVRecord> rows(String file) throws IOException;
  }

  /// Compares distributions and gradient of the words with those expected.
  List<Row> rows(Expected.Untrained expected, Tables tables) throws IOException {
    String whose = String.join(", ", expected.words());
    List<int[]> bigrams =
        expected.words().stream()
            .flatMap(word -> Findings.bigrams(word).stream())
            .map(bigram -> bigram.codePoints().map(vocabulary::index).toArray())
            .toList();
    if (bigrams.stream().flatMapToInt(Arrays::stream).anyMatch(symbol -> symbol < 0)) {
      return List.of(Row.exact("symbols of " + whose, "all in the vocabulary", "not all in it"));
    }
    List<Row> rows = new ArrayList<>();
    if (expected.probabilities().isPresent()) {
      List<CSVRecord> table = tables.rows(expected.probabilities().get());
      double[] differences = differences(table.size());
      for (int i = 0; i < Math.min(table.size(), bigrams.size()); i++) {
        for (int v = 0; v < vocabulary.size(); v++) {
          put(differences, i, v, table.get(i), model.probability(bigrams.get(i)[0], v));
        }
      }
      rows.add(
          Findings.table(
              "untrained distributions of " + whose, differences, expected.within(), List.of()));
    }
    if (expected.gradient().isPresent()) {
      double[] gradient = gradient(bigrams);
      List<CSVRecord> table = tables.rows(expected.gradient().get());
      double[] differences = differences(table.size());
      for (int i = 0; i < table.size(); i++) {
        int context = vocabulary.index(table.get(i).get("previous").codePointAt(0));
        for (int v = 0; v < vocabulary.size() && context >= 0; v++) {
          put(differences, i, v, table.get(i), gradient[context * vocabulary.size() + v]);
        }
      }
      rows.add(
          Findings.table(
              "untrained gradient of " + whose, differences, expected.within(), List.of()));
    }
    return rows;
  }

  private double[] differences(int rows) {
    double[] differences = new double[rows * vocabulary.size()];
    Arrays.fill(differences, Double.POSITIVE_INFINITY);
    return differences;
  }

  private void put(double[] differences, int row, int symbol, CSVRecord expected, double found) {
    String column = vocabulary.symbol(symbol);
    if (expected.isMapped(column)) {
      differences[row * vocabulary.size() + symbol] =
          Math.abs(Double.parseDouble(expected.get(column)) - found);
    }
  }

  /// Of the mean loss by the weights: softmax minus one-hot target, divided by the number of bigrams.
  private double[] gradient(List<int[]> bigrams) {
    double[] gradient = new double[vocabulary.size() * vocabulary.size()];
    for (int[] bigram : bigrams) {
      int row = bigram[0] * vocabulary.size();
      for (int v = 0; v < vocabulary.size(); v++) {
        gradient[row + v] += model.probability(bigram[0], v) / bigrams.size();
      }
      gradient[row + bigram[1]] -= 1.0 / bigrams.size();
    }
    return gradient;
  }
}
