package twister.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The kernels of a training over every example, one for each stage of a step.
///
/// N examples, ordered by context and cut into Q chunks of one context each; G runs of a pass, of R
/// in all; C contexts, V symbols. Everything that could differ between two launches stands in
/// `control`, for scalars are compiled in; only `width`, the size of the private arrays, is such a
/// constant. That loops do not end at a constant also keeps them loops, which compilers for
/// processors vectorise.
final class ExamplesKernels {
  /// Places in `control`.
  static final int EXAMPLES = 0;

  static final int CONTEXTS = 1;
  static final int SYMBOLS = 2;
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

  static final int CONTROL_SIZE = 12;

  /// Places in the receipts.
  static final int ONE_HOT_LOGITS = 0;

  static final int SOFTMAX = 1;
  static final int NEGATIVE_LOG_LIKELIHOOD = 2;
  static final int GRADIENT = 3;
  static final int UPDATE_WEIGHTS = 4;
  static final int TASKS = 5;

  private ExamplesKernels() {}

  /// One-hot context times weights, which is the context's row of the weights; one thread for each
  /// example of each run.
  ///
  /// @param contexts (N)
  /// @param weights (R, C, V)
  /// @param logits (G, N, V)
  static void oneHotLogits(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray contexts,
      FloatArray weights,
      FloatArray logits) {
    int thread = context.globalIdx;
    Receipts.sign(receipts, ONE_HOT_LOGITS, thread);
    int n = control.get(EXAMPLES);
    if (thread < control.get(RUNS) * n) {
      int v = control.get(SYMBOLS);
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
  /// @param logSums (G, N), the logarithm of the sum of the exponentials
  /// @param width V
  static void softmax(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      FloatArray logits,
      FloatArray logSums,
      int width) {
    int thread = context.globalIdx;
    Receipts.sign(receipts, SOFTMAX, thread);
    if (thread < control.get(RUNS) * control.get(EXAMPLES)) {
      int v = control.get(SYMBOLS);
      float[] e = new float[width];
      for (int k = 0; k < v; k++) {
        e[k] = logits.get(thread * v + k);
      }
      float largest = e[0];
      for (int k = 1; k < v; k++) {
        largest = TornadoMath.max(largest, e[k]);
      }
      for (int k = 0; k < v; k++) {
        e[k] = Exponential.exp(e[k] - largest);
      }
      float sum = 0f;
      for (int k = 0; k < v; k++) {
        sum += e[k];
      }
      logSums.set(thread, largest + TornadoMath.log(sum));
      float scale = 1f / sum;
      for (int k = 0; k < v; k++) {
        logits.set(thread * v + k, e[k] * scale);
      }
    }
  }

  /// Partial sums of the negative log likelihood and of the squared weights; one thread for each
  /// part of each run. From the logits, for a probability may be 0 where its logarithm is finite.
  ///
  /// @param contexts (N)
  /// @param targets (N)
  /// @param weights (R, C, V)
  /// @param logSums (G, N)
  /// @param losses (slots, 2, R, P): the sum over examples, then the sum of squares
  static void negativeLogLikelihood(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray contexts,
      IntArray targets,
      FloatArray weights,
      FloatArray logSums,
      FloatArray losses) {
    int parts = control.get(PARTS);
    int thread = context.globalIdx;
    Receipts.sign(receipts, NEGATIVE_LOG_LIKELIHOOD, thread);
    if (thread < control.get(RUNS) * parts) {
      int n = control.get(EXAMPLES);
      int v = control.get(SYMBOLS);
      int runOfPass = thread / parts;
      int part = thread - runOfPass * parts;
      int run = control.get(FIRST_RUN) + runOfPass;
      int size = control.get(CONTEXTS) * v;
      int from = part * ((n + parts - 1) / parts);
      int to = TornadoMath.min(n, from + (n + parts - 1) / parts);
      float nll = 0f;
      for (int i = from; i < to; i++) {
        float logit = weights.get(run * size + contexts.get(i) * v + targets.get(i));
        nll += logSums.get(runOfPass * n + i) - logit;
      }
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

  /// Probabilities minus one-hot targets, added up over each chunk; one thread for each chunk of each
  /// run.
  ///
  /// @param chunkStarts (Q + 1), the first example of each chunk
  /// @param targets (N)
  /// @param probabilities (G, N, V)
  /// @param partials (G, Q, V)
  /// @param width V
  static void gradient(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray chunkStarts,
      IntArray targets,
      FloatArray probabilities,
      FloatArray partials,
      int width) {
    int chunks = control.get(CHUNKS);
    int thread = context.globalIdx;
    Receipts.sign(receipts, GRADIENT, thread);
    if (thread < control.get(RUNS) * chunks && control.get(UPDATES) != 0) {
      int v = control.get(SYMBOLS);
      int run = thread / chunks;
      int chunk = thread - run * chunks;
      int first = run * control.get(EXAMPLES);
      float[] sums = new float[width];
      for (int k = 0; k < v; k++) {
        sums[k] = 0f;
      }
      for (int i = chunkStarts.get(chunk); i < chunkStarts.get(chunk + 1); i++) {
        int row = (first + i) * v;
        for (int k = 0; k < v; k++) {
          sums[k] += probabilities.get(row + k);
        }
        sums[targets.get(i)] -= 1f;
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
      FloatArray weights) {
    int v = control.get(SYMBOLS);
    int size = control.get(CONTEXTS) * v;
    int thread = context.globalIdx;
    Receipts.sign(receipts, UPDATE_WEIGHTS, thread);
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
      int phases = control.get(PHASES);
      float rate = rates.get(run * phases);
      for (int phase = 1; phase < phases; phase++) {
        if (control.get(STEP) >= until.get(run * phases + phase - 1)) {
          rate = rates.get(run * phases + phase);
        }
      }
      float old = weights.get(run * size + weight);
      weights.set(
          run * size + weight, old - rate * (sum * scale.get(0) + decay.get(run) * old));
    }
  }
}
