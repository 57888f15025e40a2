package twister.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The kernels of a training over every example, one for each stage of a step.
///
/// N examples, ordered by context and cut into Q chunks of one context each; G runs of a pass, of R
/// in all; C contexts, V symbols. Everything that could differ between two launches stands in
/// `control`, for scalars are compiled in; only V and the size of the private arrays are such
/// constants, hidden from TornadoVM's compiler by [RowArithmetic#length].
final class ExamplesKernels {
  /// Places in `control`, after the ticket.
  static final int EXAMPLES = 1;

  static final int CONTEXTS = 2;
  static final int CHUNKS = 3;

  /// How many partial sums of a loss there are, P.
  static final int PARTS = 4;

  static final int PHASES = 5;

  /// The number of runs in all, R.
  static final int ALL_RUNS = 6;

  /// The first run of this pass, and how many there are.
  static final int FIRST_RUN = 7;

  static final int RUNS = 8;

  /// The row of the losses that this step writes.
  static final int SLOT = 9;

  /// The number of this step, for the learning rate.
  static final int STEP = 10;

  /// 1 to train, 0 to compute the losses only.
  static final int UPDATES = 11;

  /// 1 if an update takes the sum of all gradients so far, else 0.
  static final int ACCUMULATES = 12;

  static final int CONTROL_SIZE = 13;

  /// Places in the receipts.
  static final int ONE_HOT_LOGITS = 0;

  static final int SOFTMAX = 1;
  static final int NEGATIVE_LOG_LIKELIHOOD = 2;
  static final int GRADIENT = 3;
  static final int UPDATE_WEIGHTS = 4;
  static final int TASKS = 5;

  /// A product of sums of exponentials, each from 1 to V, above which the logarithm is taken: one
  /// logarithm costs as much as many multiplications.
  private static final float LARGE = 1e30f;

  private ExamplesKernels() {}

