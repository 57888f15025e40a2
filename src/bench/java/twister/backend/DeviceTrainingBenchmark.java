package twister.backend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
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
import twister.backend.cpu.CpuBackend;
import twister.data.Corpus;
import twister.data.CorpusReader;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.data.Ngrams;
import twister.data.Vocabulary;
import twister.model.SoftmaxModel;
import twister.spec.DeviceSpec;
import twister.spec.Generator;
import twister.spec.InitSpec;
import twister.spec.LearningRate;
import twister.yaml.InvalidInputException;

/// Training on a device, beside the same training on the processor. Each session is trained before
/// it is timed, and its losses have to agree with those of the processor.
///
/// Other devices than 0:0 by `-Dbench="DeviceTraining -p device=cpu,0:0,0:1"`, other sweeps by `-p
/// runs=65536`.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DeviceTrainingBenchmark {
  private static final int STEPS = 100;

  /// Single precision, after a hundred steps; of the first loss, where that is above 1.
  private static final double ROUNDING = 1e-5;

  /// `cpu`, or a device by its index.
  @Param({"cpu", "0:0"})
  public String device = CpuBackend.NAME;

  /// The number of runs of the sweep.
  @Param("1024")
  public int runs;

  private TrainingSession examples;
  private TrainingSession sweep;
  private TrainingSession single;

  @Setup(Level.Trial)
  public void open() throws InvalidInputException {
    Corpus corpus = CorpusReader.corpus(Path.of("names.txt"), "names.txt");
    Examples all = Ngrams.of(corpus, Vocabulary.of(corpus), 2).examples();
    NgramCounts counts = NgramCounts.of(all);
    List<RunConfig> grid = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      grid.add(run(0.1 * Math.pow(10, 3.0 * run / (runs - 1)), 0.01));
    }
    examples = checked(device, new Problem.OverExamples(all), List.of(run(50, 0)));
    sweep = checked(device, new Problem.OverCounts(counts), grid);
    single = checked(device, new Problem.OverCounts(counts), List.of(run(50, 0)));
  }

  private static RunConfig run(double rate, double l2) {
    float[] weights =
        SoftmaxModel.initialWeights(new InitSpec(Generator.TORCH_CPU, 2147483647L), 27, 27);
    return new RunConfig(weights, LearningRate.constant(rate), l2);
  }

  /// A session that has trained 500 steps, the losses of which agreed with the processor's.
  static TrainingSession checked(String device, Problem problem, List<RunConfig> runs) {
    CpuBackend cpu = new CpuBackend();
    Backend backend =
        device.equals(CpuBackend.NAME)
            ? cpu
            : ServiceLoader.load(BackendProvider.class).stream()
                .map(provider -> provider.get().availability(DeviceSpec.auto()))
                .flatMap(found -> found.whenReady().stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no TornadoVM in this Java"));
    Device wanted =
        Stream.of(backend)
            .flatMap(found -> found.devices().stream())
            .filter(one -> one.index().equals(device))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("there is no device " + device));
    TrainingSession session = backend.open(wanted, problem, runs);
    try (TrainingSession judge = cpu.open(cpu.devices().getFirst(), problem, runs)) {
      StepLosses expected = judge.advance(STEPS);
      StepLosses losses = session.advance(STEPS);
      for (int run = 0; run < runs.size(); run++) {
        double apart = losses.loss(STEPS - 1, run) - expected.loss(STEPS - 1, run);
        if (!(Math.abs(apart) < ROUNDING * Math.max(1, expected.loss(0, run)))) {
          throw new IllegalStateException("loss of run " + run + " is " + apart + " off");
        }
      }
    }
    for (int i = 0; i < 4; i++) {
      session.advance(STEPS);
    }
    return session;
  }

  @TearDown(Level.Trial)
  public void close() {
    examples.close();
    sweep.close();
    single.close();
  }

  /// Milliseconds per step over every example, of one run.
  @Benchmark
  public StepLosses examplesStep() {
    return examples.advance(1);
  }

  /// Milliseconds for 100 steps of all runs of the sweep on the count table.
  @Benchmark
  public StepLosses sweep() {
    return sweep.advance(STEPS);
  }

  /// Milliseconds for 100 steps of one run on the count table.
  @Benchmark
  public StepLosses singleRun() {
    return single.advance(STEPS);
  }
}
