package twister.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import twister.data.Contexts;
import twister.data.Corpus;
import twister.data.Ngrams;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;
import twister.random.Multinomial;
import twister.spec.Generator;
import twister.spec.SamplesSpec;

class SamplerTest {
  private static Contexts contexts(int order, String... words) {
    Corpus corpus = new Corpus("test", List.of(words), 0, "");
    return Ngrams.of(corpus, Vocabulary.of(corpus.words()), order).contexts();
  }

  private static List<String> names(double[] probabilities, int count, int lengthLimit) {
    return new Sampler(new ProbabilityTable(2, 2, probabilities), contexts(2, "a"))
        .names(new SamplesSpec(count, Generator.TORCH_CPU, 1, lengthLimit, Multinomial.MKL));
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
  void wordIsCutWhereTheCorpusHasNoSuchContext() {
    // The contexts are "..", ".a" and "ab"; after "ab" and another b comes "bb".
    double[] alwaysB = {0, 1, 0, 0, 0, 1, 0, 0, 1};
    Sampler sampler =
        new Sampler(new ProbabilityTable(3, 3, alwaysB), contexts(3, "ab"));
    assertEquals(
        List.of("abb"),
        sampler.names(new SamplesSpec(1, Generator.TORCH_CPU, 1, 7, Multinomial.MKL)));
  }

  @Test
  void noNamesAreDrawnWhenNoneAreWanted() {
    assertEquals(List.of(), names(new double[] {0, 1, 1, 0}, 0, 7));
  }
}
