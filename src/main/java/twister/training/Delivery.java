package twister.training;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import twister.backend.StepLosses;

/// Tells an observer of losses, and of where the runs are, while the session trains on: one after
/// the other, in a thread of its own.
///
/// No more than one message is on its way, so that a slow observer holds the training up, and not
/// the memory.
final class Delivery implements AutoCloseable {
  private final Trainer.Observer observer;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("losses").factory());
  private Future<?> onItsWay = CompletableFuture.completedFuture(null);

  Delivery(Trainer.Observer observer) {
    this.observer = observer;
  }

  /// Sends losses to the observer, once it has taken those before them.
  ///
  /// @param losses which stay as they are
  /// @throws IOException if it could not keep those before them
  void send(int from, int[] counts, StepLosses losses) throws IOException {
    end();
    onItsWay =
        thread.submit(
            () -> {
              observer.losses(from, counts, losses);
              return losses;
            });
  }

  /// Sends the progress of the runs to the observer, once it has taken all before it.
  ///
  /// @throws IOException if it could not keep that
  void send(List<RunProgress> runs) throws IOException {
    end();
    onItsWay =
        thread.submit(
            () -> {
              observer.progress(runs);
              return runs;
            });
  }

  /// Waits until the observer has taken all that was sent.
  ///
  /// @throws IOException if it could not keep it
  void end() throws IOException {
    Tasks.await(onItsWay);
  }

  /// Waits until the observer is done, whatever came of it.
  @Override
  public void close() {
    thread.close();
  }
}
