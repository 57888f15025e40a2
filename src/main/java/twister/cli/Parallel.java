package twister.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;

/// Work on files, spread over the processors.
final class Parallel {
  private Parallel() {}

  /// What is done for one of many.
  @FunctionalInterface
  interface Task {
    void run(int number) throws IOException;
  }

  /// Does a task for each number from 0 on, in any order.
  ///
  /// @throws IOException the first that a task threw; others may then not have been done
  static void forEach(int count, Task task) throws IOException {
    try {
      IntStream.range(0, count).parallel().forEach(number -> run(task, number));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void run(Task task, int number) {
    try {
      task.run(number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