  /// One-hot context times weights, which is the context's row of the weights; one thread for each
  /// example of each run.
  ///
  /// @param contexts (N)
  /// @param weights (R, C, V)
  /// @param logits (G, N, V)
  /// @param symbols V
  static void oneHotLogits(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray contexts,
      FloatArray weights,
      FloatArray logits,
      int symbols) {
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, ONE_HOT_LOGITS, thread);
    int n = control.get(EXAMPLES);
    if (thread < control.get(RUNS) * n) {
      int v = RowArithmetic.length(symbols, control.get(EXAMPLES));
      int run = thread / n;
      int example = thread - run * n;
      int row = (control.get(FIRST_RUN) + run) * control.get(CONTEXTS) + contexts.get(example);
      for (int k = 0; k < v; k++) {
        logits.set(thread * v + k, weights.get(row * v + k));
      }
    }
  }

  /// Softmax in place; one thread for each example of each run.
  ///
  /// @param logits (G, N, V), becomes the probabilities
  /// @param largest (G, N), the largest logit of each example
  /// @param sums (G, N), the sum of the exponentials of what is above it
  /// @param symbols V
  /// @param capacity of a padded row
  static void softmax(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      FloatArray logits,
      FloatArray largest,
      FloatArray sums,
      int symbols,
      int capacity) {
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, SOFTMAX, thread);
    if (thread < control.get(RUNS) * control.get(EXAMPLES)) {
      int v = RowArithmetic.length(symbols, control.get(EXAMPLES));
      int width = RowArithmetic.length(capacity, v);
      float[] e = new float[capacity];
      for (int k = 0; k < v; k++) {
        e[k] = logits.get(thread * v + k);
      }
      RowArithmetic.pad(e, v, width, e[0]);
      float most = RowArithmetic.largest(e, width);
      for (int k = 0; k < width; k++) {
        e[k] = RowArithmetic.exp(e[k] - most);
      }
      RowArithmetic.pad(e, v, width, 0f);
      float sum = RowArithmetic.sum(e, width);
      largest.set(thread, most);
      sums.set(thread, sum);
      float scale = 1f / sum;
      for (int k = 0; k < v; k++) {
        logits.set(thread * v + k, e[k] * scale);
      }
    }
  }

  /// Partial sums of the negative log likelihood and of the squared weights; one thread for each
  /// part of each run. From the weights, for a probability may be 0 where its logarithm is finite.
  ///
  /// @param contexts (N)
  /// @param targets (N)
  /// @param weights (R, C, V)
  /// @param largest (G, N)
  /// @param sums (G, N)
  /// @param losses (slots, 2, R, P): the sum over examples, then the sum of squares
  /// @param symbols V
  static void negativeLogLikelihood(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray contexts,
      IntArray targets,
      FloatArray weights,
      FloatArray largest,
      FloatArray sums,
      FloatArray losses,
      int symbols) {
    int parts = control.get(PARTS);
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, NEGATIVE_LOG_LIKELIHOOD, thread);
    if (thread < control.get(RUNS) * parts) {
      int n = control.get(EXAMPLES);
      int v = RowArithmetic.length(symbols, control.get(EXAMPLES));
      int runOfPass = thread / parts;
      int part = thread - runOfPass * parts;
      int run = control.get(FIRST_RUN) + runOfPass;
      int size = control.get(CONTEXTS) * v;
      int from = part * ((n + parts - 1) / parts);
      int to = TornadoMath.min(n, from + (n + parts - 1) / parts);
      float nll = 0f;
      float product = 1f;
      for (int i = from; i < to; i++) {
        float logit = weights.get(run * size + contexts.get(i) * v + targets.get(i));
        nll += largest.get(runOfPass * n + i) - logit;
        product *= sums.get(runOfPass * n + i);
        if (product > LARGE) {
          nll += TornadoMath.log(product);
          product = 1f;
        }
      }
      nll += TornadoMath.log(product);
      float squares = 0f;
      for (int j = part; j < size; j += parts) {
        float weight = weights.get(run * size + j);
        squares += weight * weight;
      }
      int slot = control.get(SLOT) * 2 * control.get(ALL_RUNS);
      losses.set((slot + run) * parts + part, nll);
      losses.set((slot + control.get(ALL_RUNS) + run) * parts + part, squares);
    }
  }

  /// Probabilities minus one-hot targets, added up over each chunk; one thread for each chunk of
  /// each run.
  ///
  /// @param chunkStarts (Q + 1), the first example of each chunk
  /// @param targets (N)
  /// @param probabilities (G, N, V)
  /// @param partials (G, Q, V)
  /// @param symbols V
  /// @param capacity of a padded row
  static void gradient(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray chunkStarts,
      IntArray targets,
      FloatArray probabilities,
      FloatArray partials,
      int symbols,
      int capacity) {
    int chunks = control.get(CHUNKS);
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, GRADIENT, thread);
    if (thread < control.get(RUNS) * chunks && control.get(UPDATES) != 0) {
      int v = RowArithmetic.length(symbols, control.get(EXAMPLES));
      int run = thread / chunks;
      int chunk = thread - run * chunks;
      int first = run * control.get(EXAMPLES);
      float[] sums = new float[capacity];
      for (int k = 0; k < v; k++) {
        sums[k] = 0f;
      }
      for (int i = chunkStarts.get(chunk); i < chunkStarts.get(chunk + 1); i++) {
        int row = (first + i) * v;
        int target = targets.get(i);
        // One index only, or the sums would not be registers of a GPU.
        for (int k = 0; k < v; k++) {
          sums[k] = (sums[k] + probabilities.get(row + k)) - (k == target ? 1f : 0f);
        }
      }
      for (int k = 0; k < v; k++) {
        partials.set(thread * v + k, sums[k]);
      }
    }
  }

  /// Gradient descent: adds up the chunks of each context; one thread for each weight of each run.
  ///
  /// @param contextChunks (C + 1), the first chunk of each context
  /// @param partials (G, Q, V)
  /// @param scale (1), `1 / N`
  /// @param until (R, phases), the first step after each phase
  /// @param rates (R, phases), learning rates
  /// @param decay (R), `2 l2 / (C V)`
  /// @param weights (R, C, V)
  /// @param accumulated (R, C, V), the sum of the gradients so far; not touched unless they
  ///   accumulate
  /// @param symbols V
  static void updateWeights(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray contextChunks,
      FloatArray partials,
      FloatArray scale,
      IntArray until,
      FloatArray rates,
      FloatArray decay,
      FloatArray weights,
      FloatArray accumulated,
      int symbols) {
    int v = RowArithmetic.length(symbols, control.get(EXAMPLES));
    int size = control.get(CONTEXTS) * v;
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, UPDATE_WEIGHTS, thread);
    if (thread < control.get(RUNS) * size && control.get(UPDATES) != 0) {
      int runOfPass = thread / size;
      int weight = thread - runOfPass * size;
      int c = weight / v;
      int k = weight - c * v;
      int first = runOfPass * control.get(CHUNKS);
      float sum = 0f;
      for (int chunk = contextChunks.get(c); chunk < contextChunks.get(c + 1); chunk++) {
        sum += partials.get((first + chunk) * v + k);
      }
      int run = control.get(FIRST_RUN) + runOfPass;
      float rate = Schedules.rate(until, rates, control.get(PHASES), run, control.get(STEP));
      int place = run * size + weight;
      float old = weights.get(place);
      float gradient = sum * scale.get(0) + decay.get(run) * old;
      if (control.get(ACCUMULATES) != 0) {
        gradient += accumulated.get(place);
        accumulated.set(place, gradient);
      }
      weights.set(place, old - rate * gradient);
    }
  }
}
