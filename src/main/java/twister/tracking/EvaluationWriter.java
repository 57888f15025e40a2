package twister.tracking;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Writes a run's `evaluation.csv` as the training goes: its losses on parts of its words.
public final class EvaluationWriter implements Closeable {
  private final Optional<GrowingTable> table;

  /// @param isNeeded whether the file is created
  /// @param there what is there of it; more than that is cut off
  /// @throws IOException if the file cannot be written
  public EvaluationWriter(Path file, boolean isNeeded, Optional<GrownTable> there)
      throws IOException {
    table =
        isNeeded
            ? Optional.of(new GrowingTable(file, List.of("step", "split", "loss"), there))
            : Optional.empty();
  }

  /// Appends a loss, in nats per character.
  ///
  /// @param step the number of the step after whose update it was computed
  /// @throws IOException if the row cannot be written
  public void append(int step, String split, double loss) throws IOException {
    if (table.isPresent()) {
      table.get().append(rows -> rows.printRecord(step, split, loss));
    }
  }

  /// Writes the rows that are not written yet, and forces them to disk, unless of a draft.
  ///
  /// @return how much of the file is there; nothing of one that is not needed
  /// @throws IOException if they cannot be written
  public Optional<GrownTable> flush() throws IOException {
    return table.isPresent() ? Optional.of(table.get().flush()) : Optional.empty();
  }

  /// Forces the rows to disk and closes the file.
  @Override
  public void close() throws IOException {
    if (table.isPresent()) {
      table.get().close();
    }
  }
}
