package twister.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether somebody still trains what is marked as in training. A process that was killed leaves
/// its run `running`, and the lock of the experiment free.
final class Liveness {
  /// Files that nobody writes to for so long are those of a process that has ended, unless another
  /// one has the experiment's lock.
  private static final Duration QUIET = Duration.ofSeconds(10);

  private enum Lock {
    UNASKED,
    TAKEN,
    FREE,
    /// Who may not write there cannot ask.
    UNKNOWN
  }

  private final ExperimentFolder folder;
  private Lock lock = Lock.UNASKED;

  Liveness(ExperimentFolder folder) {
    this.folder = folder;
  }

  boolean isAlive(RunFolder run) {
    return isFresh(run.metrics()) || isFresh(run.path()) || lock() == Lock.TAKEN;
  }

  /// Whether it is known that nobody trains.
  boolean hasEnded() {
    return lock() == Lock.FREE;
  }

  private static boolean isFresh(Path file) {
    try {
      Instant changed = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
      return changed.isAfter(Instant.now().minus(QUIET));
    } catch (IOException e) {
      return false;
    }
  }

  private Lock lock() {
    if (lock == Lock.UNASKED) {
      try {
        lock = folder.isInUse() ? Lock.TAKEN : Lock.FREE;
      } catch (IOException e) {
        lock = Lock.UNKNOWN;
      }
    }
    return lock;
  }

  /// A table in which runs are interrupted that are in training for the files alone.
  static RunsTable in(RunsTable table, ExperimentFolder folder) {
    Optional<RunsTable.Row> running =
        table.rows().stream().filter(row -> row.status() == RunStatus.RUNNING).findFirst();
    return running.isEmpty() || !new Liveness(folder).hasEnded()
        ? table
        : table.with(table.rows().stream().map(Liveness::ended).toList());
  }

  private static RunsTable.Row ended(RunsTable.Row row) {
    Integer status = row.places().get("status");
    if (status == null || row.status() != RunStatus.RUNNING) {
      return row;
    }
    List<String> cells = new ArrayList<>(row.cells());
    cells.set(status, RunStatus.INTERRUPTED.word());
    return new RunsTable.Row(row.places(), cells);
  }
}
