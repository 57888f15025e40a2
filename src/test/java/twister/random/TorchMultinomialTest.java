package twister.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import twister.GoldenFile;

final class TorchMultinomialTest {
  private static final String LETTERS = ".abcdefghijklmnopqrstuvwxyz";

  @Test
  void theMklRuleSamplesThePublishedNamesOfTheCountModel() {
    float[][] probabilities = countProbabilities();
    for (String document : new String[] {"micrograduate", "makemore-notes", "ngram-cuda"}) {
      var rows =
          GoldenFile.rows("samples.csv").stream()
              .filter(row -> row.get("document").equals(document))
              .filter(row -> row.get("model").equals("counts"))
              .toList();
      TorchCpuRandom random = new TorchCpuRandom(Long.parseLong(rows.getFirst().get("seed")));
      for (CSVRecord row : rows) {
        assertEquals(row.get("name"), name(probabilities, random), document);
      }
    }
  }

  @Test
  void aHundredDrawsWithReplacementAreThePublishedOnes() {
    for (CSVRecord row : GoldenFile.rows("multinomial-draws.csv")) {
      TorchCpuRandom random = new TorchCpuRandom(Long.parseLong(row.get("seed")));
      boolean uniform = row.get("document").equals("micrograduate");
      float[] probabilities = normalised(uniform ? random.rand(3) : random.randn(3));
      assertArrayEquals(floats(row.get("probabilities")), probabilities, 5e-5f);
      assertEquals(row.get("draws"), joined(random.multinomial(probabilities, 100), ""));
    }
  }

  @Test
  void singleDrawsAreThoseOfPyTorch() {
    for (CSVRecord row : GoldenFile.rows("torch-multinomial.csv")) {
      Multinomial rule = Multinomial.valueOf(row.get("rule").toUpperCase(Locale.ROOT));
      TorchCpuRandom random = new TorchCpuRandom(Long.parseLong(row.get("seed")), rule);
      int[] classes = singles(random, floats(row.get("weights")), 40);
      assertEquals(row.get("draws"), joined(classes, " "), row.toString());
    }
  }

