package twister.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import twister.data.Blocks;
import twister.data.Vocabulary;
import twister.spec.Generator;
import twister.spec.InitSpec;

class MlpModelTest {
  private static final InitSpec INIT = new InitSpec(Generator.TORCH_CPU, 2147483647L);

  /// Printed by the document "mlp" (makemore, part 2).
  @Test
  void theFirstFiveNamesHaveThePublishedLoss() {
    Vocabulary vocabulary = Vocabulary.of(List.of("abcdefghijklmnopqrstuvwxyz"));
    List<String> names = List.of("emma", "olivia", "ava", "isabella", "sophia");
    MlpShape shape = new MlpShape(3, 2, 100, 27);
    assertEquals(3481, shape.parameters());
    double[] parameters = wide(MlpModel.initialParameters(INIT, shape));
    double nll = MlpModel.nll(parameters, shape, Blocks.of(names, vocabulary, 3));
    assertEquals(17.7697, nll, 0.5e-4 + 1e-6);
  }

  /// Printed by the document "mlp", whose naive softmax of the second gives NaN.
  @Test
  void softmaxIsThePublishedOneAndDoesNotOverflow() {
    assertArrayEquals(
        new double[] {4.5079e-05, 3.3309e-04, 6.6903e-03, 9.9293e-01}, softmax(-5, -3, 0, 5), 5e-6);
    assertArrayEquals(softmax(-5, -3, 0, 5), softmax(-15, -13, -10, -5), 1e-15);
    assertArrayEquals(new double[] {0, 0, 0, 1}, softmax(-5, -3, 0, 100), 1e-40);
    assertEquals(Math.exp(-105), softmax(-5, -3, 0, 100)[0], 1e-58);
  }

  private static double[] softmax(double... logits) {
    MlpShape shape = new MlpShape(1, 1, 1, 4);
    double[] parameters = new double[shape.parameters()];
    System.arraycopy(logits, 0, parameters, shape.b2(), 4);
    ProbabilityTable table = MlpModel.after(parameters, shape, new int[] {2});
    return IntStream.range(0, 4).mapToDouble(v -> table.probability(0, v)).toArray();
  }

  @Test
  void lossIsTheMeanNegativeLogarithmOfTheProbabilities() {
    Random random = new Random(5);
    MlpShape shape = new MlpShape(3, 4, 13, 9);
    double[] parameters = random.doubles(shape.parameters(), -1, 1).toArray();
    Blocks examples = examples(random, shape, 331);
    double sum = 0;
    for (int n = 0; n < examples.count(); n++) {
      int[] context = Arrays.copyOfRange(examples.contexts(), 3 * n, 3 * n + 3);
      ProbabilityTable table = MlpModel.after(parameters, shape, context);
      assertEquals(1, IntStream.range(0, 9).mapToDouble(v -> table.probability(0, v)).sum(), 1e-14);
      int target = examples.targets()[n];
      assertEquals(Math.log(table.probability(0, target)), table.logProbability(0, target), 1e-14);
      sum -= table.logProbability(0, target);
    }
    assertEquals(sum / 331, MlpModel.nll(parameters, shape, examples), 1e-13);
  }

  @Test
  void equalLogitsCostTheLogarithmOfTheVocabulary() {
    MlpShape shape = new MlpShape(2, 3, 5, 27);
    Blocks examples = examples(new Random(1), shape, 200);
    assertEquals(
        Math.log(27), MlpModel.nll(new double[shape.parameters()], shape, examples), 1e-14);
  }

  @Test
  void lossHasTheSameBitsOnAnyNumberOfThreads() throws InterruptedException, ExecutionException {
    Random random = new Random(6);
    MlpShape shape = new MlpShape(2, 3, 11, 7);
    double[] parameters = random.doubles(shape.parameters(), -1, 1).toArray();
    Blocks examples = examples(random, shape, 5000);
    for (int threads : new int[] {1, 2, 7}) {
      try (ForkJoinPool pool = new ForkJoinPool(threads)) {
        assertEquals(
            MlpModel.nll(parameters, shape, examples),
            pool.submit(() -> MlpModel.nll(parameters, shape, examples)).get());
      }
    }
  }

  @Test
  void shapesOfNothingOrTooMuchAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new MlpShape(0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new MlpShape(3, 10, 200, 0));
    assertThrows(IllegalArgumentException.class, () -> new MlpShape(8, 4096, 65536, 27));
    assertThrows(IllegalArgumentException.class, () -> new MlpShape(65536, 65536, 1, 2));
  }

  private static Blocks examples(Random random, MlpShape shape, int count) {
    return new Blocks(
        random.ints((long) count * shape.blockSize(), 0, shape.symbols()).toArray(),
        random.ints(count, 0, shape.symbols()).toArray(),
        shape.blockSize(),
        shape.symbols());
  }

  private static double[] wide(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
