package twister.backend.tornado;

import java.util.List;
import twister.backend.RunConfig;
import twister.spec.LearningRate;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The learning rates and L2 strengths of runs, as the kernels read them.
///
/// @param phases the greatest number of phases of any run
/// @param until (R, phases), the first step after each phase; the greatest number in the last one
/// @param rates (R, phases), learning rates
/// @param decay (R), `2 l2 / (C V)`, the factor of a weight in its gradient
record Schedules(int phases, IntArray until, FloatArray rates, FloatArray decay) {

  /// @param weights the number of weights of a run, C V
  static Schedules of(List<RunConfig> runs, int weights) {
    List<List<LearningRate.Phase>> all =
        runs.stream().map(run -> run.learningRate().phases()).toList();
    int phases = all.stream().mapToInt(List::size).max().orElseThrow();
    IntArray until = PageAlignedArrays.ints(runs.size() * phases);
    FloatArray rates = PageAlignedArrays.floats(runs.size() * phases);
    FloatArray decay = PageAlignedArrays.floats(runs.size());
    for (int run = 0; run < runs.size(); run++) {
      List<LearningRate.Phase> own = all.get(run);
      for (int i = 0; i < phases; i++) {
        LearningRate.Phase phase = own.get(Math.min(i, own.size() - 1));
        until.set(run * phases + i, phase.until());
        rates.set(run * phases + i, (float) phase.rate());
      }
      decay.set(run, (float) (2 * runs.get(run).l2() / weights));
    }
    return new Schedules(phases, until, rates, decay);
  }

  /// The learning rate of a step, for the kernels: that of the first phase that ends after it,
  /// found by halving, for a range test has as many phases as steps.
  ///
  /// @param until (R, phases)
  /// @param rates (R, phases)
  static float rate(IntArray until, FloatArray rates, int phases, int run, int step) {
    int low = run * phases;
    int high = low + phases - 1;
    while (low < high) {
      int middle = low + (high - low) / 2;
      if (step >= until.get(middle)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return rates.get(low);
  }
}
