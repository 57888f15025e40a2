package twister.training;

import java.util.List;
import java.util.stream.Stream;
import twister.data.Contexts;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;
import twister.random.TorchCpuRandom;
import twister.spec.SamplesSpec;

/// Draws names from an n-gram model, symbol by symbol, from the boundary to the boundary.
public final class Sampler {
  private final ProbabilityTable probabilities;
  private final Contexts contexts;
  private final Vocabulary vocabulary;

  /// @param probabilities (C, V)
  /// @param contexts C
  public Sampler(ProbabilityTable probabilities, Contexts contexts) {
    this.probabilities = probabilities;
    this.contexts = contexts;
    this.vocabulary = contexts.vocabulary();
  }

  /// Draws names one after the other from one generator.
  ///
  /// @return each name with the boundary that ends it; one without was cut at the length limit, or
  ///     where a context came up that the corpus does not have
  public List<String> names(SamplesSpec spec) {
    TorchCpuRandom random =
        switch (spec.generator()) {
          case TORCH_CPU -> new TorchCpuRandom(spec.seed(), spec.multinomial());
        };
    return Stream.generate(() -> name(random, spec.lengthLimit())).limit(spec.count()).toList();
  }

  private String name(TorchCpuRandom random, int lengthLimit) {
    StringBuilder name = new StringBuilder();
    int boundary = vocabulary.index(Vocabulary.BOUNDARY);
    int context = Contexts.BEGINNING;
    for (int letters = 0; letters < lengthLimit && context >= 0; letters++) {
      int symbol = random.multinomial(probabilities.row(context));
      name.append(vocabulary.symbol(symbol));
      if (symbol == boundary) {
        break;
      }
      context = contexts.next(context, symbol);
    }
    return name.toString();
  }
}
