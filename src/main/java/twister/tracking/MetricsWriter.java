package twister.tracking;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import twister.backend.StepLosses;
import twister.spec.LearningRate;

/// Writes a run's `metrics.csv` as the training goes: one row per step, appended in whole lines.
public final class MetricsWriter implements Closeable {
  private final GrowingTable table;
  private final LearningRate learningRate;

  /// Creates the file.
  ///
  /// @param learningRate the rate of each step, which becomes a column
  public MetricsWriter(Path file, LearningRate learningRate) throws IOException {
    this.learningRate = learningRate;
    table = new GrowingTable(file, List.of("step", "loss", "nll", "learning_rate"));
  }

  /// Appends rows of the only run of a session; when they cannot be written, none of them is kept.
  ///
  /// @param from the number of the first step
  /// @param count how many of the steps are written
  public void append(int from, int count, StepLosses losses) throws IOException {
    table.append(
        rows -> {
          for (int i = 0; i < count; i++) {
            rows.printRecord(
                from + i, losses.loss(i, 0), losses.nll(i, 0), learningRate.rate(from + i));
          }
        });
  }

  /// Forces the rows to disk and closes the file.
  @Override
  public void close() throws IOException {
    table.close();
  }
}
