package twister.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;
import twister.GoldenFile;
import twister.data.Contexts;
import twister.data.Corpus;
import twister.data.Examples;
import twister.data.Ngrams;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;
import twister.model.SoftmaxModel;
import twister.random.Multinomial;
import twister.spec.Generator;
import twister.spec.InitSpec;
import twister.spec.SamplesSpec;

/// The data and the settings of the public documents, and what they print.
final class Published {
  /// The seed of the documents' weights and samples.
  static final long SEED = 2147483647L;

  static final Vocabulary VOCABULARY = Vocabulary.of(List.of("abcdefghijklmnopqrstuvwxyz"));

  static final Contexts BIGRAMS = contexts();

  private static Contexts contexts() {
    Corpus alphabet = new Corpus("alphabet", List.of("abcdefghijklmnopqrstuvwxyz"), 0, "");
    return Ngrams.of(alphabet, VOCABULARY, 2).contexts();
  }

  /// In the order of the table of counts, which is not that of the words.
  static final Examples EXAMPLES = publishedExamples();

  /// Half a unit in the last place of a number printed with four decimals.
  static final double FOUR_DECIMALS = 0.5e-4 + 1e-6;

  private Published() {}

  private static Examples publishedExamples() {
    List<Integer> contexts = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    for (CSVRecord row : GoldenFile.published("bigram-counts.csv")) {
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

  static Examples examples(List<Integer> contexts, List<Integer> targets) {
    return new Examples(
        contexts.stream().mapToInt(i -> i).toArray(),
        targets.stream().mapToInt(i -> i).toArray(),
        VOCABULARY.size(),
        VOCABULARY.size());
  }

  static float[] initialWeights() {
    return SoftmaxModel.initialWeights(new InitSpec(Generator.TORCH_CPU, SEED), 27, 27);
  }

  static ProbabilityTable softmax(double[] weights) {
    return new SoftmaxModel(weights, 27, 27);
  }

  /// The names that a document prints.
  static List<String> names(String document, String model) {
    return GoldenFile.rows("samples.csv").stream()
        .filter(row -> row.get("document").equals(document) && row.get("model").equals(model))
        .map(row -> row.get("name"))
        .toList();
  }

  /// Names drawn as the documents draw them.
  static List<String> drawn(ProbabilityTable model, long seed, int count) {
    SamplesSpec spec =
        new SamplesSpec(
            count, Generator.TORCH_CPU, seed, 100, Optional.of(Multinomial.MKL), Optional.empty());
    return new Sampler(spec, BIGRAMS).names(new NgramWords(BIGRAMS, model));
  }

  /// Names drawn from logits as `torch.manual_seed(0)` has a GPU draw them.
  static List<String> drawnAsOnAGpu(double[] weights, int count) {
    SamplesSpec spec =
        new SamplesSpec(count, Generator.TORCH_CUDA, 0, 100, Optional.empty(), Optional.empty());
    return new Sampler(spec, BIGRAMS).names(new NgramWords(BIGRAMS, softmax(weights)));
  }
}
