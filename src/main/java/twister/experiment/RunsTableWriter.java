package twister.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunRecord;

/// The table of a sweep in training, `runs.csv`. A table of many runs takes time to write, so it is
/// written every ten seconds, not after every batch.
final class RunsTableWriter {
  private static final long NANOSECONDS = 10_000_000_000L;

  private final ExperimentFolder experiment;

  /// Runs that are kept, but do not stand in the table yet.
  private final List<RunRecord> waiting = new ArrayList<>();

  private long writtenAt = System.nanoTime();

  RunsTableWriter(ExperimentFolder experiment) {
    this.experiment = experiment;
  }

  /// Adds runs that are kept.
  synchronized void add(List<RunRecord> ended) {
    waiting.addAll(ended);
  }

  /// Writes the table if the last time was long ago.
  synchronized void writeNowAndThen() throws IOException {
    if (System.nanoTime() - writtenAt > NANOSECONDS) {
      write();
    }
  }

  /// Writes the table with all runs that were added.
  synchronized void write() throws IOException {
    experiment.writeRuns(waiting);
    waiting.clear();
    writtenAt = System.nanoTime();
  }
}
