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
import twister.data.Ngrams;
import twister.data.Vocabulary;
import twister.model.SoftmaxModel;
import twister.spec.Generator;
import twister.spec.InitSpec;
import twister.spec.LearningRate;
import twister.yaml.InvalidInputException;

/// Time per training step of one bigram run on names.txt: 228,146 examples, 27 x 27 weights, full
/// batch, learning rate 50; of the trigram run on the same words, 602 x 27 weights; and of the
/// tests' plain reference, in the same process, for the ratio. Every session first trains 100 steps
/// and refuses to be timed when they do not end at the loss that is known for them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 5, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BigramTrainingBenchmark {
  private static final double LOSS_AFTER_100_STEPS = 2.472652729127;
  private static final double TRIGRAM_LOSS_AFTER_100_STEPS = 2.505257201729;

  /// How many steps one timed call of the count path trains: one step is too short to time.
  private static final int STEPS = 1000;

  private static final int TRIGRAM_STEPS = 100;

  private TrainingSession counts;
  private TrainingSession examples;
  private TrainingSession trigrams;

  /// The slow judge of the tests, opened only where it is timed.
  @State(Scope.Benchmark)
  public static class Reference {
    private TrainingSession session;

    @Setup(Level.Trial)
    public void open() throws InvalidInputException {
      Examples all = examples(2);
      session = checked(new ReferenceSession(all, false, List.of(run(all))), LOSS_AFTER_100_STEPS);
    }

    @TearDown(Level.Trial)
    public void close() {
      session.close();
    }
  }

  @Setup(Level.Trial)
  public void open() throws InvalidInputException {
    Examples all = examples(2);
    counts = checked(open(new Problem.OverCounts(NgramCounts.of(all)), all), LOSS_AFTER_100_STEPS);
    examples = checked(open(new Problem.OverExamples(all), all), LOSS_AFTER_100_STEPS);
    Examples three = examples(3);
    trigrams =
        checked(
            open(new Problem.OverCounts(NgramCounts.of(three)), three),
            TRIGRAM_LOSS_AFTER_100_STEPS);
  }

  private static TrainingSession open(Problem problem, Examples all) {
    CpuBackend cpu = new CpuBackend();
    return cpu.open(cpu.devices().getFirst(), problem, List.of(run(all)));
  }

  private static Examples examples(int order) throws InvalidInputException {
    Corpus corpus = CorpusReader.corpus(Path.of("names.txt"), "names.txt");
    return Ngrams.of(corpus, Vocabulary.of(corpus), order).examples();
  }

  private static RunConfig run(Examples all) {
    InitSpec init = new InitSpec(Generator.TORCH_CPU, 2147483647L);
    float[] weights = SoftmaxModel.initialWeights(init, all.contextCount(), all.symbolCount());
    return new RunConfig(weights, LearningRate.constant(50), 0);
  }

  private static TrainingSession checked(TrainingSession session, double expected) {
    session.advance(100);
    double loss = session.evaluate().loss(0, 0);
    if (!(Math.abs(loss - expected) < 1e-11)) {
      throw new IllegalStateException("loss: expected " + expected + ", got " + loss);
    }
    return session;
  }

  @TearDown(Level.Trial)
  public void close() {
    counts.close();
    examples.close();
    trigrams.close();
  }

  /// Microseconds per step on the count table.
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public StepLosses countsPath() {
    return counts.advance(STEPS);
  }

  /// Microseconds per 100 steps on the count table of trigrams.
  @Benchmark
  public StepLosses trigramCountsPath() {
    return trigrams.advance(TRIGRAM_STEPS);
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
