package twister.backend;

import java.util.Collections;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import twister.data.Blocks;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.model.MlpShape;
import twister.spec.LearningRate;
import twister.spec.TrainingPath;

/// Measures what a device does, by three short trainings of a kind: of little work, of much, and of
/// many runs.
public final class Calibration {
  private static final int SYMBOLS = 27;
  private static final int BLOCK = 3;

  /// Java compiles its own code meanwhile.
  private static final double WARM_UP_SECONDS = 0.3;

  private static final int TIMES = 3;

  private final Backend backend;
  private final Device device;
  private final LongSupplier clock;

  /// @param clock in nanoseconds
  public Calibration(Backend backend, Device device, LongSupplier clock) {
    this.backend = backend;
    this.device = device;
    this.clock = clock;
  }

  /// A training that is timed.
  ///
  /// @param work of its runs, and of its steps, in one call
  private record Trial(Problem problem, Workload work) {}

  /// What a trial took.
  ///
  /// @param first from the opening of its session to the end of its first steps, in seconds
  /// @param again of as many steps, the least
  private record Times(double first, double again) {}

  /// Measures a kind of training.
  ///
  /// @throws DeviceException if the device cannot do it
  public DeviceModel measure(Workload.Kind kind) {
    Trial little = trial(kind, 1);
    Trial much = trial(kind, 16);
    Trial many = new Trial(little.problem, little.work.ofRuns(manyRuns(kind)));
    Times ofLittle = times(little);
    double ofMuch = times(much).again;
    double ofMany = times(many).again;
    double more = much.work.perRun() - little.work.perRun();
    double unit = Math.clamp((ofMuch - ofLittle.again) / more, 1e-15, ofMuch / much.work.perRun());
    double alone = unit * little.work.perRun();
    double steps = Math.max(0, ofLittle.again - alone);
    double width = many.work.runs() * alone / Math.max(ofMany - steps, alone);
    return new DeviceModel(
        Math.max(0, ofLittle.first - ofLittle.again),
        steps / little.work.steps(),
        unit,
        Math.max(1, width));
  }

  private static int manyRuns(Workload.Kind kind) {
    return switch (kind) {
      case COUNTS -> 2048;
      case EXAMPLES -> 4;
      case PERCEPTRON -> 256;
    };
  }

  /// @param size how much there is to compute
  private static Trial trial(Workload.Kind kind, int size) {
    return switch (kind) {
      case COUNTS -> {
        Examples examples = examples(SYMBOLS * size, 1 << 14);
        yield new Trial(
            new Problem.OverCounts(NgramCounts.of(examples)),
            work(TrainingPath.COUNTS, 32, examples));
      }
      case EXAMPLES -> {
        Examples examples = examples(SYMBOLS, size << 14);
        yield new Trial(
            new Problem.OverExamples(examples), work(TrainingPath.EXAMPLES, 8, examples));
      }
      case PERCEPTRON -> perceptron(32 * size);
    };
  }

  private static Workload work(TrainingPath path, int steps, Examples examples) {
    return Workload.ofNgrams(
        path, steps, examples.count(), examples.contextCount(), examples.symbolCount());
  }

  private static Examples examples(int contexts, int count) {
    return new Examples(
        IntStream.range(0, count).map(i -> i * 7 % contexts).toArray(),
        IntStream.range(0, count).map(i -> i * 5 % SYMBOLS).toArray(),
        contexts,
        SYMBOLS);
  }

  private static Trial perceptron(int batch) {
    int examples = 1024;
    MlpShape shape = new MlpShape(BLOCK, 4, 64, SYMBOLS);
    Blocks blocks =
        new Blocks(
            IntStream.range(0, examples * BLOCK).map(i -> i * 7 % SYMBOLS).toArray(),
            IntStream.range(0, examples).map(i -> i * 5 % SYMBOLS).toArray(),
            BLOCK,
            SYMBOLS);
    Workload work = Workload.ofPerceptron(32, batch, examples, shape.parameters(), SYMBOLS);
    return new Trial(
        new Problem.OverBlocks(blocks, shape, batch),
        new Workload(work.kind(), 1, work.steps(), work.perStep(), 0));
  }

  private Times times(Trial trial) {
    long begin = clock.getAsLong();
    RunConfig run =
        new RunConfig(
            new float[trial.problem.parameters()],
            LearningRate.constant(0.1),
            0,
            Optional.of(_ -> Calibration::choose));
    int steps = (int) trial.work.steps();
    try (TrainingSession session =
        backend.open(device, trial.problem, Collections.nCopies((int) trial.work.runs(), run))) {
      session.advance(steps);
      double first = seconds(begin);
      double least = Double.POSITIVE_INFINITY;
      for (int time = 0; time < TIMES || seconds(begin) < WARM_UP_SECONDS; time++) {
        long start = clock.getAsLong();
        session.advance(steps);
        least = Math.min(least, seconds(start));
      }
      return new Times(first, least);
    }
  }

  private static void choose(int[] examples) {
    for (int i = 0; i < examples.length; i++) {
      examples[i] = i;
    }
  }

  private double seconds(long since) {
    return (clock.getAsLong() - since) / 1e9;
  }
}
