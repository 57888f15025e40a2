package twister.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import twister.GoldenFile;
import twister.data.NgramCounts;
import twister.model.ProbabilityTable;
import twister.model.SoftmaxModel;
import twister.spec.Generator;
import twister.spec.InitSpec;
import twister.spec.LearningRate;
import twister.spec.SamplesSpec;

/// The curve and the names that a public document prints of a training on a GPU, found again with
/// the generator `torch-cuda`.
class PublishedCudaCurveTest {
  private static final int V = 27;
  private static final long SEED = 0;
  private static final int STEPS = 501;
  private static final NgramCounts COUNTS = NgramCounts.of(Published.EXAMPLES);

  private static final LearningRate RATE =
      new LearningRate(
          List.of(
              new LearningRate.Phase(1, 100),
              new LearningRate.Phase(10, 10),
              new LearningRate.Phase(25, 1),
              new LearningRate.Phase(50, 0.1),
              new LearningRate.Phase(250, 0.01),
              new LearningRate.Phase(STEPS, 0.001)));

  @Test
  void lossesAndNamesOfTheTrainingAgree() {
    List<CSVRecord> rows = GoldenFile.rows("ngram-cuda-curve.csv");
    assertEquals(11, rows.size());
    double[] weights = initialWeights();
    double[] gradients = new double[V * V];
    int row = 0;
    for (int step = 0; step < STEPS; step++) {
      double loss = addGradient(weights, gradients);
      for (int i = 0; i < weights.length; i++) {
        weights[i] -= RATE.rate(step) * gradients[i];
      }
      if (step == Integer.parseInt(rows.get(row).get("step"))) {
        assertPublished(rows.get(row), loss, weights);
        row++;
      }
    }
  }

  private static void assertPublished(CSVRecord row, double loss, double[] weights) {
    assertEquals(Double.parseDouble(row.get("loss")), loss, 1e-4, row.toString());
    List<String> published =
        Stream.of(1, 2, 3, 4, 5).map(n -> row.get("sample_" + n) + ".").toList();
    assertEquals(published, names(weights), row.toString());
  }

  private static double[] initialWeights() {
    float[] initial =
        SoftmaxModel.initialWeights(new InitSpec(Generator.TORCH_CUDA, SEED), V, V);
    double[] weights = new double[initial.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = initial[i];
    }
    return weights;
  }

  private static List<String> names(double[] weights) {
    return new Sampler(Published.softmax(weights), Published.VOCABULARY)
        .names(new SamplesSpec(5, Generator.TORCH_CUDA, SEED, 100, Optional.empty()));
  }

  /// Adds the gradient of the mean negative log likelihood: as the document does, without setting
  /// the sum of those before to 0.
  ///
  /// @return the loss
  private static double addGradient(double[] weights, double[] gradients) {
    ProbabilityTable model = Published.softmax(weights);
    double loss = 0;
    for (int c = 0; c < V; c++) {
      for (int v = 0; v < V; v++) {
        double share = (double) COUNTS.count(c, v) / COUNTS.total();
        double expected = (double) COUNTS.rowTotal(c) / COUNTS.total() * model.probability(c, v);
        gradients[c * V + v] += expected - share;
        loss -= share * Math.log(model.probability(c, v));
      }
    }
    return loss;
  }
}
