package twister.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
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
import twister.data.Vocabulary;
import twister.model.SoftmaxModel;
import twister.spec.Generator;
import twister.spec.InitSpec;
import twister.spec.InvalidInputException;
import twister.spec.LearningRate;

/// Time per training step of one bigram run on names.txt: 228,146 examples, 27 x 27 weights, full
/// batch, learning rate 50; and of the tests' plain reference, in the same process, for the ratio.
/// Every session first trains 100 steps and refuses to be timed when they do not end at the loss
/// that is known for them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BigramTrainingBenchmark {
  private static final double LOSS_AFTER_100_STEPS = 2.472652729127;

  /// How many steps one timed call of the count path trains: one step is too short to time.
  private static final int STEPS = 1000;

  private TrainingSession counts;
  private TrainingSession examples;

  /// The slow judge of the tests, opened only where it is timed.
  @State(Scope.Benchmark)
  public static class Reference {
    private TrainingSession session;

    @Setup(Level.Trial)
    public void open() throws InvalidInputException {
      session = checked(new ReferenceSession(examples(), false, List.of(run())));
    }

    @TearDown(Level.Trial)
    public void close() {
      session.close();
    }
  }

  @Setup(Level.Trial)
  public void open() throws InvalidInputException {
    Examples all = examples();
    CpuBackend cpu = new CpuBackend();
    counts = checked(cpu.open(cpu.devices().getFirst(), new Problem.OverCounts(NgramCounts.of(all)), List.of(run())));
    examples = checked(cpu.open(cpu.devices().getFirst(), new Problem.OverExamples(all), List.of(run())));
  }

  private static Examples examples() throws InvalidInputException {
    Corpus corpus = CorpusReader.corpus(Path.of("names.txt"), "names.txt");
    return Examples.bigrams(corpus, Vocabulary.of(corpus.words()));
  }

  private static RunConfig run() {
    float[] weights =
        SoftmaxModel.initialWeights(new InitSpec(Generator.TORCH_CPU, 2147483647L), 27, 27);
    return new RunConfig(weights, LearningRate.constant(50), 0);
  }

  private static TrainingSession checked(TrainingSession session) {
    session.advance(100);
    double loss = session.evaluate().loss(0, 0);
    if (!(Math.abs(loss - LOSS_AFTER_100_STEPS) < 1e-11)) {
      throw new IllegalStateException("loss: expected " + LOSS_AFTER_100_STEPS + ", got " + loss);
    }
    return session;
  }

  @TearDown(Level.Trial)
  public void close() {
    counts.close();
    examples.close();
  }

  /// Microseconds per step on the count table.
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public StepLosses countsPath() {
    return counts.advance(STEPS);
  }

  /// Microseconds per step over every example.
  @Benchmark
  public StepLosses examplesPath() {
    return examples.advance(1);
  }

  /// Microseconds per step over every example, in plain scalar Java on one thread.
  @Benchmark
  public StepLosses examplesReference(Reference reference) {
    return reference.session.advance(1);
  }
}
