package twister.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import twister.data.Contexts;
import twister.model.ProbabilityTable;

/// What an n-gram model says after symbols that do not occur together in its text: the mean of what
/// it says after all contexts that end as they do. As many of the last symbols count as occur at
/// the end of a context; where not even the last one does, the mean is that over all contexts.
///
/// A text goes on by it, as it has no end at which a sample could stop.
final class BackOff {
  private final Contexts contexts;
  private final ProbabilityTable table;

  /// Those found so far, by their last symbols.
  private final Map<List<Integer>, float[]> means = new HashMap<>();

  BackOff(Contexts contexts, ProbabilityTable table) {
    this.contexts = contexts;
    this.table = table;
  }

  /// The probabilities of the next symbol, (V).
  ///
  /// @param before (order - 1), which are no context
  float[] after(int[] before) {
    for (int length = before.length - 1; length > 0; length--) {
      float[] mean = mean(Arrays.copyOfRange(before, before.length - length, before.length));
      if (mean.length > 0) {
        return mean;
      }
    }
    return mean();
  }

  private float[] mean(int... ending) {
    return means.computeIfAbsent(
        Arrays.stream(ending).boxed().toList(), _ -> meanOfContextsEnding(ending));
  }

  private float[] meanOfContextsEnding(int[] ending) {
    double[] sums = new double[table.symbols()];
    int found = 0;
    for (int context = 0; context < contexts.size(); context++) {
      if (contexts.endsWith(context, ending)) {
        found++;
        for (int v = 0; v < sums.length; v++) {
          sums[v] += table.probability(context, v);
        }
      }
    }
    float[] mean = new float[found == 0 ? 0 : sums.length];
    for (int v = 0; v < mean.length; v++) {
      mean[v] = (float) (sums[v] / found);
    }
    return mean;
  }
}
