package twister.tracking;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import twister.training.RunProgress;

/// Where a run in training was, and all that the rest of it depends on.
///
/// @param origin what the rest of the training must have in common with what came before, as text
/// @param started when the run began
/// @param seconds that its training took so far
/// @param drawn how far the generator of its names was
/// @param tables how much of each file that grows was written, by the file's name
public record Checkpoint(
    String origin,
    Instant started,
    double seconds,
    long drawn,
    Map<String, GrownTable> tables,
    RunProgress progress) {
  public Checkpoint {
    tables = Map.copyOf(tables);
  }

  /// How much was written of a file that grows; nothing of one that is not wanted.
  ///
  /// @param file its name
  public Optional<GrownTable> table(String file) {
    return Optional.ofNullable(tables.get(file));
  }
}
