package twister.backend.tornado;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import twister.backend.BackendProvider;
import twister.backend.Device;

/// Ends the process where a call into a driver does not come back, as TornadoVM waits for ever for
/// a copy that failed. Nothing less helps: the call cannot be interrupted.
///
/// A call costs two additions. One thread looks at all watchdogs once a second and counts the
/// seconds for which a call is the same, so that the time does not count in which the whole process
/// was stopped.
final class Watchdog implements AutoCloseable {
  private static final String PATIENCE = "twister.device.patience";
  private static final int DEFAULT_PATIENCE = 300;
  private static final Set<Watchdog> ALL = ConcurrentHashMap.newKeySet();

  /// What a device is asked for.
  enum Call {
    /// A launch before which the kernels are compiled.
    FIRST_LAUNCH("compile and run the kernels of the training", 4),
    /// A launch of compiled kernels.
    LAUNCH("run the training", 1),
    /// A copy from the device, after all that was launched before it.
    COPY("give its results back", 1);

    private final String what;
    private final int patience;

    Call(String what, int patience) {
      this.what = what;
      this.patience = patience;
    }
  }

  private final Device device;
  private final int patience;
  private final Consumer<String> end;

  /// Odd while a call lasts.
  private final AtomicLong changes = new AtomicLong();

  private volatile Call call = Call.LAUNCH;
  private long seen;
  private int seconds;

  /// @param device whose program is watched; calls come from one thread at a time
  Watchdog(Device device) {
    this(device, Integer.getInteger(PATIENCE, DEFAULT_PATIENCE), Watchdog::halt);
    Once.start();
    ALL.add(this);
  }

  /// @param patience in seconds, for a call that compiles nothing
  /// @param end is told in a sentence that a call does not come back
  Watchdog(Device device, int patience, Consumer<String> end) {
    this.device = device;
    this.patience = patience;
    this.end = end;
  }

  /// Says that a call into the driver begins.
  void begin(Call begun) {
    call = begun;
    changes.incrementAndGet();
  }

  /// Says that the call came back.
  void end() {
    changes.incrementAndGet();
  }

  /// Looks at the call, once a second.
  void look() {
    long now = changes.get();
    seconds = now == seen && now % 2 == 1 ? seconds + 1 : 0;
    seen = now;
    if (seconds >= patience * call.patience) {
      end.accept(
          "%s (%s) did not %s within %,d seconds: its driver hangs, or the device is lost"
              .formatted(device.index(), device.name(), call.what, seconds));
    }
  }

  @Override
  public void close() {
    ALL.remove(this);
  }

  private static void halt(String sentence) {
    System.err.println("twister: " + sentence);
    Runtime.getRuntime().halt(BackendProvider.NO_ANSWER);
  }

  /// The thread that looks, started with the first watchdog.
  private static final class Once {
    static {
      var _ =
          Executors.newSingleThreadScheduledExecutor(
                  Thread.ofPlatform().daemon().name("watchdog").factory())
              .scheduleWithFixedDelay(() -> ALL.forEach(Watchdog::look), 1, 1, TimeUnit.SECONDS);
    }

    static void start() {}
  }
}
