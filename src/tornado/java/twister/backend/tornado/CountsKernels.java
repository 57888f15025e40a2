package twister.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The kernels of a training over the count table: one thread trains one row of one run through all
/// steps of a launch, with its weights in private memory, for a row never meets another row.
///
/// R runs in all, of which a launch trains G; C contexts, V symbols, S steps; a pair is `context *
/// G + run`. Everything that could differ between two launches stands in `control`, for scalars are
/// compiled in; only V and the size of the private arrays are such constants, hidden from
/// TornadoVM's compiler by [RowArithmetic#length].
final class CountsKernels {
  /// Places in `control`, after the ticket.
  static final int PAIRS = 1;

  static final int RUNS = 2;
  static final int CONTEXTS = 3;
  static final int STEPS = 4;
  static final int FIRST_STEP = 5;

  /// 1 to train, 0 to compute the losses of one step only.
  static final int UPDATES = 6;

  static final int PHASES = 7;

  /// The first run of these, among all that `until`, `rates` and `decay` hold.
  static final int FIRST_RUN = 8;

  /// 1 if an update takes the sum of all gradients so far, else 0.
  static final int ACCUMULATES = 9;

  static final int CONTROL_SIZE = 10;

  /// Places in the receipts.
  static final int TRAIN_ROWS = 0;

  static final int SUM_ROWS = 1;
  static final int TASKS = 2;

  private CountsKernels() {}

  /// Trains the rows.
  ///
  /// @param frequencies (C, V), counts divided by the number of examples
  /// @param rowFrequencies (C), their sums
  /// @param until (R, phases), the first step after each phase
  /// @param rates (R, phases), learning rates
  /// @param decay (R), `2 l2 / (C V)`
  /// @param weights (C, G, V)
  /// @param accumulated (C, G, V), the sum of the gradients so far; not touched unless they
  ///   accumulate
  /// @param rowNll (S, C, G), what a row adds to the mean negative log likelihood, before each
  ///   update
  /// @param rowSquares (S, C, G), the sum of a row's squared weights
  /// @param symbols V
  /// @param capacity of a padded row
  static void trainRows(
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
      FloatArray rowNll,
      FloatArray rowSquares,
      int symbols,
      int capacity) {
    int pair = context.globalIdx;
    LaunchProof.sign(control, receipts, TRAIN_ROWS, pair);
    int pairs = control.get(PAIRS);
    if (pair < pairs) {
      int v = RowArithmetic.length(symbols, pairs);
      int phases = control.get(PHASES);
      int c = pair / control.get(RUNS);
      int run = control.get(FIRST_RUN) + pair - c * control.get(RUNS);
      int width = RowArithmetic.length(capacity, v);
      float[] w = new float[capacity];
      float[] e = new float[capacity];
      float[] n = new float[capacity];
      float[] g = new float[capacity];
      float kept = control.get(ACCUMULATES);
      RowArithmetic.pad(g, 0, width, 0f);
      if (kept != 0f) {
        for (int k = 0; k < v; k++) {
          g[k] = accumulated.get(pair * v + k);
        }
      }
      for (int k = 0; k < v; k++) {
        w[k] = weights.get(pair * v + k);
        n[k] = frequencies.get(c * v + k);
      }
      RowArithmetic.pad(n, v, width, 0f);
      float rowTotal = rowFrequencies.get(c);
      float l2 = decay.get(run);
      int steps = control.get(STEPS);
      for (int t = 0; t < steps; t++) {
        RowArithmetic.pad(w, v, width, w[0]);
        float largest = RowArithmetic.largest(w, width);
        for (int k = 0; k < width; k++) {
          e[k] = RowArithmetic.exp(w[k] - largest);
        }
        RowArithmetic.pad(e, v, width, 0f);
        RowArithmetic.pad(w, v, width, 0f);
        float sum = RowArithmetic.sum(e, width);
        float product = RowArithmetic.product(n, w, width);
        float squares = RowArithmetic.product(w, w, width);
        rowNll.set(t * pairs + pair, rowTotal * (largest + TornadoMath.log(sum)) - product);
        rowSquares.set(t * pairs + pair, squares);
        if (control.get(UPDATES) != 0) {
          int step = control.get(FIRST_STEP) + t;
          float rate = Schedules.rate(until, rates, phases, run, step);
          float scale = rowTotal / sum;
          for (int k = 0; k < width; k++) {
            g[k] = kept * g[k] + (scale * e[k] - n[k] + l2 * w[k]);
            w[k] = w[k] - rate * g[k];
          }
        }
      }
      if (kept != 0f) {
        for (int k = 0; k < v; k++) {
          accumulated.set(pair * v + k, g[k]);
        }
      }
      for (int k = 0; k < v; k++) {
        weights.set(pair * v + k, w[k]);
      }
    }
  }

  /// Adds up the rows of each step and run, with W. Kahan's compensation ("Further Remarks on
  /// Reducing Truncation Errors", 1965): there may be a hundred thousand of them.
  ///
  /// @param rowNll (S, C, G)
  /// @param rowSquares (S, C, G)
  /// @param losses (S, 2, G): mean negative log likelihood, then sum of the squared weights
  static void sumRows(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      FloatArray rowNll,
      FloatArray rowSquares,
      FloatArray losses) {
    int runs = control.get(RUNS);
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, SUM_ROWS, thread);
    if (thread < control.get(STEPS) * runs) {
      int step = thread / runs;
      int run = thread - step * runs;
      int contexts = control.get(CONTEXTS);
      float nll = 0f;
      float nllLost = 0f;
      float squares = 0f;
      float squaresLost = 0f;
      for (int c = 0; c < contexts; c++) {
        int row = (step * contexts + c) * runs + run;
        float more = rowNll.get(row) - nllLost;
        float sum = nll + more;
        nllLost = (sum - nll) - more;
        nll = sum;
        more = rowSquares.get(row) - squaresLost;
        sum = squares + more;
        squaresLost = (sum - squares) - more;
        squares = sum;
      }
      losses.set(step * 2 * runs + run, nll);
      losses.set((step * 2 + 1) * runs + run, squares);
    }
  }
}
