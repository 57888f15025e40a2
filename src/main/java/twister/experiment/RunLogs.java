package twister.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// The logs of runs that are trained together, by their numbers; they are closed whatever happens.
final class RunLogs implements AutoCloseable {
  private final List<RunLog> open = new ArrayList<>();
  private boolean[] closed = new boolean[0];

  /// Opens a log for each run.
  void open(List<ModelTraining.Run> runs) throws IOException {
    closed = new boolean[runs.size()];
    for (ModelTraining.Run run : runs) {
      open.add(new RunLog(run));
    }
  }

  /// The log of a run.
  RunLog get(int number) {
    return open.get(number);
  }

  /// After which steps the weights of any run are wanted.
  OptionalInt interval() {
    int interval =
        open.stream().mapToInt(RunLog::interval).reduce(0, RunLog::greatestCommonDivisor);
    return interval == 0 ? OptionalInt.empty() : OptionalInt.of(interval);
  }

  /// Closes the log of a run that has ended.
  void close(int number) throws IOException {
    closed[number] = true;
    open.get(number).close();
  }

  @Override
  public void close() throws IOException {
    for (int number = 0; number < open.size(); number++) {
      if (!closed[number]) {
        close(number);
      }
    }
  }
}
