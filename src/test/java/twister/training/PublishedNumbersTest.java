package twister.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.GoldenFile;
import twister.data.NgramCounts;
import twister.data.Vocabulary;
import twister.model.CountsModel;
import twister.model.ProbabilityTable;

/// The numbers that public documents print, found again from the published table of counts.
class PublishedNumbersTest {
  private static final Vocabulary VOCABULARY = Published.VOCABULARY;
  private static final NgramCounts COUNTS = NgramCounts.of(Published.EXAMPLES);
  private static final double FOUR_DECIMALS = Published.FOUR_DECIMALS;

  @Test
  void tableHoldsThePublishedNumberOfExamples() {
    assertEquals(228_146, COUNTS.total());
  }

  @ParameterizedTest
  @CsvSource({
    "micrograduate, 2147483647, 20",
    "makemore-notes, 214783647, 20",
    "ngram-cuda, 0, 10",
  })
  void namesOfTheCountsModelAgreeLetterForLetter(String document, long seed, int count) {
    List<String> published = Published.names(document, "counts");
    assertEquals(count, published.size());
    assertEquals(published, Published.drawn(new CountsModel(COUNTS, 0), seed, count));
  }

  @Test
  void initialDistributionsOfEmmaAgree() {
    double[] weights = new double[729];
    float[] initial = Published.initialWeights();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = initial[i];
    }
    List<CSVRecord> rows = GoldenFile.published("emma-probabilities.csv");
    assertEquals(5, rows.size());
    for (CSVRecord row : rows) {
      int context = VOCABULARY.index(row.get("input").codePointAt(0));
      for (int v = 0; v < 27; v++) {
        double published = Double.parseDouble(row.get(VOCABULARY.symbol(v)));
        assertEquals(published, Published.softmax(weights).probability(context, v), FOUR_DECIMALS);
      }
    }
  }

  @Test
  void firstThreeWordsScoreAsPublished() {
    List<String> words = List.of("emma", "olivia", "ava");
    ProbabilityTable model = new CountsModel(COUNTS, 0);
    List<ScoredWord.Ngram> bigrams = bigrams(words, model);
    Score score = Score.of(bigrams);
    assertEquals(-38.785636603832245, score.logLikelihood(), 1e-5);
    assertEquals(2.4241022877395153, score.nll(), 1e-6);
    List<CSVRecord> rows = GoldenFile.rows("micrograduate-first-three-words.csv");
    assertEquals(rows.size(), bigrams.size());
    for (int i = 0; i < rows.size(); i++) {
      assertBigram(rows.get(i), "probability", "log_probability", bigrams.get(i));
    }
  }

  private static List<ScoredWord.Ngram> bigrams(List<String> words, ProbabilityTable model) {
    return words.stream()
        .flatMap(word -> ScoredWord.of(word, model, Published.BIGRAMS).ngrams().stream())
        .toList();
  }

  private static void assertBigram(
      CSVRecord row, String probability, String logProbability, ScoredWord.Ngram bigram) {
    assertEquals(row.get("bigram"), bigram.text());
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
    ProbabilityTable plain = new CountsModel(COUNTS, 0);
    ProbabilityTable smoothed = new CountsModel(COUNTS, 1);
    List<ScoredWord.Ngram> plainly = bigrams(List.of("christosqj"), plain);
    List<ScoredWord.Ngram> smoothly = bigrams(List.of("christosqj"), smoothed);
    assertEquals(rows.size(), plainly.size());
    for (int i = 0; i < rows.size(); i++) {
      assertBigram(rows.get(i), "probability", "log_probability", plainly.get(i));
      assertBigram(
          rows.get(i), "smoothed_probability", "smoothed_log_probability", smoothly.get(i));
    }
    Score impossible = Score.of(plainly);
    assertEquals(Double.NEGATIVE_INFINITY, impossible.logLikelihood());
    assertEquals(Double.POSITIVE_INFINITY, impossible.nll());
    Score possible = Score.of(smoothly);
    assertEquals(-37.32549834251404, possible.logLikelihood(), 1e-5);
    assertEquals(3.393227122046731, possible.nll(), 1e-6);
  }

  /// One document prints -559891.75, the sum of 228,146 logarithms in float32, each addition
  /// rounded to 1/16: 18 lower than the sum in double. Another one prints the loss as 2.4540.
  @Test
  void lowestLossPossibleAgrees() {
    Score score = Score.of(COUNTS, new CountsModel(COUNTS, 0));
    assertEquals(-559891.75, score.logLikelihood(), 20);
    assertEquals(2.4540, score.nll(), FOUR_DECIMALS);
  }
}
