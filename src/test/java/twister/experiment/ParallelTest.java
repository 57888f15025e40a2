package twister.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private final AtomicInteger running = new AtomicInteger();

  /// The first task fails while others are at work.
  @Test
  void noTaskRunsAnyMoreWhenAFailureIsTold() {
    CountDownLatch atWork = new CountDownLatch(1);
    IOException told =
        assertThrows(IOException.class, () -> Parallel.forEach(64, number -> run(number, atWork)));
    assertEquals("full", told.getMessage());
    assertEquals(0, running.get());
  }

  private void run(int number, CountDownLatch atWork) throws IOException {
    running.incrementAndGet();
    try {
      if (number == 0) {
        await(atWork);
        throw new IOException("full");
      }
      atWork.countDown();
      for (int i = 0; i < 1_000_000; i++) {
        Thread.onSpinWait();
      }
    } finally {
      running.decrementAndGet();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void everyTaskIsDone() throws IOException {
    AtomicInteger sum = new AtomicInteger();
    Parallel.forEach(1000, sum::addAndGet);
    assertEquals(999 * 500, sum.get());
  }
}
