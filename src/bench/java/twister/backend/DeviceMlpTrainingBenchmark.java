package twister.backend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

/// Training of multi-layer perceptrons on a device, beside the same training on the processor, in
/// batches of 32 examples of 3 symbols; checked as in [DeviceTrainingBenchmark].
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DeviceMlpTrainingBenchmark {
  private static final InitSpec INIT = new InitSpec(Generator.TORCH_CPU, 2147483647L);

  /// Steps of a call, after which the losses are fetched.
  private static final int STEPS = 10;

  /// `cpu`, or a device by its index.
  @Param({"cpu", "0:0"})
  public String device = CpuBackend.NAME;

  /// Hidden units, H; with 200 of them E is 10, with 100 it is 2.
  @Param({"200", "100"})
  public int hidden;

  /// The number of runs, R, at learning rates from 0.01 to 0.042; above 0.06, rounding errors grow
  /// so fast that after 100 steps no two devices agree to 1e-4.
  @Param({"1", "64"})
  public int runs;

  private TrainingSession session;

  @Setup(Level.Trial)
  public void open() throws InvalidInputException {
    Corpus corpus = CorpusReader.corpus(Path.of("names.txt"), "names.txt");
    Blocks examples = Blocks.of(corpus.words(), Vocabulary.of(corpus), 3);
    MlpShape shape = new MlpShape(3, hidden == 200 ? 10 : 2, hidden, 27);
    float[] parameters = MlpModel.initialParameters(INIT, shape);
    List<RunConfig> configs = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      configs.add(
          new RunConfig(
              parameters,
              LearningRate.constant(0.01 + 0.0005 * run),
              0,
              Optional.of(new BatchSource.AfterParameters(INIT, shape))));
    }
    session =
        DeviceTrainingBenchmark.checked(
            device, new Problem.OverBlocks(examples, shape, 32), configs);
  }

  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  /// Microseconds for 10 steps of all runs.
  @Benchmark
  public StepLosses tenSteps() {
    return session.advance(STEPS);
  }
}
