package twister.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import twister.data.Blocks;
import twister.model.MlpModel;
import twister.model.MlpShape;

class MlpReferenceSessionTest {
  private static final int[] INDICES = {7, 0, 7, 12, 3};

  @Test
  void gradientIsTheCentralDifferenceOfTheLossForEveryParameter() {
    Random random = new Random(7);
    MlpShape shape = new MlpShape(3, 2, 5, 6);
    Blocks examples = RandomProblems.blocks(random, shape, 13);
    double[] parameters = random.doubles(shape.parameters(), -2, 2).toArray();
    double[] gradient = MlpReferenceSession.gradient(examples, shape, INDICES, 0.3, parameters);
    for (int i = 0; i < parameters.length; i++) {
      double difference =
          (lossAt(examples, shape, parameters, i, 1e-5)
                  - lossAt(examples, shape, parameters, i, -1e-5))
              / 2e-5;
      assertEquals(difference, gradient[i], 1e-9);
    }
  }

  private static double lossAt(
      Blocks examples, MlpShape shape, double[] parameters, int i, double change) {
    double[] moved = parameters.clone();
    moved[i] += change;
    return MlpReferenceSession.nll(examples, shape, INDICES, moved)
        + ReferenceSession.l2Term(0.3, moved);
  }

  @Test
  void lossIsThatOfTheModel() {
    Random random = new Random(8);
    MlpShape shape = new MlpShape(2, 3, 4, 5);
    Blocks examples = RandomProblems.blocks(random, shape, 4);
    double[] parameters = random.doubles(shape.parameters(), -2, 2).toArray();
    assertEquals(
        MlpModel.nll(parameters, shape, examples),
        MlpReferenceSession.nll(examples, shape, new int[] {0, 1, 2, 3}, parameters),
        1e-14);
  }
}
