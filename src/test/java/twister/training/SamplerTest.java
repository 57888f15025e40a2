package twister.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;
import twister.random.Multinomial;
import twister.spec.Generator;
import twister.spec.SamplesSpec;

class SamplerTest {
  private static final Vocabulary VOCABULARY = Vocabulary.of(List.of("a"));

  private static List<String> names(double[] probabilities, int count, int lengthLimit) {
    return new Sampler(new ProbabilityTable(2, 2, probabilities), VOCABULARY)
        .names(new SamplesSpec(count, Generator.TORCH_CPU, 1, lengthLimit, Optional.of(Multinomial.MKL)));
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
  void noNamesAreDrawnWhenNoneAreWanted() {
    assertEquals(List.of(), names(new double[] {0, 1, 1, 0}, 0, 7));
  }
}
