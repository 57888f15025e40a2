package twister.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import twister.backend.cpu.CpuBackend;
import twister.data.Corpus;
import twister.data.CorpusReader;
import twister.data.NgramCounts;
import twister.data.Ngrams;
import twister.data.Vocabulary;
import twister.model.SoftmaxModel;
import twister.spec.Generator;
import twister.spec.InitSpec;
import twister.spec.LearningRate;
import twister.yaml.InvalidInputException;

/// Time of 1,024 runs of 100 steps each on the count table of names.txt, learning rates from 0.1 to
/// 100, L2 0.01; all processors. A call opens its session and reads the loss of each run and step;
/// it is refused when those do not add up to what is known for them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
public class SweepTrainingBenchmark {
  static final int RUNS = 1024;
  static final int STEPS = 100;
  static final double L2 = 0.01;

  /// The mean over runs and steps.
  private static final double MEAN_LOSS = 3.1255450881968;

  private NgramCounts counts;
  private List<RunConfig> runs;

  @Setup(Level.Trial)
  public void open() throws InvalidInputException {
    counts = counts();
    runs =
        IntStream.range(0, RUNS)
            .mapToObj(
                run ->
                    new RunConfig(initialWeights(), LearningRate.constant(learningRate(run)), L2))
            .toList();
  }

  static NgramCounts counts() throws InvalidInputException {
    Corpus corpus = CorpusReader.corpus(Path.of("names.txt"), "names.txt");
    return NgramCounts.of(Ngrams.of(corpus, Vocabulary.of(corpus), 2).examples());
  }

  static float[] initialWeights() {
    return SoftmaxModel.initialWeights(new InitSpec(Generator.TORCH_CPU, 2147483647L), 27, 27);
  }

  static double learningRate(int run) {
    return 0.1 * Math.pow(1000, run / (RUNS - 1.0));
  }

  /// Refuses losses that are not those of the sweep.
  ///
  /// @param sum over runs and steps
  static double checked(double sum, double tolerance) {
    double mean = sum / RUNS / STEPS;
    if (!(Math.abs(mean - MEAN_LOSS) <= tolerance)) {
      throw new IllegalStateException("mean loss: expected " + MEAN_LOSS + ", got " + mean);
    }
    return sum;
  }

  /// Milliseconds for the sweep, in double precision.
  @Benchmark
  public double twister() {
    CpuBackend cpu = new CpuBackend();
    try (TrainingSession session =
        cpu.open(cpu.devices().getFirst(), new Problem.OverCounts(counts), runs)) {
      StepLosses losses = session.advance(STEPS);
      double sum = 0;
      for (int step = 0; step < STEPS; step++) {
        for (int run = 0; run < RUNS; run++) {
          sum += losses.loss(step, run);
        }
      }
      return checked(sum, 1e-11);
    }
  }
}
