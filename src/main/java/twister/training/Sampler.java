package twister.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import twister.data.Contexts;
import twister.data.Vocabulary;
import twister.random.TorchCpuRandom;
import twister.random.TorchCudaRandom;
import twister.random.TorchRandom;
import twister.spec.SamplesSpec;

/// Draws sets of names from a model, symbol by symbol, from the boundary to the boundary; or pieces
/// of text of one length.
public final class Sampler {
  private final SamplesSpec spec;
  private final Contexts contexts;
  private TorchRandom random;

  /// @param contexts those of the models to draw from
  public Sampler(SamplesSpec spec, Contexts contexts) {
    this.spec = spec;
    this.contexts = contexts;
    random = generator(spec);
  }

  /// How far its generator is, of which the next set of names follows.
  public long position() {
    return random.position();
  }

  /// Goes on where another one of the same settings and models was.
  ///
  /// @param position that of the other one
  public void skipTo(long position) {
    random.skipTo(position);
  }

  private static TorchRandom generator(SamplesSpec spec) {
    return switch (spec.generator()) {
      case TORCH_CPU -> new TorchCpuRandom(spec.seed(), spec.multinomial().orElseThrow());
      case TORCH_CUDA -> new TorchCudaRandom(spec.seed());
    };
  }

  /// Draws the next set of names, one after the other.
  ///
  /// @return each name with the boundary that ends it; one without was cut at the length limit, or
  ///   where the model knows nothing: a context came up that the corpus does not have. A piece of
  ///   text follows the symbols that the corpus begins with, and has as many symbols as the limit
  ///   says, or was cut there, too
  public List<String> names(WordModel model) {
    return names(model, "", 1);
  }

  /// Draws the next set of names, all with the same beginning.
  ///
  /// @param prefix of the vocabulary's symbols, which each name begins with
  /// @param temperature above 0; divides the logits, so that 1 leaves the probabilities alone
  /// @return as [#names(WordModel)], with the prefix
  public List<String> names(WordModel model, String prefix, double temperature) {
    if (spec.along().isPresent() && spec.along().get().reseed()) {
      random = generator(spec);
    }
    int[] before = contexts.beginning();
    int[] beginning = contexts.vocabulary().indices(prefix);
    int[] all = IntStream.concat(IntStream.of(before), IntStream.of(beginning)).toArray();
    int[] seen = Arrays.copyOfRange(all, beginning.length, all.length);
    return Stream.generate(() -> name(model.word(seen), beginning, temperature))
        .limit(spec.count())
        .toList();
  }

  private String name(WordModel.Word word, int[] beginning, double temperature) {
    Vocabulary vocabulary = contexts.vocabulary();
    StringBuilder name = new StringBuilder(vocabulary.text(beginning));
    for (int letters = beginning.length; letters < spec.lengthLimit(); letters++) {
      float[] next = word.next();
      if (next.length == 0) {
        break;
      }
      int symbol = random.multinomial(temperature == 1 ? next : at(temperature, next));
      name.append(vocabulary.symbol(symbol));
      if (vocabulary.isBoundary(symbol)) {
        break;
      }
      word.append(symbol);
    }
    return name.toString();
  }

  /// Probabilities at another temperature: p^(1/T), normalised. The largest is taken out before the
  /// power, so that none of the others overflows or all of them vanish.
  ///
  /// @param probabilities (V)
  static float[] at(double temperature, float[] probabilities) {
    double largest = 0;
    for (float p : probabilities) {
      largest = Math.max(largest, p);
    }
    double[] powers = new double[probabilities.length];
    double sum = 0;
    for (int v = 0; v < powers.length; v++) {
      powers[v] = Math.pow(probabilities[v] / largest, 1 / temperature);
      sum += powers[v];
    }
    float[] changed = new float[powers.length];
    for (int v = 0; v < powers.length; v++) {
      changed[v] = (float) (powers[v] / sum);
    }
    return changed;
  }
}
