package twister.training;

import java.util.List;
import java.util.stream.Stream;
import twister.data.Vocabulary;
import twister.random.TorchCpuRandom;
import twister.random.TorchCudaRandom;
import twister.random.TorchRandom;
import twister.spec.SamplesSpec;

/// Draws sets of names from a model, symbol by symbol, from the boundary to the boundary.
public final class Sampler {
  private final SamplesSpec spec;
  private final Vocabulary vocabulary;
  private TorchRandom random;

  /// @param vocabulary that of the models to draw from
  public Sampler(SamplesSpec spec, Vocabulary vocabulary) {
    this.spec = spec;
    this.vocabulary = vocabulary;
    random = generator(spec);
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
  ///   where the model knows nothing: a context came up that the corpus does not have
  public List<String> names(WordModel model) {
    if (spec.along().isPresent() && spec.along().get().reseed()) {
      random = generator(spec);
    }
    return Stream.generate(() -> name(model.word())).limit(spec.count()).toList();
  }

  private String name(WordModel.Word word) {
    StringBuilder name = new StringBuilder();
    int boundary = vocabulary.index(Vocabulary.BOUNDARY);
    for (int letters = 0; letters < spec.lengthLimit(); letters++) {
      float[] next = word.next();
      if (next.length == 0) {
        break;
      }
      int symbol = random.multinomial(next);
      name.append(vocabulary.symbol(symbol));
      if (symbol == boundary) {
        break;
      }
      word.append(symbol);
    }
    return name.toString();
  }
}
