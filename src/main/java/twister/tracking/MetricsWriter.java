package twister.tracking;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import twister.backend.StepLosses;
import twister.spec.LearningRate;

/// Writes a run's `metrics.csv` as the training goes: one row per step, or per so many, appended in
/// whole lines.
public final class MetricsWriter implements Closeable {
  private final GrowingTable table;
  private final LearningRate learningRate;
  private final int interval;
  private double rate = Double.NaN;
  private String digitsOfRate = "";

  /// Creates the file, or goes on with it.
  ///
  /// @param learningRate the rate of each step, which becomes a column
  /// @param interval from one step that is written to the next; a loss that is no finite number is
  ///   always written
  /// @param there what is there of it; more than that is cut off
  /// @throws IOException if the file cannot be written
  public MetricsWriter(
      Path file, LearningRate learningRate, int interval, Optional<GrownTable> there)
      throws IOException {
    this.learningRate = learningRate;
    this.interval = interval;
    table = new GrowingTable(file, List.of("step", "loss", "nll", "learning_rate"), there);
  }

  /// The interval at which a number of steps makes no more than so many rows: 1, 2, 5, 10, 20, 50,
  /// ...
  public static int interval(int steps, int mostRows) {
    int decade = 1;
    while (true) {
      for (int factor : new int[] {1, 2, 5}) {
        if (steps <= (long) mostRows * decade * factor) {
          return decade * factor;
        }
      }
      decade *= 10;
    }
  }

  /// Appends rows; when they cannot be written, none of them is kept.
  ///
  /// @param from the number of the first step
  /// @param count how many of the steps count
  /// @param run the number of the run in its session
  /// @throws IOException if they cannot be written
  public void append(int from, int count, StepLosses losses, int run) throws IOException {
    table.appendNumbers(
        rows -> {
          for (int i = 0; i < count; i++) {
            double loss = losses.loss(i, run);
            if ((from + i) % interval == 0 || !Double.isFinite(loss)) {
              rows.add(from + i)
                  .add(loss)
                  .add(losses.nll(i, run))
                  .add(digitsOfRate(from + i))
                  .end();
            }
          }
        });
  }

  /// Most steps have the rate of the step before.
  private String digitsOfRate(int step) {
    double next = learningRate.rate(step);
    if (next != rate) {
      rate = next;
      digitsOfRate = Double.toString(next);
    }
    return digitsOfRate;
  }

  /// Writes the rows that are not written yet, and forces them to disk, unless of a draft.
  ///
  /// @return how much of the file is there
  /// @throws IOException if they cannot be written
  public GrownTable flush() throws IOException {
    return table.flush();
  }

  /// Forces the rows to disk and closes the file.
  @Override
  public void close() throws IOException {
    table.close();
  }
}
