package twister.tracking;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Writes a run's `samples.csv` as the training goes: sets of names, each appended as a whole.
public final class SamplesWriter implements Closeable {
  private final GrowingTable table;

  /// Creates the file, or goes on with it.
  ///
  /// @param there what is there of it; more than that is cut off
  /// @throws IOException if the file cannot be written
  public SamplesWriter(Path file, Optional<GrownTable> there) throws IOException {
    table = new GrowingTable(file, List.of("step", "position", "name"), there);
  }

  /// Appends a set; when it cannot be written, none of it is kept.
  ///
  /// @param step the number of the step after whose update the names were drawn
  /// @throws IOException if the file cannot be written
  public void append(int step, List<String> names) throws IOException {
    table.append(
        rows -> {
          for (int i = 0; i < names.size(); i++) {
            rows.printRecord(step, i + 1, names.get(i));
          }
        });
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
