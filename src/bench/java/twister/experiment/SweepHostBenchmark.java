package twister.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import twister.backend.RunConfig;
import twister.backend.StepLosses;
import twister.faults.Faults;
import twister.faults.FaultyFiles;
import twister.spec.LearningRate;
import twister.tracking.MetricsWriter;
import twister.training.EarlyStop;
import twister.training.Trainer;
import twister.yaml.InvalidInputException;

/// What a sweep of 100 steps on the count table costs beside its kernels: its parts, on a device
/// that costs nothing.
///
/// Other sweeps by `-Dbench="SweepHost -p runs=65536"`; for one with so many folders, `-wi 1 -i 3`.
/// `-p delay=20` is a disk of which each change takes 20 ms, such as one in a network.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 10)
@Measurement(iterations = 15)
public class SweepHostBenchmark {
  private static final int STEPS = 100;
  private static final double L2 = 0.01;

  /// The number of runs of the sweep.
  @Param("1024")
  public int runs;

  /// Milliseconds that each change of a file takes longer.
  @Param("0")
  public int delay;

  private Path real;
  private Path folder;
  private Experiment sweep;
  private List<RunConfig> configs;
  private List<MetricsWriter> metrics = List.of();

  @Setup(Level.Trial)
  public void read() throws InvalidInputException {
    sweep =
        Experiment.read(
            Path.of("experiments", "bigram.yaml"),
            List.of("training.l2=" + L2),
            List.of("training.learning-rate=log(0.1,100,%d)".formatted(runs)));
    configs =
        sweep.runs().stream().map(run -> new RunConfig(new float[729], rate(run), L2)).toList();
  }

  private static LearningRate rate(RunInputs run) {
    return run.spec().training().orElseThrow().learningRate();
  }

  @Setup(Level.Iteration)
  public void makeFolder() throws IOException {
    real = Files.createTempDirectory("sweep");
    folder = delay == 0 ? real : FaultyFiles.through(new Faults.Delay(delay), real);
  }

  @TearDown(Level.Iteration)
  public void delete() throws IOException {
    try (Stream<Path> all = Files.walk(real)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /// An observer that keeps losses in tables, or nothing where there are none.
  private final class Tables implements Trainer.Observer {
    @Override
    public void losses(int from, int[] counts, StepLosses losses) throws IOException {
      Parallel.forEach(
          metrics.size(), run -> metrics.get(run).append(from, counts[run], losses, run));
    }

    @Override
    public boolean wantsWeights(int step, int run) {
      return false;
    }

    @Override
    public void weights(int step, int run, double[] weights) {}

    @Override
    public double devLoss(int run) {
      return Double.NaN;
    }

    @Override
    public boolean isStopWanted() {
      return false;
    }
  }

  private List<Trainer.Result> train() throws IOException {
    List<Optional<EarlyStop>> stops =
        IntStream.range(0, runs).mapToObj(_ -> Optional.<EarlyStop>empty()).toList();
    try (FreeDevice.Session session = new FreeDevice.Session(configs)) {
      return Trainer.train(session, stops, STEPS, OptionalInt.empty(), new Tables());
    }
  }

  /// Milliseconds until every loss is known to be finite.
  @Benchmark
  public List<Trainer.Result> trainer() throws IOException {
    metrics = List.of();
    return train();
  }

  /// Milliseconds for the same and the tables of losses, until their files are closed.
  @Benchmark
  public List<Trainer.Result> losses() throws IOException {
    Path draft = Files.createDirectory(folder.resolve(".g0123456789a.draft"));
    metrics =
        IntStream.range(0, runs)
            .mapToObj(run -> writer(draft.resolve("metrics" + run), run))
            .toList();
    List<Trainer.Result> results = train();
    Parallel.forEach(runs, run -> metrics.get(run).close());
    return results;
  }

  private MetricsWriter writer(Path file, int run) {
    try {
      return new MetricsWriter(file, configs.get(run).learningRate(), 1, Optional.empty());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Milliseconds for all that a sweep does between the reading of its experiment and its charts:
  /// sessions, losses, samples, run folders, the table of runs.
  @Benchmark
  public int sweep() throws IOException {
    try (SweepTraining training =
        SweepTraining.open(
            sweep, new FreeDevice().choice(), folder, false, ExperimentListener.SILENT)) {
      training.trainAll();
      return training.countComplete();
    }
  }
}
