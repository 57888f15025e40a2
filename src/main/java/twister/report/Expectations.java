package twister.report;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import twister.spec.ExpectSpec;

/// The losses that an experiment expects, beside those that a run found.
///
/// @param rows one for each expected step, in order
/// @param within how far a measured loss may be from the expected one
public record Expectations(List<Row> rows, double within) {

  /// An expected loss and the measured one.
  ///
  /// @param measured NaN when the run did not reach the step
  public record Row(int step, double expected, double measured) {
    double difference() {
      return measured - expected;
    }
  }

  /// Compares what was expected with a run's `metrics.csv`.
  public static Expectations of(ExpectSpec expect, Path metrics) throws IOException {
    List<Row> rows = new ArrayList<>();
    if (!expect.loss().isEmpty()) {
      CSVFormat format =
          CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
      try (Reader text = Files.newBufferedReader(metrics)) {
        for (CSVRecord row : format.parse(text)) {
          int step = Integer.parseInt(row.get("step"));
          Double expected = expect.loss().get(step);
          if (expected != null) {
            rows.add(new Row(step, expected, Double.parseDouble(row.get("loss"))));
          }
        }
      }
      expect.loss().entrySet().stream()
          .skip(rows.size())
          .forEach(loss -> rows.add(new Row(loss.getKey(), loss.getValue(), Double.NaN)));
    }
    return new Expectations(rows, expect.within());
  }

  /// Whether every measured loss is near enough to the expected one.
  public boolean areMet() {
    return rows.stream().allMatch(this::isMet);
  }

  private boolean isMet(Row row) {
    return Math.abs(row.difference()) <= within;
  }

  private String losses() {
    return rows.size() == 1 ? "1 loss is" : rows.size() + " losses are";
  }

  /// A sentence when all are met, a line for each that is not.
  public String text() {
    List<Row> missed = rows.stream().filter(row -> !isMet(row)).toList();
    if (missed.isEmpty()) {
      double largest = rows.stream().mapToDouble(row -> Math.abs(row.difference())).max().orElse(0);
      return String.format(
          Locale.ROOT,
          "%d of %s within %.1e of the expected, the farthest %.1e away",
          rows.size(),
          losses(),
          within,
          largest);
    }
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "NOT MET: %d of %s farther than %.1e from the expected",
                missed.size(),
                losses(),
                within));
    for (Row row : missed) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n            step %d: expected %s, measured %s, difference %.1e",
              row.step(),
              row.expected(),
              row.measured(),
              row.difference()));
    }
    return text.toString();
  }
}
