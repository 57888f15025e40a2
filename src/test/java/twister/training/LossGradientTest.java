package twister.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.data.Contexts;
import twister.data.Corpus;
import twister.data.Ngrams;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;
import twister.model.SoftmaxModel;

class LossGradientTest {
  private static final List<String> WORDS = List.of("emma", "olivia", "ava");
  private static final Corpus CORPUS = new Corpus("words", WORDS, 0, "");

  private static List<ScoredWord.Ngram> ngrams(ProbabilityTable model, Contexts contexts) {
    return WORDS.stream()
        .flatMap(word -> ScoredWord.of(word, model, contexts).ngrams().stream())
        .toList();
  }

  private static ProbabilityTable model(double[] weights, Contexts contexts) {
    return new SoftmaxModel(weights, contexts.size(), contexts.vocabulary().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void gradientIsTheDifferenceOfLossesNearby(int order) {
    Contexts contexts = Ngrams.of(CORPUS, Vocabulary.of(WORDS), order).contexts();
    int symbols = contexts.vocabulary().size();
    int size = contexts.size() * symbols;
    double[] weights = new Random(order).doubles(size, -2, 2).toArray();
    ProbabilityTable model = model(weights, contexts);
    SortedMap<Integer, double[]> rows = LossGradient.rows(ngrams(model, contexts), model);
    double step = 1e-5;
    for (int i = 0; i < weights.length; i++) {
      double weight = weights[i];
      weights[i] = weight + step;
      double above = Score.of(ngrams(model(weights, contexts), contexts)).nll();
      weights[i] = weight - step;
      double below = Score.of(ngrams(model(weights, contexts), contexts)).nll();
      weights[i] = weight;
      double[] row = rows.getOrDefault(i / symbols, new double[symbols]);
      assertEquals((above - below) / (2 * step), row[i % symbols], 1e-9);
    }
  }
}
