package twister.experiment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import twister.tracking.ExperimentFolder;

/// The right to train in an experiment's folder, which one process has at a time.
final class ExperimentLock {
  private ExperimentLock() {}

  /// Takes the right, until the channel is closed, and puts in order what its last owner left.
  ///
  /// @throws IOException if another process has it
  static FileChannel of(ExperimentFolder experiment) throws IOException {
    FileChannel lock =
        experiment
            .lock()
            .orElseThrow(
                () ->
                    new IOException(
                        experiment.path() + " is in use by another twister; wait until it ends"));
    try {
      experiment.tidyUp();
      return lock;
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }
}
