package twister.experiment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// A cluster of threads, whose machines get nothing but the bytes of what is sent to them.
public class TestCluster implements Cluster {
  /// The names of the runs of each batch that was trained.
  public final List<List<String>> trained = new CopyOnWriteArrayList<>();

  private final ClusterJob job;
  private final Path scratch;
  private final int places;

  /// @param scratch a folder for the machines
  public TestCluster(Experiment sweep, Path scratch, int places) throws IOException {
    this.job = sent(ClusterJob.of(sweep));
    this.scratch = scratch;
    this.places = places;
  }

  /// Called for each batch before it is trained.
  ///
  /// @return what comes back in place of what was trained, if anything
  protected Optional<BatchResult> instead(BatchOrder order)
      throws BatchFailedException, IOException {
    return Optional.empty();
  }

  @Override
  public int places() {
    return places;
  }

  @Override
  public Machine machine() {
    return sent(BatchWorker.of(job).machine(OptionalInt.empty()));
  }

  @Override
  public Optional<BatchResult> train(BatchOrder order, BooleanSupplier isStopWanted)
      throws BatchFailedException, IOException {
    if (isStopWanted.getAsBoolean()) {
      return Optional.empty();
    }
    Optional<BatchResult> instead = instead(order);
    if (instead.isPresent()) {
      return instead;
    }
    trained.add(order.runs().stream().map(BatchOrder.Run::id).toList());
    return Optional.of(trained(order));
  }

  /// What a machine makes of a batch.
  public BatchResult trained(BatchOrder order) {
    return sent(BatchWorker.of(job).train(sent(order), scratch, OptionalInt.empty()));
  }

  @Override
  public void close() {}

  /// What comes out of the bytes of a value.
  private static <T extends Serializable> T sent(T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(value);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        @SuppressWarnings("unchecked")
        T copy = (T) in.readObject();
        return copy;
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
