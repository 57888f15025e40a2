package twister.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The kernels of a training over every example on GPUs, two for a step: a work group goes once
/// through a chunk of examples of one context, from logits to gradient; then a work group for each
/// context adds up its chunks and goes down the gradient.
///
/// N examples, ordered by context and cut into Q chunks of one context each; G runs of a pass, of R
/// in all; C contexts, V symbols, T threads of a group. A launch may hold several steps, as tasks
/// of their own, which know their place by the scalar `offset`; those beyond the last step of the
/// launch do nothing. Every sum is that of one thread in the order of the examples, or of threads
/// that are added up in a fixed order.
final class FusedExamplesKernels {
  /// Places in `control`, after the ticket.
  static final int CONTEXTS = 1;

  static final int CHUNKS = 2;
  static final int PHASES = 3;

  /// The number of runs in all, R.
  static final int ALL_RUNS = 4;

  /// The first run of this pass.
  static final int FIRST_RUN = 5;

  /// How many runs the pass has.
  static final int RUNS = 6;

  /// The row of the losses that the first step of this launch writes.
  static final int SLOT = 7;

  /// The number of the first step of this launch, for the learning rate.
  static final int STEP = 8;

  /// How many steps this launch does.
  static final int STEPS = 9;

  /// 1 to train, 0 to compute the losses only.
  static final int UPDATES = 10;

  /// 1 if an update takes the sum of all gradients so far, else 0.
  static final int ACCUMULATES = 11;

  static final int CONTROL_SIZE = 12;

  /// Places in the receipts.
  static final int SUM_CHUNKS = 0;

  static final int UPDATE_CONTEXTS = 1;
  static final int KERNELS = 2;

  private FusedExamplesKernels() {}

  /// Softmax, negative log likelihood and gradient of the examples of each chunk.
  ///
  /// @param contexts (N)
  /// @param targets (N)
  /// @param chunkStarts (Q + 1), the first example of each chunk, and N
  /// @param weights (R, C, V)
  /// @param partials (G, Q, V + 1), the sum of probabilities minus one-hot targets, and of the
  ///   negative log likelihoods
  /// @param symbols V
  /// @param threads T, a multiple of 4
  /// @param offset the place of the step in the launch
  static void sumChunks(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray contexts,
      IntArray targets,
      IntArray chunkStarts,
      FloatArray weights,
      FloatArray partials,
      int symbols,
      int threads,
      int offset) {
    // A column for each thread's sums, and one more for each quarter of them: so threads that add
    // up quarters
    // of neighbouring rows meet in no bank of the local memory.
    int quarter = threads / 4 + 1;
    float[] shared = context.allocateFloatLocalArray((symbols + 1) * 4 * (threads / 4 + 1));
    int thread = context.localIdx;
    LaunchProof.sign(control, receipts, SUM_CHUNKS, context.globalIdx);
    int chunks = control.get(CHUNKS);
    int run = context.groupIdx / chunks;
    int chunk = context.groupIdx - run * chunks;
    int base = (control.get(FIRST_RUN) + run) * control.get(CONTEXTS) * symbols;
    int from = chunkStarts.get(chunk);
    int to =
        offset < control.get(STEPS) && run < control.get(RUNS) ? chunkStarts.get(chunk + 1) : from;
    float[] e = new float[symbols];
    float[] sums = new float[symbols];
    for (int k = 0; k < symbols; k++) {
      sums[k] = 0f;
    }
    float nll = 0f;
    for (int i = from + thread; i < to; i += threads) {
      int row = base + contexts.get(i) * symbols;
      int target = targets.get(i);
      float logit = weights.get(row + target);
      for (int k = 0; k < symbols; k++) {
        e[k] = weights.get(row + k);
      }
      float largest = RegisterRow.largest(e, symbols);
      for (int k = 0; k < symbols; k++) {
        e[k] = TornadoMath.exp(e[k] - largest);
      }
      float sum = RegisterRow.sum(e, symbols);
      nll += (largest - logit) + TornadoMath.log(sum);
      float scale = 1f / sum;
      for (int k = 0; k < symbols; k++) {
        sums[k] = sums[k] + (e[k] * scale - (k == target ? 1f : 0f));
      }
    }
    int column = thread / (threads / 4) * quarter + thread % (threads / 4);
    for (int k = 0; k < symbols; k++) {
      shared[k * 4 * quarter + column] = sums[k];
    }
    shared[symbols * 4 * quarter + column] = nll;
    context.localBarrier();
    for (int part = thread; part < (symbols + 1) * 4; part += threads) {
      float all = 0f;
      for (int i = 0; i < threads / 4; i++) {
        all += shared[part * quarter + i];
      }
      shared[part * quarter + threads / 4] = all;
    }
    context.localBarrier();
    if (offset < control.get(STEPS) && run < control.get(RUNS)) {
      for (int k = thread; k <= symbols; k += threads) {
        int at = k * 4 * quarter + threads / 4;
        float all =
            (shared[at] + shared[at + quarter])
                + (shared[at + 2 * quarter] + shared[at + 3 * quarter]);
        partials.set(context.groupIdx * (symbols + 1) + k, all);
      }
    }
  }

