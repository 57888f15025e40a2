package twister.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A row of a run's `evaluation.csv`: a loss on a part of its words.
///
/// @param step the number of the step after whose update it was computed
/// @param split the part: `train`, `dev` or `test`
/// @param loss in nats per character
public record Evaluation(long step, String split, double loss) {
  private static final List<String> COLUMNS = List.of("step", "split", "loss");

  /// Reads the file; a torn last line is passed over.
  ///
  /// @throws IOException naming file and line if it cannot be read
  public static List<Evaluation> read(Path file) throws IOException {
    List<Evaluation> rows = new ArrayList<>();
    new CsvRows(file, COLUMNS)
        .forEach(row -> rows.add(new Evaluation(row.count(0), row.text(1), row.number(2))));
    return rows;
  }

  /// Reads the losses on one part of the words one by one, without holding them; a torn last line
  /// is passed over.
  ///
  /// @throws IOException naming file and line if it cannot be read
  public static void forEachLoss(Path file, String split, Metrics.Losses losses)
      throws IOException {
    new CsvRows(file, COLUMNS)
        .forEach(
            row -> {
              if (row.text(1, split).equals(split)) {
                losses.accept(row.number(0), row.number(2));
              }
            });
  }
}
