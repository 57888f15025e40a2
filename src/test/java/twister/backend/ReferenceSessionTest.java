package twister.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import twister.data.Examples;

class ReferenceSessionTest {

  @Test
  void gradientIsTheCentralDifferenceOfTheLoss() {
    Random random = new Random(7);
    Examples examples = RandomProblems.examples(random, 3, 5, 40);
    double[] weights = random.doubles(15, -2, 2).toArray();
    double[] gradient = ReferenceSession.gradient(examples, 0.3, weights);
    for (int i = 0; i < weights.length; i++) {
      double difference =
          (lossAt(examples, weights, i, 1e-5) - lossAt(examples, weights, i, -1e-5)) / 2e-5;
      assertEquals(difference, gradient[i], 1e-9);
    }
  }

  private static double lossAt(Examples examples, double[] weights, int i, double change) {
    double[] moved = weights.clone();
    moved[i] += change;
    return ReferenceSession.nll(examples, moved) + ReferenceSession.l2Term(0.3, moved);
  }

  @Test
  void equalLogitsCostTheLogarithmOfTheVocabulary() {
    Examples examples = RandomProblems.examples(new Random(1), 4, 27, 100);
    assertEquals(Math.log(27), ReferenceSession.nll(examples, new double[4 * 27]), 1e-12);
  }
}
