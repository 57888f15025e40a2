package twister.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import twister.data.Examples;
import twister.spec.LearningRate;

/// Seeded random data and runs for the tests of backends.
final class RandomProblems {
  private RandomProblems() {}

  static Examples examples(Random random, int contexts, int symbols, int count) {
    return new Examples(
        random.ints(count, 0, contexts).toArray(),
        random.ints(count, 0, symbols).toArray(),
        contexts,
        symbols);
  }

  /// Runs that differ in weights, schedule and L2 strength.
  static List<RunConfig> runs(Random random, int count, int weights) {
    List<RunConfig> runs = new ArrayList<>();
    for (int run = 0; run < count; run++) {
      float[] initial = new float[weights];
      for (int i = 0; i < weights; i++) {
        initial[i] = (float) random.nextGaussian();
      }
      LearningRate rate =
          run % 2 == 0
              ? LearningRate.constant(random.nextDouble(0.1, 50))
              : new LearningRate(
                  List.of(
                      new LearningRate.Phase(2, random.nextDouble(1, 50)),
                      new LearningRate.Phase(Integer.MAX_VALUE, random.nextDouble(0.1, 1))));
      runs.add(new RunConfig(initial, rate, run % 3 == 0 ? 0 : random.nextDouble(0, 0.1)));
    }
    return runs;
  }
}
