package twister.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import twister.data.Blocks;
import twister.data.Examples;
import twister.model.MlpShape;
import twister.spec.LearningRate;

/// Seeded random data and runs for the tests of backends.
public final class RandomProblems {
  private RandomProblems() {}

  public static Examples examples(Random random, int contexts, int symbols, int count) {
    return new Examples(
        random.ints(count, 0, contexts).toArray(),
        random.ints(count, 0, symbols).toArray(),
        contexts,
        symbols);
  }

  /// Runs that differ in weights, schedule and L2 strength.
  public static List<RunConfig> runs(Random random, int count, int weights) {
    List<RunConfig> runs = new ArrayList<>();
    for (int run = 0; run < count; run++) {
      float[] initial = new float[weights];
      for (int i = 0; i < weights; i++) {
        initial[i] = (float) random.nextGaussian();
      }
      LearningRate rate =
          run % 2 == 0
              ? LearningRate.constant(random.nextDouble(0.1, 50))
              : new LearningRate.Phases(
                  List.of(
                      new LearningRate.Phase(2, random.nextDouble(1, 50)),
                      new LearningRate.Phase(Integer.MAX_VALUE, random.nextDouble(0.1, 1))));
      runs.add(new RunConfig(initial, rate, run % 3 == 0 ? 0 : random.nextDouble(0, 0.1)));
    }
    return runs;
  }

  /// Blocks of symbols, each as likely as the others.
  public static Blocks blocks(Random random, MlpShape shape, int count) {
    return new Blocks(
        random.ints((long) count * shape.blockSize(), 0, shape.symbols()).toArray(),
        random.ints(count, 0, shape.symbols()).toArray(),
        shape.blockSize(),
        shape.symbols());
  }

  /// Runs of a multi-layer perceptron that differ in weights, schedule, L2 strength and batches.
  public static List<RunConfig> mlpRuns(Random random, int count, MlpShape shape) {
    List<RunConfig> runs = new ArrayList<>();
    for (RunConfig run : runs(random, count, shape.parameters())) {
      List<LearningRate.Phase> phases =
          run.learningRate().phases().stream()
              .map(phase -> new LearningRate.Phase(phase.until(), phase.rate() / 100))
              .toList();
      runs.add(
          new RunConfig(
              run.initialWeights(),
              new LearningRate.Phases(phases),
              100 * run.l2(),
              Optional.of(new SeededBatches(random.nextLong()))));
    }
    return runs;
  }

  /// Batches of Java's generator.
  record SeededBatches(long seed) implements BatchSource {
    @Override
    public BatchStream open(int examples) {
      Random random = new Random(seed);
      return indices -> {
        for (int i = 0; i < indices.length; i++) {
          indices[i] = random.nextInt(examples);
        }
      };
    }
  }
}
