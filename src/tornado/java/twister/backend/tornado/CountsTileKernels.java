package twister.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The kernel of a training over the count table on GPUs: one launch for all steps.
///
/// A work group trains a tile of some contexts of some runs, one thread a row, whose weights stay
/// in registers through all steps. That takes loops whose lengths the compilers know, which they
/// unroll. The rows' losses are added up over the contexts of the tile in local memory, in their
/// order, so that a run has the same bits whatever it is trained beside. Places in `control` are
/// those of [CountsKernels].
final class CountsTileKernels {
  private CountsTileKernels() {}

  /// Trains the tiles.
  ///
  /// Threads beyond the last run or context train the last one again, and their work is thrown
  /// away: all threads of a group have to meet at its barriers.
  ///
  /// @param frequencies (C, V), counts divided by the number of examples
  /// @param rowFrequencies (C), their sums
  /// @param until (R, phases), the first step after each phase
  /// @param rates (R, phases), learning rates
  /// @param decay (R), `2 l2 / (C V)`
  /// @param weights (C, V, G), so that neighbouring threads read neighbours
  /// @param accumulated (C, V, G), the sum of the gradients so far; not touched unless they
  ///   accumulate
  /// @param losses (S, tiles, 2, G): what a tile adds to the mean negative log likelihood, before
  ///   each update, then the sum of its squared weights
  /// @param symbols V
  /// @param tileContexts contexts of a tile
  /// @param tileRuns runs of a tile
  /// @param accumulates 1 if an update takes the sum of all gradients so far, else 0
  static void trainTiles(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      FloatArray frequencies,
      FloatArray rowFrequencies,
      IntArray until,
      FloatArray rates,
      FloatArray decay,
      FloatArray weights,
      FloatArray accumulated,
      FloatArray losses,
      int symbols,
      int tileContexts,
      int tileRuns,
      int accumulates) {
    float[] n = context.allocateFloatLocalArray(tileContexts * symbols);
    // Each of two halves takes the losses of every second step: while some threads still add up
    // one, the
    // others write the next. So there is one barrier a step.
    float[] rowNll = context.allocateFloatLocalArray(2 * tileContexts * tileRuns);
    float[] rowSquares = context.allocateFloatLocalArray(2 * tileContexts * tileRuns);
    int thread = context.localIdx;
    LaunchProof.sign(control, receipts, CountsKernels.TRAIN_ROWS, context.globalIdx);
    int runs = control.get(CountsKernels.RUNS);
    int contexts = control.get(CountsKernels.CONTEXTS);
    int tiles = (contexts + tileContexts - 1) / tileContexts;
    int runTile = context.groupIdx / tiles;
    int tile = context.groupIdx - runTile * tiles;
    int row = thread / tileRuns;
    int lane = thread - row * tileRuns;
    int run = TornadoMath.min(runTile * tileRuns + lane, runs - 1);
    int c = TornadoMath.min(tile * tileContexts + row, contexts - 1);
    int inTile = TornadoMath.min(tileContexts, contexts - tile * tileContexts);
    for (int i = thread; i < tileContexts * symbols; i += tileContexts * tileRuns) {
      int from = TornadoMath.min(tile * tileContexts + i / symbols, contexts - 1);
      n[i] = frequencies.get(from * symbols + i - i / symbols * symbols);
    }
    float[] w = new float[symbols];
    float[] e = new float[symbols];
    float[] g = new float[symbols];
    for (int k = 0; k < symbols; k++) {
      w[k] = weights.get((c * symbols + k) * runs + run);
      g[k] = 0f;
    }
    if (accumulates == 1) {
      for (int k = 0; k < symbols; k++) {
        g[k] = accumulated.get((c * symbols + k) * runs + run);
      }
    }
    context.localBarrier();
    int ofAll = control.get(CountsKernels.FIRST_RUN) + run;
    float rowTotal = rowFrequencies.get(c);
    float l2 = decay.get(ofAll);
    int phases = control.get(CountsKernels.PHASES);
    int steps = control.get(CountsKernels.STEPS);
    int first = control.get(CountsKernels.FIRST_STEP);
    int own = row * symbols;
    for (int t = 0; t < steps; t++) {
      float largest = RegisterRow.largest(w, symbols);
      for (int k = 0; k < symbols; k++) {
        e[k] = TornadoMath.exp(w[k] - largest);
      }
      float sum = RegisterRow.sum(e, symbols);
      float rate = Schedules.rate(until, rates, phases, ofAll, first + t);
      float scale = rowTotal / sum;
      float product = 0f;
      float squares = 0f;
      for (int k = 0; k < symbols; k++) {
        float nk = n[own + k];
        float wk = w[k];
        product += nk * wk;
        squares += wk * wk;
        if (accumulates == 1) {
          g[k] = g[k] + ((scale * e[k] - nk) + l2 * wk);
          w[k] = wk - rate * g[k];
        } else {
          w[k] = wk - rate * ((scale * e[k] - nk) + l2 * wk);
        }
      }
      int half = (t & 1) * tileContexts * tileRuns;
      rowNll[half + thread] = rowTotal * (largest + TornadoMath.log(sum)) - product;
      rowSquares[half + thread] = squares;
      context.localBarrier();
      int place = (t * tiles + tile) * 2 * runs + run;
      if (row == 0) {
        float all = 0f;
        for (int i = 0; i < inTile; i++) {
          all += rowNll[half + i * tileRuns + lane];
        }
        if (runTile * tileRuns + lane < runs) {
          losses.set(place, all);
        }
      }
      if (row == tileContexts - 1) {
        float all = 0f;
        for (int i = 0; i < inTile; i++) {
          all += rowSquares[half + i * tileRuns + lane];
        }
        if (runTile * tileRuns + lane < runs) {
          losses.set(place + runs, all);
        }
      }
    }
    if (control.get(CountsKernels.UPDATES) != 0
        && runTile * tileRuns + lane < runs
        && tile * tileContexts + row < contexts) {
      for (int k = 0; k < symbols; k++) {
        weights.set((c * symbols + k) * runs + run, w[k]);
      }
      if (accumulates == 1) {
        for (int k = 0; k < symbols; k++) {
          accumulated.set((c * symbols + k) * runs + run, g[k]);
        }
      }
    }
  }
}
