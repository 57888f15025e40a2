package twister.training;

import java.util.List;
import java.util.stream.Stream;
import twister.data.Contexts;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;
import twister.random.TorchCpuRandom;
import twister.random.TorchCudaRandom;
import twister.random.TorchRandom;
import twister.spec.SamplesSpec;

/// Draws sets of names from an n-gram model, symbol by symbol, from the boundary to the boundary.
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

  private static TorchRandom generator(SamplesSpec spec) {
    return switch (spec.generator()) {
      case TORCH_CPU -> new TorchCpuRandom(spec.seed(), spec.multinomial().orElseThrow());
      case TORCH_CUDA -> new TorchCudaRandom(spec.seed());
    };
  }

  /// Draws the next set of names, one after the other.
  ///
  /// @param model (C, V)
  /// @return each name with the boundary that ends it; one without was cut at the length limit, or
  ///     where a context came up that the corpus does not have
  public List<String> names(ProbabilityTable model) {
    if (spec.along().isPresent() && spec.along().get().reseed()) {
      random = generator(spec);
    }
    return Stream.generate(() -> name(model)).limit(spec.count()).toList();
  }

  private String name(ProbabilityTable model) {
    StringBuilder name = new StringBuilder();
    int boundary = contexts.vocabulary().index(Vocabulary.BOUNDARY);
    int context = Contexts.BEGINNING;
    for (int letters = 0; letters < spec.lengthLimit() && context >= 0; letters++) {
      int symbol = random.multinomial(model.row(context));
      name.append(contexts.vocabulary().symbol(symbol));
      if (symbol == boundary) {
        break;
      }
      context = contexts.next(context, symbol);
    }
    return name.toString();
  }
}
