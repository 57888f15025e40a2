package twister.experiment;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Other machines that train the batches of one sweep. They see no file of this one: all that they
/// need is sent to them, and what they make is sent back.
public interface Cluster extends AutoCloseable {
  /// How many batches are trained at the same time.
  int places();

  /// One of the machines; the others have equal devices.
  Machine machine();

  /// Trains a batch on any of the machines, and waits for it. Any number of threads may wait.
  ///
  /// @return what came of it; nothing if a stop was wanted before
  /// @throws BatchFailedException if the machines were lost that trained it, again and again
  /// @throws IOException if there is no cluster any more
  Optional<BatchResult> train(BatchOrder order, BooleanSupplier isStopWanted)
      throws BatchFailedException, IOException;

  @Override
  void close();
}
