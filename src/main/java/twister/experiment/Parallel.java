package twister.experiment;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import twister.training.Tasks;

/// Work on files, spread over more threads than there are processors: most of them wait for a disk,
/// which does much at once where it is one in a network.
final class Parallel {
  private static final int LEAST_THREADS = 16;

  private static final ForkJoinPool THREADS =
      new ForkJoinPool(Math.max(LEAST_THREADS, Runtime.getRuntime().availableProcessors()));

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
    if (count == 1) {
      task.run(0);
      return;
    }
    Queue<IOException> problems = new ConcurrentLinkedQueue<>();
    Tasks.await(
        THREADS.submit(
            () ->
                IntStream.range(0, count)
                    .parallel()
                    .forEach(number -> run(task, number, problems))));
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
