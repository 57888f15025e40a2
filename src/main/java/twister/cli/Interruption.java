package twister.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C, and every other polite end of the process: it is held up until the work that it
/// interrupts has put its files in order.
public final class Interruption implements AutoCloseable {
  private static final int SILENT_SECONDS = 1;
  private static final int PATIENCE_SECONDS = 20;

  private final CountDownLatch inOrder = new CountDownLatch(1);
  private final Thread hook = new Thread(this::wish, "interruption");
  private volatile boolean wished;

  public Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void wish() {
    wished = true;
    try {
      if (inOrder.await(SILENT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
      Terminal.warn("stopping after the current step ...");
      if (!inOrder.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Terminal.warn("stopped before all files were written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether the process shall end.
  public boolean isWished() {
    return wished;
  }

  /// Says that the files are in order.
  @Override
  public void close() {
    inOrder.countDown();
    if (!wished) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shutdownHasBegun) {
        wished = true;
      }
    }
  }
}
