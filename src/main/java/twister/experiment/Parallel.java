package twister.experiment;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/// Work on files, spread over the processors.
final class Parallel {
  private Parallel() {}

  /// What is done for one of many.
  @FunctionalInterface
  interface Task {
    void run(int number) throws IOException;
  }

  /// Does a task for each number from 0 on, in any order. When it returns, or throws what a task
  /// threw, none of them runs any more: a stream itself would throw while others still write.
  ///
  /// @throws IOException the first that a task threw; others may then not have been done
  static void forEach(int count, Task task) throws IOException {
    Queue<IOException> problems = new ConcurrentLinkedQueue<>();
    IntStream.range(0, count).parallel().forEach(number -> run(task, number, problems));
    if (!problems.isEmpty()) {
      throw problems.remove();
    }
  }

  private static void run(Task task, int number, Queue<IOException> problems) {
    if (problems.isEmpty()) {
      try {
        task.run(number);
      } catch (IOException e) {
        problems.add(e);
      }
    }
  }
}
