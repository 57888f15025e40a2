package twister.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The kernel of a training over every example on GPUs. A step has two launches of it, one after
/// the other: the first goes once through the examples, from logits to gradient, a work group for
/// each chunk of examples of one context; the second adds up the chunks and goes down the gradient.
/// Where the second of a step and the first of the next one follow each other, they are one launch:
/// each work group descends in the row of its own context, which all groups of a context do alike,
/// and goes on with its examples. So S steps are S + 1 launches, tasks of their own, which know
/// their place by the scalar `offset`; those beyond the last step do nothing.
///
/// N examples, ordered by context and cut into Q chunks of one context each; G runs of a pass, of R
/// in all; C contexts, V symbols, T threads of a group. Every sum is that of one thread in the
/// order of the examples, or of threads that are added up in a fixed order.
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

  /// The row of the losses that the first step writes.
  static final int SLOT = 7;

  /// The number of the first step, for the learning rate.
  static final int STEP = 8;

  /// How many steps there are.
  static final int STEPS = 9;

  /// 1 to train, 0 to compute the losses only.
  static final int UPDATES = 10;

  /// 1 if an update takes the sum of all gradients so far, else 0.
  static final int ACCUMULATES = 11;

  /// How many runs a pass has at most, G.
  static final int PASS = 12;

  static final int CONTROL_SIZE = 13;

  /// What a chunk's row of the table has: its first example, that after its last one, its context,
  /// the first chunk of that context, and the chunk after the last one of it.
  static final int START = 0;

  static final int END = 1;
  static final int CONTEXT = 2;
  static final int FIRST_CHUNK = 3;
  static final int END_CHUNK = 4;
  static final int TABLE_WIDTH = 5;

  private FusedExamplesKernels() {}

  /// Completes the step before: sum of the chunks of a context, gradient descent, loss. Then
  /// softmax, negative log likelihood and gradient of the examples of each chunk.
  ///
  /// Weights change in an odd launch from `weights` to `between`, in an even one back, so that no
  /// group reads what another one writes; and end in `weights`.
  ///
  /// @param targets (N)
  /// @param table (Q, 5), where chunks lie
  /// @param scale (1), `1 / N`
  /// @param until (R, phases), the first step after each phase
  /// @param rates (R, phases), learning rates
  /// @param decay (R), `2 l2 / (C V)`
  /// @param weights (R, C, V)
  /// @param accumulated (R, C, V), the sum of the gradients so far; not touched unless they
  ///   accumulate
  /// @param between (1, R, C, V), weights; if gradients accumulate (2, R, C, V), their sums too
  /// @param partials (2, G, Q, V + 1), of odd and even steps: the sum of probabilities minus
  ///   one-hot targets, and of the negative log likelihoods
  /// @param losses (slots, R, C, 2): the sum over examples of a context, then that of its squared
  ///   weights
  /// @param symbols V
  /// @param threads T, at least V + 1, a power of two
  /// @param parts how many threads work for a symbol, or for the loss, where something is added up;
  ///   a power of two, T has room for them
  /// @param reads how many chunks of a context each part has, at most
  /// @param offset the place of the launch, 0 to S
  static void sumChunks(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray targets,
      IntArray table,
      FloatArray scale,
      IntArray until,
      FloatArray rates,
      FloatArray decay,
      FloatArray weights,
      FloatArray accumulated,
      FloatArray between,
      FloatArray partials,
      FloatArray losses,
      int symbols,
      int threads,
      int parts,
      int reads,
      int offset) {
    // The row of weights, then (V + 1, T) sums of the threads, each part of a row's with a word
    // more:
    // so threads that add up parts meet in no bank of the local memory.
    int share = threads / parts;
    int width = parts * (share + 1);
    int columns = (symbols + 3) / 4 * 4;
    float[] shared =
        context.allocateFloatLocalArray(
            (symbols + 3) / 4 * 4 + (symbols + 1) * parts * (threads / parts + 1));
    float[] squares = context.allocateFloatLocalArray(symbols);
    int thread = context.localIdx;
    LaunchProof.sign(control, receipts, 0, context.globalIdx);
    int chunks = control.get(CHUNKS);
    int contexts = control.get(CONTEXTS);
    int phases = control.get(PHASES);
    int allRuns = control.get(ALL_RUNS);
    int runs = control.get(RUNS);
    int steps = control.get(STEPS);
    int step = control.get(STEP) + offset - 1;
    int slot = control.get(SLOT) + offset - 1;
    int updates = control.get(UPDATES);
    int accumulates = control.get(ACCUMULATES);
    int half = control.get(PASS) * chunks * (symbols + 1);
    int runOfPass = context.groupIdx / chunks;
    int chunk = context.groupIdx - runOfPass * chunks;
    int run = control.get(FIRST_RUN) + runOfPass;
    int from = table.get(chunk * TABLE_WIDTH + START) + thread;
    int to = table.get(chunk * TABLE_WIDTH + END);
    int c = table.get(chunk * TABLE_WIDTH + CONTEXT);
    int firstChunk = table.get(chunk * TABLE_WIDTH + FIRST_CHUNK);
    int lastChunk = table.get(chunk * TABLE_WIDTH + END_CHUNK) - 1;
    int row = (run * contexts + c) * symbols;
    boolean isOdd = offset % 2 == 1;
    boolean isTold = chunk == firstChunk;
    int next = from < to ? targets.get(from) : 0;
    // After the last step, one group of each context descends. One comparison: TornadoVM 5.2.0
    // makes
    // wrong code of a condition that has "or" in it.
    int reach = steps - TornadoMath.min(chunk - firstChunk, 1);
    if (runOfPass < runs && offset > 0 && offset <= reach) {
      // All reads first, beside each other: each takes as long as a hundred sums.
      int place = row + TornadoMath.min(thread, symbols - 1);
      int placeOfSum = allRuns * contexts * symbols + place;
      float old = isOdd ? weights.get(place) : between.get(place);
      float gradient = 0f;
      if (accumulates != 0) {
        gradient = isOdd ? accumulated.get(place) : between.get(placeOfSum);
      }
      float rate = Schedules.rate(until, rates, phases, run, step);
      float l2 = decay.get(run);
      float each = scale.get(0);
      int part = thread / (symbols + 1);
      int k = thread - part * (symbols + 1);
      int partial = (isOdd ? 0 : half) + runOfPass * chunks * (symbols + 1) + k;
      if (part < parts) {
        float sum = 0f;
        for (int i = 0; i < reads; i++) {
          int of = firstChunk + part + i * parts;
          float value = partials.get(partial + TornadoMath.min(of, lastChunk) * (symbols + 1));
          sum += of <= lastChunk ? value : 0f;
        }
        shared[columns + part * (symbols + 1) + k] = sum;
      }
      if (thread < symbols) {
        squares[thread] = old * old;
      }
      context.localBarrier();
      if (thread <= symbols) {
        float sum = 0f;
        for (int i = 0; i < parts; i++) {
          sum += shared[columns + i * (symbols + 1) + thread];
        }
        if (thread < symbols) {
          gradient += sum * each + l2 * old;
          float changed = old - rate * gradient;
          shared[thread] = changed;
          if (isTold && updates != 0) {
            if (isOdd && offset < steps) {
              between.set(place, changed);
              if (accumulates != 0) {
                between.set(placeOfSum, gradient);
              }
            } else {
              weights.set(place, changed);
              if (accumulates != 0) {
                accumulated.set(place, gradient);
              }
            }
          }
        } else if (isTold) {
          float ofSquares = 0f;
          for (int i = 0; i < symbols; i++) {
            ofSquares += squares[i];
          }
          int pair = ((slot * allRuns + run) * contexts + c) * 2;
          losses.set(pair, sum);
          losses.set(pair + 1, ofSquares);
        }
      }
      context.localBarrier();
    }
    if (runOfPass < runs && offset < steps) {
      if (offset == 0) {
        if (thread < symbols) {
          shared[thread] = weights.get(row + thread);
        }
        context.localBarrier();
      }
      int column = columns + thread / share * (share + 1) + thread % share;
      for (int k = 0; k <= symbols; k++) {
        shared[k * width + column] = 0f;
      }
      float[] e = new float[symbols];
      float[] sums = new float[symbols];
      for (int k = 0; k < symbols; k++) {
        sums[k] = 0f;
      }
      float nll = 0f;
      for (int i = from; i < to; i += threads) {
        int target = next;
        next = i + threads < to ? targets.get(i + threads) : 0;
        for (int k = 0; k < symbols; k++) {
          e[k] = shared[k];
        }
        float largest = RegisterRow.largest(e, symbols);
        float logit = shared[target];
        for (int k = 0; k < symbols; k++) {
          e[k] = TornadoMath.exp(e[k] - largest);
        }
        float sum = RegisterRow.sum(e, symbols);
        nll += (largest - logit) + TornadoMath.log(sum);
        float inverse = 1f / sum;
        for (int k = 0; k < symbols; k++) {
          sums[k] = sums[k] + e[k] * inverse;
        }
        shared[target * width + column] = shared[target * width + column] - 1f;
      }
      for (int k = 0; k < symbols; k++) {
        shared[k * width + column] = shared[k * width + column] + sums[k];
      }
      shared[symbols * width + column] = nll;
      context.localBarrier();
      if (thread < (symbols + 1) * parts) {
        int begin = columns + thread * (share + 1);
        float even = 0f;
        float odd = 0f;
        for (int i = 0; i < share; i += 2) {
          even += shared[begin + i];
          odd += shared[begin + i + 1];
        }
        shared[begin + share] = even + odd;
      }
      context.localBarrier();
      if (thread <= symbols) {
        float sum = 0f;
        for (int i = 0; i < parts; i++) {
          sum += shared[columns + thread * width + i * (share + 1) + share];
        }
        partials.set((isOdd ? half : 0) + context.groupIdx * (symbols + 1) + thread, sum);
      }
    }
  }
}
