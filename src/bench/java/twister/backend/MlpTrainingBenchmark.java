package twister.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import twister.backend.cpu.CpuBackend;
import twister.data.Blocks;
import twister.data.Corpus;
import twister.data.CorpusReader;
import twister.data.Vocabulary;
import twister.model.MlpModel;
import twister.model.MlpShape;
import twister.spec.Generator;
import twister.spec.InitSpec;
import twister.spec.LearningRate;
import twister.yaml.InvalidInputException;

/// Time per training step of one multi-layer perceptron on names.txt: blocks of three symbols,
/// random batches of 32, one thread; and of the tests' plain reference, in the same process, for
/// the ratio. Both first train 100 steps, and are refused when their losses differ.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MlpTrainingBenchmark {
  private static final InitSpec INIT = new InitSpec(Generator.TORCH_CPU, 2147483647L);

  /// Single precision, after a hundred steps.
  private static final double ROUNDING = 1e-4;

  /// How many steps one timed call trains.
  private static final int STEPS = 100;

  /// Numbers of an embedding and hidden units.
  @Param({"2 100", "10 200"})
  public String size = "2 100";

  private TrainingSession session;
  private TrainingSession reference;

  @Setup(Level.Trial)
  public void open() throws InvalidInputException {
    Corpus corpus = CorpusReader.corpus(Path.of("names.txt"), "names.txt");
    Vocabulary vocabulary = Vocabulary.of(corpus);
    List<String> numbers = List.of(size.split(" ", -1));
    MlpShape shape =
        new MlpShape(
            3,
            Integer.parseInt(numbers.getFirst()),
            Integer.parseInt(numbers.getLast()),
            vocabulary.size());
    var problem = new Problem.OverBlocks(Blocks.of(corpus.words(), vocabulary, 3), shape, 32);
    RunConfig run =
        new RunConfig(
            MlpModel.initialParameters(INIT, shape),
            LearningRate.constant(0.05),
            0,
            Optional.of(new BatchSource.AfterParameters(INIT, shape)));
    CpuBackend cpu = new CpuBackend();
    session = cpu.open(cpu.devices().getFirst(), problem, List.of(run));
    reference = new MlpReferenceSession(problem, List.of(run));
    double loss = session.advance(STEPS).loss(STEPS - 1, 0);
    double expected = reference.advance(STEPS).loss(STEPS - 1, 0);
    if (!(Math.abs(loss - expected) < ROUNDING)) {
      throw new IllegalStateException("loss: expected " + expected + ", got " + loss);
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    session.close();
    reference.close();
  }

  /// Microseconds per step.
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public StepLosses steps() {
    return session.advance(STEPS);
  }

  /// Microseconds per step in plain scalar Java, double precision, on one thread.
  @Benchmark
  public StepLosses stepsOfReference() {
    return reference.advance(1);
  }
}
