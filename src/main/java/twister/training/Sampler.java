package twister.training;

import java.util.List;
import java.util.stream.Stream;
import twister.data.Vocabulary;
import twister.model.ProbabilityTable;
import twister.random.TorchCpuRandom;
import twister.random.TorchCudaRandom;
import twister.random.TorchRandom;
import twister.spec.SamplesSpec;

/// Draws names from a bigram model, symbol by symbol, from the boundary to the boundary.
public final class Sampler {
  private final ProbabilityTable probabilities;
  private final Vocabulary vocabulary;

  public Sampler(ProbabilityTable probabilities, Vocabulary vocabulary) {
    this.probabilities = probabilities;
    this.vocabulary = vocabulary;
  }

  /// Draws names one after the other from one generator.
  ///
  /// @return each name with the boundary that ends it; one without was cut at the length limit
  public List<String> names(SamplesSpec spec) {
    TorchRandom random =
        switch (spec.generator()) {
          case TORCH_CPU -> new TorchCpuRandom(spec.seed(), spec.multinomial().orElseThrow());
          case TORCH_CUDA -> new TorchCudaRandom(spec.seed());
        };
    float[][] rows = new float[probabilities.contexts()][];
    for (int c = 0; c < rows.length; c++) {
      rows[c] = probabilities.row(c);
    }
    return Stream.generate(() -> name(rows, random, spec.lengthLimit()))
        .limit(spec.count())
        .toList();
  }

  private String name(float[][] rows, TorchRandom random, int lengthLimit) {
    StringBuilder name = new StringBuilder();
    int boundary = vocabulary.index(Vocabulary.BOUNDARY);
    int symbol = boundary;
    for (int letters = 0; letters < lengthLimit; letters++) {
      symbol = random.multinomial(rows[symbol]);
      name.append(vocabulary.symbol(symbol));
      if (symbol == boundary) {
        break;
      }
    }
    return name.toString();
  }
}