  @Test
  void drawsWithReplacementAreThoseOfPyTorch() {
    for (CSVRecord row : GoldenFile.rows("torch-multinomial.csv")) {
      if (row.get("rule").equals("search")) {
        TorchCpuRandom random = new TorchCpuRandom(Long.parseLong(row.get("seed")));
        int[] classes = random.multinomial(floats(row.get("weights")), 40);
        assertEquals(row.get("draws"), joined(classes, " "), row.toString());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneDrawWithReplacementIsASingleDraw(Multinomial rule) {
    float[] probabilities = {0.2f, 0.5f, 0.3f};
    for (long seed = 0; seed < 100; seed++) {
      int[] one = new TorchCpuRandom(seed, rule).multinomial(probabilities, 1);
      assertArrayEquals(singles(new TorchCpuRandom(seed, rule), probabilities, 1), one);
    }
  }

  @Test
  void timesAreThoseOfTheirSeedWhateverWasDrawnBefore() {
    int[] sizes = {27, 3, 1000, 27};
    for (int seed : new int[] {5, 5 + (1 << 13), -5, 0, Integer.MIN_VALUE, 5}) {
      for (int size : sizes) {
        assertArrayEquals(
            Multinomial.newMklTimes(seed, size),
            Multinomial.mklTimes(seed, size),
            seed + ", " + size);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void classesAreDrawnAsOftenAsTheirWeightsSay(Multinomial rule) {
    float[] weights = {3, 0, 1, 4, 0};
    int[] counts = new int[5];
    for (long seed = 0; seed < 50; seed++) {
      for (int drawn : singles(new TorchCpuRandom(seed, rule), weights, 1000)) {
        counts[drawn]++;
      }
    }
    for (int i = 0; i < weights.length; i++) {
      double p = weights[i] / 8.0;
      assertEquals(50_000 * p, counts[i], 5 * Math.sqrt(50_000 * p * (1 - p)), "class " + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClassOfProbabilityZeroIsNeverDrawn(Multinomial rule) {
    Random shapes = new Random(5);
    for (long seed = 0; seed < 500; seed++) {
      TorchCpuRandom random = new TorchCpuRandom(seed, rule);
      float[] weights = random.rand(shapes.nextInt(1, 40));
      for (int i = 0; i < weights.length; i++) {
        weights[i] *= shapes.nextInt(2);
      }
      weights[shapes.nextInt(weights.length)] = Float.MIN_VALUE;
      for (int drawn : singles(random, weights, 20)) {
        assertTrue(weights[drawn] > 0, "seed " + seed);
      }
      for (int drawn : random.multinomial(weights, 20)) {
        assertTrue(weights[drawn] > 0, "seed " + seed);
      }
    }
  }

  @Test
  void aTimeOrAUniformNumberOfZeroDrawsNoClassOfProbabilityZero() {
    Weights weights = new Weights(new float[] {0, 1, 0});
    assertEquals(1, weights.winner(new float[] {0, 0, 0}));
    assertEquals(1, Weights.search(weights.cumulative(), 0));
  }

  @Test
  void theFirstOfEqualClassesWinsTheRace() {
    assertEquals(1, new Weights(new float[] {1, 2, 4}).winner(new float[] {1, 1, 2}));
  }

  @ParameterizedTest
  @EnumSource
  void aPowerOfTwoTimesTheWeightsDrawsTheSameClasses(Multinomial rule) {
    for (long seed = 0; seed < 100; seed++) {
      float[] weights = new TorchCpuRandom(seed).rand(27);
      float[] scaled = weights.clone();
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] *= 1024;
      }
      int[] expected = singles(new TorchCpuRandom(seed, rule), weights, 20);
      assertArrayEquals(expected, singles(new TorchCpuRandom(seed, rule), scaled, 20));
    }
  }

  @ParameterizedTest
  @EnumSource
  void probabilitiesThatCannotBeDrawnFromAreRefused(Multinomial rule) {
    String range = "probabilities: expected finite numbers from 0, got ";
    assertRefused(rule, range + "-1.0 for class 1", 1, -1);
    assertRefused(rule, range + "NaN for class 0", Float.NaN, 1);
    assertRefused(rule, range + "Infinity for class 0", Float.POSITIVE_INFINITY, 1);
    assertRefused(rule, "probabilities: expected at least one above 0, got none among 2", 0, -0f);
    assertRefused(rule, "probabilities: expected at least one above 0, got none among 0");
  }

  @Test
  void weightsWhoseSumIsBeyondFloatAreRefusedWhereTheirSumIsNeeded() {
    String message = "probabilities: expected a finite sum, got Infinity";
    assertRefused(Multinomial.SEARCH, message, 3e38f, 3e38f);
    assertEquals(0, new TorchCpuRandom(3, Multinomial.SCALAR).multinomial(floats("3e38 3e38")));
  }

  @ParameterizedTest
  @CsvSource({"MKL, 1", "SCALAR, 54", "SEARCH, 2"})
  void aDrawOf27ClassesTakesItsShareOfTheBits(Multinomial rule, int words) {
    for (long seed = 0; seed < 20; seed++) {
      TorchCpuRandom random = new TorchCpuRandom(seed, rule);
      random.multinomial(countProbabilities()[0]);
      assertEquals(new TorchCpuRandom(seed).rand(words + 1)[words], random.rand(1)[0]);
    }
  }

  @Test
  void aRefusedDrawTakesNothingFromTheGenerator() {
    TorchCpuRandom random = new TorchCpuRandom(9);
    assertThrows(IllegalArgumentException.class, () -> random.multinomial(new float[] {0}));
    assertThrows(IllegalArgumentException.class, () -> random.multinomial(new float[] {1}, 0));
    assertArrayEquals(new TorchCpuRandom(9).rand(3), random.rand(3));
  }

  /// The numbers of a text, parted by spaces.
  static float[] floats(String text) {
    String[] words = text.split(" ", -1);
    float[] values = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      values[i] = Float.parseFloat(words[i]);
    }
    return values;
  }

  private static float[][] countProbabilities() {
    return GoldenFile.published("bigram-counts.csv").stream()
        .map(row -> normalised(floats(row.stream().skip(1).collect(Collectors.joining(" ")))))
        .toArray(float[][]::new);
  }

  private static float[] normalised(float[] weights) {
    float sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    float[] probabilities = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      probabilities[i] = weights[i] / sum;
    }
    return probabilities;
  }

  private static String name(float[][] probabilities, TorchCpuRandom random) {
    StringBuilder name = new StringBuilder();
    int letter = 0;
    do {
      letter = random.multinomial(probabilities[letter]);
      name.append(LETTERS.charAt(letter));
    } while (letter != 0);
    return name.toString();
  }

  private static int[] singles(TorchCpuRandom random, float[] weights, int draws) {
    return IntStream.range(0, draws).map(i -> random.multinomial(weights)).toArray();
  }

  private static String joined(int[] classes, String separator) {
    return Arrays.stream(classes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(separator));
  }

  private static void assertRefused(Multinomial rule, String message, float... weights) {
    TorchCpuRandom random = new TorchCpuRandom(3, rule);
    var single = assertThrows(IllegalArgumentException.class, () -> random.multinomial(weights));
    assertEquals(message, single.getMessage());
    var several =
        assertThrows(IllegalArgumentException.class, () -> random.multinomial(weights, 2));
    assertEquals(message, several.getMessage());
  }
}