  /// Gradient descent: adds up the chunks of each context, by `parts` threads for each symbol and
  /// for the loss.
  ///
  /// @param contextChunks (C + 1), the first chunk of each context, and Q
  /// @param partials (G, Q, V + 1)
  /// @param scale (1), `1 / N`
  /// @param until (R, phases), the first step after each phase
  /// @param rates (R, phases), learning rates
  /// @param decay (R), `2 l2 / (C V)`
  /// @param weights (R, C, V)
  /// @param accumulated (R, C, V), the sum of the gradients so far; not touched unless they
  ///   accumulate
  /// @param losses (slots, R, C, 2): the sum over examples of a context, then that of its squared
  ///   weights
  /// @param symbols V
  /// @param parts at most as many as a group has threads for
  /// @param offset the place of the step in the launch
  static void updateContexts(
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
      FloatArray losses,
      int symbols,
      int parts,
      int offset) {
    float[] shared = context.allocateFloatLocalArray((symbols + 1) * parts);
    float[] squares = context.allocateFloatLocalArray(symbols);
    int thread = context.localIdx;
    LaunchProof.sign(control, receipts, UPDATE_CONTEXTS, context.globalIdx);
    int contexts = control.get(CONTEXTS);
    int runOfPass = context.groupIdx / contexts;
    int c = context.groupIdx - runOfPass * contexts;
    if (offset < control.get(STEPS) && runOfPass < control.get(RUNS)) {
      int part = thread / (symbols + 1);
      int k = thread - part * (symbols + 1);
      int first = runOfPass * control.get(CHUNKS);
      if (part < parts) {
        float sum = 0f;
        for (int chunk = contextChunks.get(c) + part;
            chunk < contextChunks.get(c + 1);
            chunk += parts) {
          sum += partials.get((first + chunk) * (symbols + 1) + k);
        }
        shared[part * (symbols + 1) + k] = sum;
      }
      context.localBarrier();
      int run = control.get(FIRST_RUN) + runOfPass;
      int slot = ((control.get(SLOT) + offset) * control.get(ALL_RUNS) + run) * contexts + c;
      if (part == 0) {
        float sum = 0f;
        for (int i = 0; i < parts; i++) {
          sum += shared[i * (symbols + 1) + k];
        }
        if (k < symbols) {
          int place = (run * contexts + c) * symbols + k;
          float old = weights.get(place);
          squares[k] = old * old;
          if (control.get(UPDATES) != 0) {
            float rate =
                Schedules.rate(until, rates, control.get(PHASES), run, control.get(STEP) + offset);
            float gradient = sum * scale.get(0) + decay.get(run) * old;
            if (control.get(ACCUMULATES) != 0) {
              gradient += accumulated.get(place);
              accumulated.set(place, gradient);
            }
            weights.set(place, old - rate * gradient);
          }
        } else {
          losses.set(slot * 2, sum);
        }
      }
      context.localBarrier();
      if (thread == symbols) {
        float all = 0f;
        for (int i = 0; i < symbols; i++) {
          all += squares[i];
        }
        losses.set(slot * 2 + 1, all);
      }
    }
  }
}
