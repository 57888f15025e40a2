package twister.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import twister.GoldenFile;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.backend.cpu.CpuBackend;
import twister.data.Examples;
import twister.data.NgramCounts;
import twister.data.Vocabulary;
import twister.model.CountsModel;
import twister.model.ProbabilityTable;
import twister.model.SoftmaxModel;
import twister.random.Multinomial;
import twister.spec.Generator;
import twister.spec.InitSpec;
import twister.spec.LearningRate;
import twister.spec.SamplesSpec;
import twister.spec.TrainingPath;

/// The numbers that public documents print, found again from the published table of counts.
class PublishedNumbersTest {
  private static final long SEED = 2147483647L;

  private static final Vocabulary VOCABULARY = Vocabulary.of(List.of("abcdefghijklmnopqrstuvwxyz"));
  private static final Examples EXAMPLES = publishedExamples();
  private static final NgramCounts COUNTS = NgramCounts.of(EXAMPLES);

  /// The printed values are float32 computations over 228,146 examples.
  private static final double FLOAT32_LOSS = 2e-6;

  /// Half a unit in the last place of a number printed with four decimals.
  private static final double FOUR_DECIMALS = 0.5e-4 + 1e-6;

  private static Examples publishedExamples() {
    List<Integer> contexts = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    for (CSVRecord row : GoldenFile.rows("bigram-counts.csv")) {
      int context = VOCABULARY.index(row.get("previous").codePointAt(0));
      for (int v = 0; v < VOCABULARY.size(); v++) {
        for (int n = Integer.parseInt(row.get(VOCABULARY.symbol(v))); n > 0; n--) {
          contexts.add(context);
          targets.add(v);
        }
      }
    }
    return examples(contexts, targets);
  }

  private static Examples emma() {
    return examples(List.of(0, 5, 13, 13, 1), List.of(5, 13, 13, 1, 0));
  }

  private static Examples examples(List<Integer> contexts, List<Integer> targets) {
    return new Examples(
        contexts.stream().mapToInt(i -> i).toArray(),
        targets.stream().mapToInt(i -> i).toArray(),
        VOCABULARY.size(),
        VOCABULARY.size());
  }

  private static TrainingSession session(Examples examples, double rate, TrainingPath path) {
    Problem problem =
        switch (path) {
          case COUNTS -> new Problem.OverCounts(NgramCounts.of(examples));
          case EXAMPLES -> new Problem.OverExamples(examples);
        };
    RunConfig run = new RunConfig(initialWeights(), LearningRate.constant(rate), 0);
    CpuBackend backend = new CpuBackend();
    return backend.open(backend.devices().getFirst(), problem, List.of(run));
  }

  private static float[] initialWeights() {
    return SoftmaxModel.initialWeights(new InitSpec(Generator.TORCH_CPU, SEED), 27, 27);
  }

  private static ProbabilityTable softmax(double[] weights) {
    return SoftmaxModel.probabilities(weights, 27, 27);
  }

  @Test
  void tableHoldsThePublishedNumberOfExamples() {
    assertEquals(228_146, COUNTS.total());
  }

  @ParameterizedTest
  @EnumSource
  void allHundredLossesAgree(TrainingPath path) {
    List<CSVRecord> published = GoldenFile.rows("micrograduate-loss.csv");
    assertEquals(100, published.size());
    try (TrainingSession session = session(EXAMPLES, 50, path)) {
      StepLosses losses = session.advance(100);
      for (CSVRecord row : published) {
        int step = Integer.parseInt(row.get("step"));
        assertEquals(Double.parseDouble(row.get("loss")), losses.loss(step, 0), FLOAT32_LOSS);
      }
    }
  }

  @Test
  void bothPathsAgree() {
    try (TrainingSession counts = session(EXAMPLES, 50, TrainingPath.COUNTS);
        TrainingSession examples = session(EXAMPLES, 50, TrainingPath.EXAMPLES)) {
      StepLosses byCounts = counts.advance(100);
      StepLosses byExamples = examples.advance(100);
      for (int step = 0; step < 100; step++) {
        assertEquals(byCounts.loss(step, 0), byExamples.loss(step, 0), 1e-11);
      }
    }
  }

