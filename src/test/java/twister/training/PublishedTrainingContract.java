package twister.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import twister.GoldenFile;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.model.SoftmaxModel;
import twister.spec.Generator;
import twister.spec.InitSpec;
import twister.spec.LearningRate;
import twister.spec.TrainingPath;

/// The trainings that public documents print, found again on every device. The printed losses are
/// float32 computations over 228,146 examples, themselves off by up to 2e-6.
public abstract class PublishedTrainingContract {
  /// Opens a session on the device under test.
  protected abstract TrainingSession open(Problem problem, List<RunConfig> runs);

  /// How far two computations of the same loss may be apart.
  protected abstract double rounding();

  private TrainingSession session(Examples examples, double rate, TrainingPath path) {
    Problem problem =
        switch (path) {
          case COUNTS -> new Problem.OverCounts(NgramCounts.of(examples));
          case EXAMPLES -> new Problem.OverExamples(examples);
        };
    RunConfig run = new RunConfig(Published.initialWeights(), LearningRate.constant(rate), 0);
    return open(problem, List.of(run));
  }

  /// The training that was published from a GPU: its generator, a schedule, gradients that are
  /// never set to zero.
  @ParameterizedTest
  @EnumSource
  void accumulatingTrainingOfAGpuAgrees(TrainingPath path) {
    LearningRate rate =
        new LearningRate.Phases(
            List.of(
                new LearningRate.Phase(1, 100),
                new LearningRate.Phase(10, 10),
                new LearningRate.Phase(25, 1),
                new LearningRate.Phase(50, 0.1),
                new LearningRate.Phase(250, 0.01),
                new LearningRate.Phase(501, 0.001)));
    RunConfig run =
        new RunConfig(
            SoftmaxModel.initialWeights(new InitSpec(Generator.TORCH_CUDA, 0), 27, 27), rate, 0);
    Problem problem =
        switch (path) {
          case COUNTS -> new Problem.OverCounts(NgramCounts.of(Published.EXAMPLES), true);
          case EXAMPLES -> new Problem.OverExamples(Published.EXAMPLES, true);
        };
    List<CSVRecord> rows = GoldenFile.rows("ngram-cuda-curve.csv");
    assertEquals(11, rows.size());
    try (TrainingSession session = open(problem, List.of(run))) {
      int done = 0;
      for (CSVRecord row : rows) {
        int steps = Integer.parseInt(row.get("step")) + 1 - done;
        StepLosses losses = session.advance(steps);
        done += steps;
        double loss = losses.loss(steps - 1, 0);
        assertEquals(
            Double.parseDouble(row.get("loss")), loss, Published.FOUR_DECIMALS, row.toString());
        List<String> names =
            Stream.of(1, 2, 3, 4, 5).map(n -> row.get("sample_" + n) + ".").toList();
        assertEquals(names, Published.drawnAsOnAGpu(session.weights(0), 5), row.toString());
      }
    }
  }

  private static Examples emma() {
    return Published.examples(List.of(0, 5, 13, 13, 1), List.of(5, 13, 13, 1, 0));
  }

  @ParameterizedTest
  @EnumSource
  void allHundredLossesAgree(TrainingPath path) {
    List<CSVRecord> published = GoldenFile.rows("micrograduate-loss.csv");
    assertEquals(100, published.size());
    try (TrainingSession session = session(Published.EXAMPLES, 50, path)) {
      StepLosses losses = session.advance(100);
      for (CSVRecord row : published) {
        int step = Integer.parseInt(row.get("step"));
        assertEquals(Double.parseDouble(row.get("loss")), losses.loss(step, 0), 2e-6 + rounding());
      }
    }
  }

  @Test
  void bothPathsAgree() {
    try (TrainingSession counts = session(Published.EXAMPLES, 50, TrainingPath.COUNTS);
        TrainingSession examples = session(Published.EXAMPLES, 50, TrainingPath.EXAMPLES)) {
      StepLosses byCounts = counts.advance(100);
      StepLosses byExamples = examples.advance(100);
      for (int step = 0; step < 100; step++) {
        assertEquals(byCounts.loss(step, 0), byExamples.loss(step, 0), rounding());
      }
    }
  }

  @Test
  void meanSquareOfTheTrainedWeightsAgrees() {
    try (TrainingSession session = session(Published.EXAMPLES, 50, TrainingPath.COUNTS)) {
      session.advance(100);
      double sum = 0;
      for (double weight : session.weights(0)) {
        sum += weight * weight;
      }
      assertEquals(1.6880, sum / 729, Published.FOUR_DECIMALS);
    }
  }

  @Test
  void namesOfTheTrainedModelAgreeLetterForLetter() {
    List<String> published = Published.names("micrograduate", "softmax after 100 steps");
    assertEquals(20, published.size());
    try (TrainingSession session = session(Published.EXAMPLES, 50, TrainingPath.COUNTS)) {
      session.advance(100);
      assertEquals(
          published, Published.drawn(Published.softmax(session.weights(0)), Published.SEED, 20));
    }
  }

  @ParameterizedTest
  @EnumSource
  void lossesAndGradientOfEmmaAgree(TrainingPath path) {
    double rate = 0.1;
    try (TrainingSession session = session(emma(), rate, path)) {
      double[] before = session.weights(0);
      assertEquals(3.7693049907684326, session.advance(1).loss(0, 0), 1e-6);
      assertEquals(3.7492127418518066, session.evaluate().loss(0, 0), 1e-6);
      double[] after = session.weights(0);
      assertEquals(
          0.012119228951632977, (before[27 + 4] - after[27 + 4]) / rate, 1e-8 + 10 * rounding());
      for (CSVRecord row : GoldenFile.published("emma-gradient.csv")) {
        int c = Published.VOCABULARY.index(row.get("previous").codePointAt(0));
        for (int v = 0; v < 27; v++) {
          double gradient = (before[c * 27 + v] - after[c * 27 + v]) / rate;
          double published = Double.parseDouble(row.get(Published.VOCABULARY.symbol(v)));
          assertEquals(published, gradient, Published.FOUR_DECIMALS);
        }
      }
    }
  }
}
