package twister.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Sees which experiments change, and tells those who wait for it.
///
/// It looks at the times and sizes of few files: of each experiment the folder and the table, and
/// of runs in training their losses. Nobody who waits costs it anything: a change is a number,
/// which each of them compares with the last that it knows.
final class ChangeFeed implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(250);

  /// Of the time between two looks, the look itself takes so small a part at most.
  private static final int PART = 50;

  /// But no longer lies between two looks, however long one took: on a machine that is busy, a look
  /// mostly waits.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final LiveResults results;
  private final Map<String, String> signatures = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final Thread thread;
  private long version;
  private int waiting;
  private boolean isClosed;

  ChangeFeed(LiveResults results) {
    this.results = results;
    results
        .experiments()
        .forEach(experiment -> signatures.put(experiment.name(), experiment.signature()));
    thread = Thread.ofVirtual().name("changes").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        awaitSomebody();
        long begin = System.nanoTime();
        look();
        Thread.sleep(pause(Duration.ofNanos(System.nanoTime() - begin)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The server ends.
    }
  }

  /// How long to wait after a look.
  static Duration pause(Duration look) {
    Duration pause = look.multipliedBy(PART);
    return pause.compareTo(PAUSE) < 0
        ? PAUSE
        : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private synchronized void awaitSomebody() throws InterruptedException {
    while (waiting == 0) {
      wait();
    }
  }

  private void look() {
    Map<String, String> now = new HashMap<>();
    for (LiveExperiment experiment : results.experiments()) {
      now.put(experiment.name(), experiment.signature());
    }
    synchronized (this) {
      Set<String> gone = new HashSet<>(signatures.keySet());
      gone.removeAll(now.keySet());
      gone.forEach(name -> versions.put(name, ++version));
      signatures.keySet().removeAll(gone);
      now.forEach(
          (name, signature) -> {
            if (!signature.equals(signatures.put(name, signature))) {
              versions.put(name, ++version);
            }
          });
      notifyAll();
    }
  }

  /// Says that an experiment has changed.
  synchronized void changed(String experiment) {
    versions.put(experiment, ++version);
    notifyAll();
  }

  /// The number of the last change.
  synchronized long version() {
    return version;
  }

  /// Changes since another.
  ///
  /// @param version of the last of them
  /// @param experiments that have changed; none where the time was over
  record Changes(long version, List<String> experiments, boolean isEnd) {
    Changes {
      experiments = List.copyOf(experiments);
    }
  }

  /// Waits for a change.
  ///
  /// @param since the number of the last one known
  synchronized Changes await(long since, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    waiting++;
    notifyAll();
    try {
      while (version == since && !isClosed && System.nanoTime() < end) {
        wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } finally {
      waiting--;
    }
    List<String> changed = new ArrayList<>();
    versions.forEach(
        (name, at) -> {
          if (at > since) {
            changed.add(name);
          }
        });
    changed.sort(String::compareTo);
    return new Changes(version, changed, isClosed);
  }

  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      notifyAll();
    }
    thread.interrupt();
  }
}