  @Test
  void meanSquareOfTheTrainedWeightsAgrees() {
    try (TrainingSession session = session(EXAMPLES, 50, TrainingPath.COUNTS)) {
      session.advance(100);
      double sum = 0;
      for (double weight : session.weights(0)) {
        sum += weight * weight;
      }
      assertEquals(1.6880, sum / 729, FOUR_DECIMALS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "micrograduate, 2147483647, 20",
    "makemore-notes, 214783647, 20",
    "ngram-cuda, 0, 10",
  })
  void namesOfTheCountsModelAgreeLetterForLetter(String document, long seed, int count) {
    List<String> published = publishedNames(document, "counts");
    assertEquals(count, published.size());
    assertEquals(published, names(CountsModel.probabilities(COUNTS, 0), seed, count));
  }

  @Test
  void namesOfTheTrainedModelAgreeLetterForLetter() {
    List<String> published = publishedNames("micrograduate", "softmax after 100 steps");
    assertEquals(20, published.size());
    try (TrainingSession session = session(EXAMPLES, 50, TrainingPath.COUNTS)) {
      session.advance(100);
      assertEquals(published, names(softmax(session.weights(0)), SEED, 20));
    }
  }

  private static List<String> publishedNames(String document, String model) {
    return GoldenFile.rows("samples.csv").stream()
        .filter(row -> row.get("document").equals(document) && row.get("model").equals(model))
        .map(row -> row.get("name"))
        .toList();
  }

  private static List<String> names(ProbabilityTable model, long seed, int count) {
    return new Sampler(model, VOCABULARY)
        .names(new SamplesSpec(count, Generator.TORCH_CPU, seed, 100, Multinomial.MKL));
  }

  @Test
  void initialDistributionsOfEmmaAgree() {
    double[] weights = new double[729];
    float[] initial = initialWeights();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = initial[i];
    }
    List<CSVRecord> rows = GoldenFile.rows("micrograduate-emma-probabilities.csv");
    assertEquals(5, rows.size());
    for (CSVRecord row : rows) {
      int context = VOCABULARY.index(row.get("input").codePointAt(0));
      for (int v = 0; v < 27; v++) {
        double published = Double.parseDouble(row.get(VOCABULARY.symbol(v)));
        assertEquals(published, softmax(weights).probability(context, v), FOUR_DECIMALS);
      }
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
      assertEquals(0.012119228951632977, (before[27 + 4] - after[27 + 4]) / rate, 1e-8);
      for (CSVRecord row : GoldenFile.rows("micrograduate-emma-gradient.csv")) {
        int c = VOCABULARY.index(row.get("previous").codePointAt(0));
        for (int v = 0; v < 27; v++) {
          double gradient = (before[c * 27 + v] - after[c * 27 + v]) / rate;
          double published = Double.parseDouble(row.get(VOCABULARY.symbol(v)));
          assertEquals(published, gradient, FOUR_DECIMALS);
        }
      }
    }
  }

  @Test
  void firstThreeWordsScoreAsPublished() {
    List<String> words = List.of("emma", "olivia", "ava");
    ProbabilityTable model = CountsModel.probabilities(COUNTS, 0);
    Score score = Score.of(words, model, VOCABULARY);
    assertEquals(-38.785636603832245, score.logLikelihood(), 1e-5);
    assertEquals(2.4241022877395153, score.nll(), 1e-6);
    List<CSVRecord> rows = GoldenFile.rows("micrograduate-first-three-words.csv");
    List<Score.Bigram> bigrams =
        words.stream().flatMap(w -> Score.bigrams(w, model, VOCABULARY).stream()).toList();
    assertEquals(rows.size(), bigrams.size());
    for (int i = 0; i < rows.size(); i++) {
      assertBigram(rows.get(i), "probability", "log_probability", bigrams.get(i));
    }
  }

  private static void assertBigram(
      CSVRecord row, String probability, String logProbability, Score.Bigram bigram) {
    assertEquals(row.get("bigram"), bigram.bigram());
    assertEquals(Double.parseDouble(row.get(probability)), bigram.probability(), FOUR_DECIMALS);
    String published = row.get(logProbability);
    if (published.equals("-inf")) {
      assertEquals(Double.NEGATIVE_INFINITY, bigram.logProbability());
    } else {
      assertEquals(Double.parseDouble(published), bigram.logProbability(), FOUR_DECIMALS);
    }
  }

  @Test
  void impossibleWordHasInfiniteLossAndSmoothedAFiniteOne() {
    List<CSVRecord> rows = GoldenFile.rows("micrograduate-christosqj.csv");
    ProbabilityTable plain = CountsModel.probabilities(COUNTS, 0);
    ProbabilityTable smoothed = CountsModel.probabilities(COUNTS, 1);
    List<Score.Bigram> plainly = Score.bigrams("christosqj", plain, VOCABULARY);
    List<Score.Bigram> smoothly = Score.bigrams("christosqj", smoothed, VOCABULARY);
    assertEquals(rows.size(), plainly.size());
    for (int i = 0; i < rows.size(); i++) {
      assertBigram(rows.get(i), "probability", "log_probability", plainly.get(i));
      assertBigram(
          rows.get(i), "smoothed_probability", "smoothed_log_probability", smoothly.get(i));
    }
    Score impossible = Score.of(List.of("christosqj"), plain, VOCABULARY);
    assertEquals(Double.NEGATIVE_INFINITY, impossible.logLikelihood());
    assertEquals(Double.POSITIVE_INFINITY, impossible.nll());
    Score possible = Score.of(List.of("christosqj"), smoothed, VOCABULARY);
    assertEquals(-37.32549834251404, possible.logLikelihood(), 1e-5);
    assertEquals(3.393227122046731, possible.nll(), 1e-6);
  }

  /// One document prints -559891.75, the sum of 228,146 logarithms in float32, each addition rounded
  /// to 1/16: 18 lower than the sum in double. Another one prints the loss as 2.4540.
  @Test
  void lowestLossPossibleAgrees() {
    Score score = Score.of(COUNTS, CountsModel.probabilities(COUNTS, 0));
    assertEquals(-559891.75, score.logLikelihood(), 20);
    assertEquals(2.4540, score.nll(), FOUR_DECIMALS);
  }
}
