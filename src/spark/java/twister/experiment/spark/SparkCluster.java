package twister.experiment.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
import twister.experiment.BatchFailedException;
import twister.experiment.BatchOrder;
import twister.experiment.BatchResult;
import twister.experiment.BatchWorker;
import twister.experiment.Cluster;
import twister.experiment.ClusterJob;
import twister.experiment.Machine;

/// Executors of Apache Spark that train the batches of one sweep.
///
/// Each batch is a Spark job of one task, so that a batch which fails for good ends no other one,
/// and what came of it is free again as soon as it is kept. A job costs some milliseconds, a batch
/// takes seconds.
final class SparkCluster implements Cluster {
  private static final int LOOK_MILLISECONDS = 100;

  /// How long a free executor is waited for.
  private static final int PATIENCE_SECONDS = 60;

  /// After so many looks without another executor, the sweep begins.
  private static final int QUIET_LOOKS = 15;

  /// How long a wish to stop may take that ended the context before it was heard.
  private static final int LOOKS_AT_THE_END = 20;

  private final JavaSparkContext context;
  private final Broadcast<ClusterJob> job;
  private final String address;
  private final Machine machine;
  private final int places;

  /// @param address where the cluster is, for messages
  SparkCluster(JavaSparkContext context, ClusterJob job, String address) throws IOException {
    this.context = context;
    this.address = address;
    this.job = context.broadcast(job);
    machine = ask();
    places = awaitPlaces();
  }

  /// What runs on an executor: everything in it is sent there.
  private record Training(Broadcast<ClusterJob> job)
      implements Function<BatchOrder, BatchResult>, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public BatchResult call(BatchOrder order) {
      // Spark deletes this folder with the executor, however that ends.
      Path scratch = Path.of(SparkFiles.getRootDirectory());
      return BatchWorker.of(job.value()).train(order, scratch, gpu());
    }
  }

  /// What asks an executor for its device.
  private record Question(Broadcast<ClusterJob> job)
      implements Function<Integer, Machine>, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public Machine call(Integer number) {
      return BatchWorker.of(job.value()).machine(gpu());
    }
  }

  /// The GPU that Spark lends to the task, if it lends any.
  private static OptionalInt gpu() {
    ResourceInformation lent = TaskContext.get().resourcesJMap().get("gpu");
    return lent == null || lent.addresses().length == 0
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(lent.addresses()[0]));
  }

  private Machine ask() throws IOException {
    JavaFutureAction<List<Machine>> answer =
        context.parallelize(List.of(0), 1).map(new Question(job)).collectAsync();
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).getFirst();
    } catch (TimeoutException e) {
      throw new IOException(
          "%s: no executor became free within %d s; is there a worker with a free core and memory?"
              .formatted(address, PATIENCE_SECONDS),
          e);
    } catch (ExecutionException e) {
      throw new IOException("%s: %s".formatted(address, SparkFailure.text(e)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// How many batches the executors train at a time, once no more of them come.
  private int awaitPlaces() throws IOException {
    if (context.isLocal()) {
      return context.defaultParallelism();
    }
    int executors = 0;
    for (int looks = 0; looks < QUIET_LOOKS; looks++) {
      int now = executors();
      if (now > executors) {
        executors = now;
        looks = 0;
      }
      pause();
    }
    SparkConf settings = context.getConf();
    return Math.max(1, executors)
        * Math.max(
            1, settings.getInt("spark.executor.cores", 1) / settings.getInt("spark.task.cpus", 1));
  }

  /// The driver counts as one of them for Spark.
  private int executors() {
    return context.sc().statusTracker().getExecutorInfos().length - 1;
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public int places() {
    return places;
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public Optional<BatchResult> train(BatchOrder order, BooleanSupplier isStopWanted)
      throws BatchFailedException, IOException {
    try {
      JavaFutureAction<List<BatchResult>> result =
          context.parallelize(List.of(order), 1).map(new Training(job)).collectAsync();
      return await(result, isStopWanted);
    } catch (ExecutionException | IllegalStateException e) {
      if (!context.sc().isStopped()) {
        throw new BatchFailedException(SparkFailure.text(e));
      }
      return endedBy(isStopWanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Optional<BatchResult> await(
      JavaFutureAction<List<BatchResult>> result, BooleanSupplier isStopWanted)
      throws ExecutionException, InterruptedException {
    while (!isStopWanted.getAsBoolean()) {
      Optional<BatchResult> there = look(result);
      if (there.isPresent()) {
        return there;
      }
    }
    result.cancel(true);
    return Optional.empty();
  }

  private static Optional<BatchResult> look(JavaFutureAction<List<BatchResult>> result)
      throws ExecutionException, InterruptedException {
    try {
      return Optional.of(result.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS).getFirst());
    } catch (TimeoutException stillTraining) {
      return Optional.empty();
    }
  }

  /// Tells a stop that the user wants from a cluster that is gone: Spark hears of the end of the
  /// process when Twister does.
  private Optional<BatchResult> endedBy(BooleanSupplier isStopWanted) throws IOException {
    for (int look = 0; look < LOOKS_AT_THE_END; look++) {
      if (isStopWanted.getAsBoolean()) {
        return Optional.empty();
      }
      pause();
    }
    throw new IOException("the connection to %s is lost".formatted(address));
  }

  @Override
  public void close() {
    context.close();
  }
}
