package twister.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxModelTest {

  @Test
  void logProbabilitiesAreTheLogarithmsOfTheProbabilities() {
    for (int symbols = 1; symbols < 30; symbols += 4) {
      double[] weights = new Random(symbols).doubles(5L * symbols, -4, 4).toArray();
      SoftmaxModel model = new SoftmaxModel(weights, 5, symbols);
      for (int c = 0; c < 5; c++) {
        double sum = 0;
        for (int v = 0; v < symbols; v++) {
          double p = model.probability(c, v);
          sum += p;
          assertEquals(Math.log(p), model.logProbability(c, v), 1e-14);
        }
        assertEquals(1, sum, 1e-14);
      }
    }
  }

  /// Two of three logits are equal and largest: each of them has half, the third what is left of
  /// it.
  @Test
  void logProbabilitiesAreFiniteWhereProbabilitiesVanish() {
    SoftmaxModel model = new SoftmaxModel(new double[] {1e30, -1e30, 1e30, 9e3, 9e3, 0}, 2, 3);
    assertEquals(0.5, model.probability(0, 0));
    assertEquals(-Math.log(2), model.logProbability(0, 0), 1e-15);
    assertEquals(0, model.probability(0, 1));
    assertEquals(-2e30, model.logProbability(0, 1));
    assertEquals(0, model.probability(1, 2));
    assertEquals(-9e3 - Math.log(2), model.logProbability(1, 2));
  }

  @Test
  void weightsOfAnotherShapeAreRefusedWithBothShapes() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new SoftmaxModel(new double[5], 2, 3));
    assertEquals("weights: expected (2, 3), got (5)", refusal.getMessage());
  }
}
