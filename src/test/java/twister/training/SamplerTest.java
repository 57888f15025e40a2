package twister.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import twister.data.Contexts;
import twister.data.Corpus;
import twister.data.NgramCounts;
import twister.data.Ngrams;
import twister.data.Vocabulary;
import twister.model.CountsModel;
import twister.model.SoftmaxModel;
import twister.random.Multinomial;
import twister.spec.Generator;
import twister.spec.SamplesSpec;

class SamplerTest {
  private static Contexts contexts(int order, String... words) {
    Corpus corpus = new Corpus("test", List.of(words), 0, "");
    return Ngrams.of(corpus, Vocabulary.of(corpus), order).contexts();
  }

  private static List<String> names(double[] probabilities, int count, int lengthLimit) {
    Contexts contexts = contexts(2, "a");
    return new Sampler(spec(count, lengthLimit, Optional.empty()), contexts)
        .names(new NgramWords(contexts, table(2, probabilities)));
  }

  /// @param probabilities (V, V), row-major
  private static SoftmaxModel table(int symbols, double[] probabilities) {
    double[] logits = Arrays.stream(probabilities).map(Math::log).toArray();
    return new SoftmaxModel(logits, symbols, symbols);
  }

  private static SamplesSpec spec(int count, int lengthLimit, Optional<SamplesSpec.Along> along) {
    return new SamplesSpec(
        count, Generator.TORCH_CPU, 1, lengthLimit, Optional.of(Multinomial.MKL), along);
  }

  @Test
  void modelThatNeverEndsAWordIsCutAtTheLimit() {
    assertEquals(List.of("aaaaaaa", "aaaaaaa"), names(new double[] {0, 1, 0, 1}, 2, 7));
  }

  @Test
  void wordThatEndsCarriesItsBoundary() {
    assertEquals(List.of("a.", "a.", "a."), names(new double[] {0, 1, 1, 0}, 3, 7));
  }

  @Test
  void namesBeginWithThePrefixWhichCountsTowardsTheLimit() {
    Contexts contexts = contexts(2, "ab");
    double[] alwaysB = {0, 1, 0, 0, 0, 1, 0, 0, 1};
    Sampler sampler = new Sampler(spec(2, 5, Optional.empty()), contexts);
    assertEquals(
        List.of("aabbb", "aabbb"),
        sampler.names(new NgramWords(contexts, table(3, alwaysB)), "aa", 1));
  }

  /// The softmax of log(p) / T, by PyTorch 2.13: `torch.softmax(torch.log(p) / T, 0)`.
  @Test
  void temperatureDividesTheLogits() {
    float[] p = {0.5f, 0.25f, 0.25f, 0};
    assertArrayEquals(
        new float[] {0.6666667f, 0.16666667f, 0.16666667f, 0}, Sampler.at(0.5, p), 1e-7f);
    assertArrayEquals(
        new float[] {0.41421357f, 0.29289323f, 0.29289323f, 0}, Sampler.at(2, p), 1e-7f);
    assertArrayEquals(new float[] {1, 0, 0, 0}, Sampler.at(1e-6, p), 0);
    assertArrayEquals(
        new float[] {0.33333334f, 0.33333334f, 0.33333334f, 0}, Sampler.at(1e9, p), 1e-7f);
  }

  @Test
  void smallProbabilitiesDoNotVanishAtLowTemperatures() {
    float[] p = {1e-30f, 1e-30f, 0};
    assertArrayEquals(new float[] {0.5f, 0.5f, 0}, Sampler.at(0.1, p), 0);
  }

  @Test
  void wordIsCutWhereTheCorpusHasNoSuchContext() {
    // The contexts are "..", ".a" and "ab"; after "ab" and another b comes "bb".
    double[] alwaysB = {0, 1, 0, 0, 0, 1, 0, 0, 1};
    Contexts contexts = contexts(3, "ab");
    Sampler sampler = new Sampler(spec(1, 7, Optional.empty()), contexts);
    assertEquals(List.of("abb"), sampler.names(new NgramWords(contexts, table(3, alwaysB))));
  }

  @Test
  void setsAreEqualOnlyWhenTheGeneratorIsReseeded() {
    Contexts contexts = contexts(2, "a");
    double[] probabilities = {0.2, 0.8, 0.2, 0.8};
    WordModel model = new NgramWords(contexts, table(2, probabilities));
    SamplesSpec.Along anew = new SamplesSpec.Along(5, true);
    Sampler reseeded = new Sampler(spec(3, 99, Optional.of(anew)), contexts);
    assertEquals(reseeded.names(model), reseeded.names(model));

    SamplesSpec.Along on = new SamplesSpec.Along(5, false);
    Sampler goingOn = new Sampler(spec(3, 99, Optional.of(on)), contexts);
    List<String> both = new ArrayList<>(goingOn.names(model));
    both.addAll(goingOn.names(model));
    Sampler atOnce = new Sampler(spec(6, 99, Optional.empty()), contexts);
    assertEquals(atOnce.names(model), both);
  }

  @Test
  void noNamesAreDrawnWhenNoneAreWanted() {
    assertEquals(List.of(), names(new double[] {0, 1, 1, 0}, 0, 7));
  }

  @Test
  void prefixWithAnUnknownContextInsideOfItIsNoObstacle() {
    double[] alwaysB = {0, 1, 0, 0, 0, 1, 0, 0, 1};
    Contexts contexts = contexts(3, "ab");
    NgramWords model = new NgramWords(contexts, table(3, alwaysB));
    Sampler sampler = new Sampler(spec(1, 7, Optional.empty()), contexts);
    assertEquals(List.of("bb"), sampler.names(model, "bb", 1));
    assertEquals(List.of("bbabb"), sampler.names(model, "bbab", 1));
  }

  @Test
  void pieceOfTextFollowsWhatTheTextBeginsWith() {
    Corpus corpus = new Corpus("text", List.of("abcabcabc"), 0, "", OptionalInt.empty());
    Ngrams ngrams = Ngrams.of(corpus, Vocabulary.of(corpus), 3);
    NgramWords model =
        new NgramWords(ngrams.contexts(), new CountsModel(NgramCounts.of(ngrams.examples()), 0));
    Sampler sampler = new Sampler(spec(2, 5, Optional.empty()), ngrams.contexts());
    assertEquals(List.of("cabca", "cabca"), sampler.names(model));
    assertEquals(List.of("bcabc", "bcabc"), sampler.names(model, "bc", 1));
  }

  /// Trigrams of `aab` smoothed by 1: after `bb`, which does not occur, comes the mean of what
  /// comes after `ab`, the only context that ends with `b`. The text goes on to its length.
  @Test
  void textGoesOnAfterWhatDoesNotOccur() {
    Corpus corpus = new Corpus("test", List.of("aabaab"), 0, "", OptionalInt.empty());
    Ngrams ngrams = Ngrams.of(corpus, Vocabulary.of(corpus), 3);
    CountsModel table = new CountsModel(NgramCounts.of(ngrams.examples()), 1);
    NgramWords model = new NgramWords(ngrams.contexts(), table);
    assertArrayEquals(new float[] {2f / 3, 1f / 3}, model.word(new int[] {1, 1}).next(), 1e-7f);
    new Sampler(spec(20, 50, Optional.empty()), ngrams.contexts())
        .names(model)
        .forEach(text -> assertEquals(50, text.length(), text));
  }
}
