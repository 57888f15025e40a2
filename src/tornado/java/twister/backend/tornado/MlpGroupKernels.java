package twister.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The kernels of multi-layer perceptrons on GPUs: a work group trains a run, through all steps of
/// a launch.
///
/// M examples of B symbols a batch, of V; embeddings of E numbers, D = B E inputs, H hidden units,
/// P parameters as [twister.model.MlpShape] lays them; all of them compiled in. A thread has a
/// hidden unit, or two threads have one where the group has that many, for every second example
/// each: the unit's weights stay in the registers of its threads, and so do their gradients. All
/// that threads tell each other goes through local memory; what does not fit there, W2 and a
/// transposed W1, through the device's caches. Every sum is that of one thread, or of threads that
/// are added up in a fixed order, so that a run has the same bits whatever it is trained beside.
final class MlpGroupKernels {
  /// Threads of a group: eight for each example of the largest batch.
  static final int THREADS = 256;

  static final int MOST_EXAMPLES = 32;

  /// Words of local memory that any device has: 48 KB.
  static final int LOCAL_WORDS = 12_288;

  /// Threads that share an example's symbols or inputs.
  private static final int LANES = 8;

  /// How many numbers the second stage of a sum over a group's threads has.
  private static final int STRANDS = 16;

  /// Places in `control`, after the ticket.
  static final int RUNS = 1;

  static final int STEPS = 2;
  static final int FIRST_STEP = 3;
  static final int PHASES = 4;

  /// The examples that the runs chose, (S, R, M).
  static final int CHOSEN = 5;

  /// How many examples there are in all, N, where their losses are computed.
  static final int EXAMPLES = 1;

  static final int EVALUATION_CONTROL_SIZE = 2;

  private MlpGroupKernels() {}

  /// The length of a row in local memory, such that several numbers are read at once.
  static int padded(int length) {
    return (length + 3) / 4 * 4;
  }

  /// Words of local memory that a group needs beside W2 and the transposed W1.
  static int localWords(int m, int b, int e, int h, int v) {
    int d = b * e;
    return m * (padded(d) + h + padded(v) + b + 2)
        + TornadoMath.max(2 * m * v, THREADS >= 2 * h ? h * (v + d + 1) : 0)
        + 3 * THREADS
        + STRANDS
        + v * (e + 1);
  }

  /// Whether W2 and the transposed W1 have room in local memory too.
  static boolean isWholeLocal(int m, int b, int e, int h, int v) {
    return localWords(m, b, e, h, v) + h * (v + padded(b * e)) <= LOCAL_WORDS;
  }

  /// Trains the runs.
  ///
  /// @param control with the examples that the runs chose
  /// @param contexts (N, B)
  /// @param targets (N)
  /// @param until (R, phases), the first step after each phase
  /// @param rates (R, phases), learning rates
  /// @param decay (R), `2 l2 / P`; where it is 0, nobody wants the squares
  /// @param parameters (R, P)
  /// @param transposed (R, H, D padded), W1 as the threads that have inputs read it
  /// @param losses (S, R, 2): the mean negative log likelihood, then the sum of the squared
  ///   parameters
  static void trainBatches(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray contexts,
      IntArray targets,
      IntArray until,
      FloatArray rates,
      FloatArray decay,
      FloatArray parameters,
      FloatArray transposed,
      FloatArray losses,
      int m,
      int b,
      int e,
      int h,
      int v) {
    int d = b * e;
    int dp = (d + 3) / 4 * 4;
    int vp = (v + 3) / 4 * 4;
    int w1 = v * e;
    int b1 = w1 + d * h;
    int w2 = b1 + h;
    int b2 = w2 + h * v;
    int size = b2 + v;
    int parts = THREADS >= 2 * h ? 2 : 1;
    boolean isWholeLocal = isWholeLocal(m, b, e, h, v);
    int quarters = (v + LANES - 1) / LANES;
    int inputQuarters = (d + LANES - 1) / LANES;
    float[] x = context.allocateFloatLocalArray(m * ((b * e + 3) / 4 * 4));
    float[] u = context.allocateFloatLocalArray(m * h);
    float[] dl = context.allocateFloatLocalArray(m * ((v + 3) / 4 * 4));
    // Half logits, (2, M, V); later what the second of a unit's threads has, (V + D + 1, H).
    float[] scratch =
        context.allocateFloatLocalArray(
            TornadoMath.max(2 * m * v, THREADS >= 2 * h ? h * (v + b * e + 1) : 0));
    float[] w2Shared = context.allocateFloatLocalArray(isWholeLocal ? h * v : 1);
    float[] w1Shared =
        context.allocateFloatLocalArray(isWholeLocal ? h * ((b * e + 3) / 4 * 4) : 1);
    float[] embeddings = context.allocateFloatLocalArray(v * e);
    float[] bias = context.allocateFloatLocalArray(v);
    float[] rowLargest = context.allocateFloatLocalArray(THREADS);
    float[] rowSum = context.allocateFloatLocalArray(THREADS);
    float[] squares = context.allocateFloatLocalArray(THREADS);
    float[] squareStrands = context.allocateFloatLocalArray(STRANDS);
    float[] nll = context.allocateFloatLocalArray(m);
    int[] symbols = context.allocateIntLocalArray(m * b);
    int[] wanted = context.allocateIntLocalArray(m);
    int thread = context.localIdx;
    int run = context.groupIdx;
    LaunchProof.sign(control, receipts, 0, context.globalIdx);
    int runs = control.get(RUNS);
    int steps = control.get(STEPS);
    int first = control.get(FIRST_STEP);
    int phases = control.get(PHASES);
    float l2 = decay.get(run);
    int base = run * size;
    int transposedBase = run * h * dp;
    float each = 1f / m;
    int unit = thread % h;
    int part = thread / h;
    int row = TornadoMath.min(thread / LANES, m - 1);
    int lane = thread % LANES;
    int pair = thread / LANES / 2;
    int half = thread / LANES % 2;
    int one = TornadoMath.min(pair * 2, m - 1);
    int other = TornadoMath.min(pair * 2 + 1, m - 1);
    float[] w1Own = new float[b * e + 1];
    float[] w2Own = new float[v];
    float[] w1Gradient = new float[b * e + 1];
    float[] w2Gradient = new float[v];
    for (int k = 0; k < d; k++) {
      w1Own[k] = parameters.get(base + w1 + k * h + unit);
    }
    w1Own[d] = parameters.get(base + b1 + unit);
    for (int k = 0; k < v; k++) {
      w2Own[k] = parameters.get(base + w2 + unit * v + k);
    }
    if (part == 0) {
      for (int k = 0; k < d; k++) {
        if (isWholeLocal) {
          w1Shared[unit * dp + k] = w1Own[k];
        } else {
          transposed.set(transposedBase + unit * dp + k, w1Own[k]);
        }
      }
      if (isWholeLocal) {
        for (int k = 0; k < v; k++) {
          w2Shared[unit * v + k] = w2Own[k];
        }
      }
    }
    for (int i = thread; i < v * e; i += THREADS) {
      embeddings[i] = parameters.get(base + i);
    }
    for (int i = thread; i < v; i += THREADS) {
      bias[i] = parameters.get(base + b2 + i);
    }
    context.localBarrier();
    for (int t = 0; t < steps; t++) {
      int chosen = CHOSEN + (t * runs + run) * m;
      for (int i = thread; i < m * b; i += THREADS) {
        symbols[i] = contexts.get(control.get(chosen + i / b) * b + i % b);
      }
      for (int i = thread; i < m; i += THREADS) {
        wanted[i] = targets.get(control.get(chosen + i));
      }
      context.localBarrier();
      for (int i = thread; i < m * d; i += THREADS) {
        int example = i / d;
        int input = i - example * d;
        x[example * dp + input] = embeddings[symbols[example * b + input / e] * e + input % e];
      }
      // The squares of what the thread changes in the end of the step.
      float own = 0f;
      if (l2 != 0f) {
        if (part == 0) {
          for (int k = 0; k <= d; k++) {
            own += w1Own[k] * w1Own[k];
          }
          for (int k = 0; k < v; k++) {
            own += w2Own[k] * w2Own[k];
          }
        }
        for (int i = thread; i < v * e; i += THREADS) {
          own += embeddings[i] * embeddings[i];
        }
        for (int i = thread; i < v; i += THREADS) {
          own += bias[i] * bias[i];
        }
      }
      squares[thread] = own;
      context.localBarrier();
      // Hidden units.
      if (part < parts) {
        for (int i = part; i < m; i += parts) {
          float sum = w1Own[d];
          for (int k = 0; k < d; k++) {
            sum += x[i * dp + k] * w1Own[k];
          }
          u[i * h + unit] = TornadoMath.tanh(sum);
        }
      }
      if (thread < STRANDS) {
        float all = 0f;
        for (int i = 0; i < THREADS / STRANDS; i++) {
          all += squares[thread * (THREADS / STRANDS) + i];
        }
        squareStrands[thread] = all;
      }
      context.localBarrier();
      // Logits: a thread has two examples, every eighth symbol, and half of the units.
      float[] ones = new float[(v + 7) / 8];
      float[] others = new float[(v + 7) / 8];
      for (int q = 0; q < quarters; q++) {
        ones[q] = 0f;
        others[q] = 0f;
      }
      int to = half == 0 ? h / 2 : h;
      for (int k = half == 0 ? 0 : h / 2; k < to; k++) {
        float ofOne = u[one * h + k];
        float ofOther = u[other * h + k];
        for (int q = 0; q < quarters; q++) {
          int symbol = TornadoMath.min(q * LANES + lane, v - 1);
          if (isWholeLocal) {
            float w = w2Shared[k * v + symbol];
            ones[q] = ones[q] + ofOne * w;
            others[q] = others[q] + ofOther * w;
          } else {
            float w = parameters.get(base + w2 + k * v + symbol);
            ones[q] = ones[q] + ofOne * w;
            others[q] = others[q] + ofOther * w;
          }
        }
      }
      for (int q = 0; q < quarters; q++) {
        int symbol = q * LANES + lane;
        if (symbol < v && pair * 2 < m) {
          scratch[(half * m + pair * 2) * v + symbol] = ones[q];
        }
        if (symbol < v && pair * 2 + 1 < m) {
          scratch[(half * m + pair * 2 + 1) * v + symbol] = others[q];
        }
      }
      if (thread == 0) {
        float all = 0f;
        for (int i = 0; i < STRANDS; i++) {
          all += squareStrands[i];
        }
        losses.set((t * runs + run) * 2 + 1, all);
      }
      context.localBarrier();
      // Softmax: eight threads have an example. Those of none do the last one's again, for nothing.
      float largest = scratch[row * v] + scratch[(m + row) * v] + bias[0];
      for (int q = 0; q < quarters; q++) {
        int symbol = TornadoMath.min(q * LANES + lane, v - 1);
        largest =
            TornadoMath.max(
                largest,
                scratch[row * v + symbol] + scratch[(m + row) * v + symbol] + bias[symbol]);
      }
      rowLargest[thread] = largest;
      context.localBarrier();
      int firstOfRow = thread / LANES * LANES;
      for (int k = 0; k < LANES; k++) {
        largest = TornadoMath.max(largest, rowLargest[firstOfRow + k]);
      }
      float sum = 0f;
      for (int q = 0; q < quarters; q++) {
        int symbol = q * LANES + lane;
        if (symbol < v) {
          float exp =
              TornadoMath.exp(
                  scratch[row * v + symbol]
                      + scratch[(m + row) * v + symbol]
                      + bias[symbol]
                      - largest);
          sum += exp;
          if (thread / LANES < m) {
            dl[row * vp + symbol] = exp;
          }
        }
      }
      rowSum[thread] = sum;
      context.localBarrier();
      float total = 0f;
      for (int k = 0; k < LANES; k++) {
        total += rowSum[firstOfRow + k];
      }
      int target = wanted[row];
      float scale = each / total;
      if (thread / LANES < m) {
        for (int q = 0; q < quarters; q++) {
          int symbol = q * LANES + lane;
          if (symbol < v) {
            dl[row * vp + symbol] = dl[row * vp + symbol] * scale - (symbol == target ? each : 0f);
          }
        }
        if (lane == 0) {
          float logit = scratch[row * v + target] + scratch[(m + row) * v + target] + bias[target];
          nll[row] = TornadoMath.log(total) + (largest - logit);
        }
      }
      context.localBarrier();
      if (thread == THREADS - 1) {
        float all = 0f;
        for (int i = 0; i < m; i++) {
          all += nll[i];
        }
        losses.set((t * runs + run) * 2, all * each);
      }
      // Backward through W2 and tanh to W1; the units become their gradients.
      for (int k = 0; k < v; k++) {
        w2Gradient[k] = 0f;
      }
      for (int k = 0; k <= d; k++) {
        w1Gradient[k] = 0f;
      }
      if (part < parts) {
        for (int i = part; i < m; i += parts) {
          float activation = u[i * h + unit];
          float even = 0f;
          float odd = 0f;
          for (int k = 0; k < v; k += 2) {
            float g = dl[i * vp + k];
            w2Gradient[k] = w2Gradient[k] + activation * g;
            even += g * w2Own[k];
          }
          for (int k = 1; k < v; k += 2) {
            float g = dl[i * vp + k];
            w2Gradient[k] = w2Gradient[k] + activation * g;
            odd += g * w2Own[k];
          }
          float gradient = (even + odd) * (1f - activation * activation);
          u[i * h + unit] = gradient;
          for (int k = 0; k < d; k++) {
            w1Gradient[k] = w1Gradient[k] + x[i * dp + k] * gradient;
          }
          w1Gradient[d] = w1Gradient[d] + gradient;
        }
      }
      if (part == 1 && parts == 2) {
        for (int k = 0; k < v; k++) {
          scratch[k * h + unit] = w2Gradient[k];
        }
        for (int k = 0; k <= d; k++) {
          scratch[(v + k) * h + unit] = w1Gradient[k];
        }
      }
      context.localBarrier();
      // The gradients of the embeddings of each example, in place of them.
      float[] inputs = new float[(b * e + 7) / 8];
      for (int q = 0; q < inputQuarters; q++) {
        inputs[q] = 0f;
      }
      for (int k = 0; k < h; k++) {
        float g = u[row * h + k];
        for (int q = 0; q < inputQuarters; q++) {
          int input = TornadoMath.min(q * LANES + lane, d - 1);
          if (isWholeLocal) {
            inputs[q] = inputs[q] + g * w1Shared[k * dp + input];
          } else {
            inputs[q] = inputs[q] + g * transposed.get(transposedBase + k * dp + input);
          }
        }
      }
      if (thread / LANES < m) {
        for (int q = 0; q < inputQuarters; q++) {
          if (q * LANES + lane < d) {
            x[row * dp + q * LANES + lane] = inputs[q];
          }
        }
      }
      context.localBarrier();
      float rate = Schedules.rate(until, rates, phases, run, first + t);
      if (part == 0) {
        for (int k = 0; k < v; k++) {
          float gradient = w2Gradient[k];
          if (parts == 2) {
            gradient = gradient + scratch[k * h + unit];
          }
          w2Own[k] = w2Own[k] - rate * (gradient + l2 * w2Own[k]);
          if (parts == 2) {
            scratch[k * h + unit] = w2Own[k];
          }
          if (isWholeLocal) {
            w2Shared[unit * v + k] = w2Own[k];
          } else {
            parameters.set(base + w2 + unit * v + k, w2Own[k]);
          }
        }
        for (int k = 0; k <= d; k++) {
          float gradient = w1Gradient[k];
          if (parts == 2) {
            gradient = gradient + scratch[(v + k) * h + unit];
          }
          w1Own[k] = w1Own[k] - rate * (gradient + l2 * w1Own[k]);
          if (parts == 2) {
            scratch[(v + k) * h + unit] = w1Own[k];
          }
        }
        for (int k = 0; k < d; k++) {
          if (isWholeLocal) {
            w1Shared[unit * dp + k] = w1Own[k];
          } else {
            transposed.set(transposedBase + unit * dp + k, w1Own[k]);
          }
        }
      }
      // The last threads first, which have no unit: biases and embeddings. Two loops: TornadoVM
      // 5.2.0 takes one
      // branch's sum for all after a merge.
      for (int i = THREADS - 1 - thread; i < v; i += THREADS) {
        float gradient = 0f;
        for (int k = 0; k < m; k++) {
          gradient += dl[k * vp + i];
        }
        bias[i] = bias[i] - rate * (gradient + l2 * bias[i]);
      }
      for (int i = THREADS - 1 - thread; i < v * e; i += THREADS) {
        int symbol = i / e;
        int number = i - symbol * e;
        float gradient = 0f;
        for (int k = 0; k < m * b; k++) {
          gradient += symbols[k] == symbol ? x[k / b * dp + k % b * e + number] : 0f;
        }
        embeddings[i] = embeddings[i] - rate * (gradient + l2 * embeddings[i]);
      }
      context.localBarrier();
      if (part == 1 && parts == 2) {
        for (int k = 0; k < v; k++) {
          w2Own[k] = scratch[k * h + unit];
        }
        for (int k = 0; k <= d; k++) {
          w1Own[k] = scratch[(v + k) * h + unit];
        }
      }
    }
    if (part == 0) {
      for (int k = 0; k < d; k++) {
        parameters.set(base + w1 + k * h + unit, w1Own[k]);
      }
      parameters.set(base + b1 + unit, w1Own[d]);
      for (int k = 0; k < v; k++) {
        parameters.set(base + w2 + unit * v + k, w2Own[k]);
      }
    }
    for (int i = thread; i < v * e; i += THREADS) {
      parameters.set(base + i, embeddings[i]);
    }
    for (int i = thread; i < v; i += THREADS) {
      parameters.set(base + b2 + i, bias[i]);
    }
  }

  /// The loss of each run over every example; one thread for each example of each run, a group for
  /// 256 of them.
  ///
  /// @param contexts (N, B)
  /// @param targets (N)
  /// @param parameters (R, P)
  /// @param losses (R, groups of a run), sums of negative log likelihoods
  static void evaluateRuns(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray contexts,
      IntArray targets,
      FloatArray parameters,
      FloatArray losses,
      int b,
      int e,
      int h,
      int v) {
    float[] nll = context.allocateFloatLocalArray(THREADS);
    float[] strands = context.allocateFloatLocalArray(STRANDS);
    int thread = context.localIdx;
    LaunchProof.sign(control, receipts, 0, context.globalIdx);
    int d = b * e;
    int w1 = v * e;
    int b1 = w1 + d * h;
    int w2 = b1 + h;
    int b2 = w2 + h * v;
    int examples = control.get(EXAMPLES);
    int groups = (examples + THREADS - 1) / THREADS;
    int run = context.groupIdx / groups;
    int place = (context.groupIdx - run * groups) * THREADS + thread;
    int example = TornadoMath.min(place, examples - 1);
    int base = run * (b2 + v);
    float[] x = new float[b * e];
    float[] logits = new float[v];
    for (int i = 0; i < d; i++) {
      x[i] = parameters.get(base + contexts.get(example * b + i / e) * e + i % e);
    }
    for (int k = 0; k < v; k++) {
      logits[k] = parameters.get(base + b2 + k);
    }
    for (int unit = 0; unit < h; unit++) {
      float sum = parameters.get(base + b1 + unit);
      for (int i = 0; i < d; i++) {
        sum += x[i] * parameters.get(base + w1 + i * h + unit);
      }
      float activation = TornadoMath.tanh(sum);
      for (int k = 0; k < v; k++) {
        logits[k] = logits[k] + activation * parameters.get(base + w2 + unit * v + k);
      }
    }
    float largest = RegisterRow.largest(logits, v);
    int target = targets.get(example);
    float logit = 0f;
    float sum = 0f;
    for (int k = 0; k < v; k++) {
      logit += k == target ? logits[k] : 0f;
      sum += TornadoMath.exp(logits[k] - largest);
    }
    nll[thread] = place < examples ? TornadoMath.log(sum) + (largest - logit) : 0f;
    context.localBarrier();
    if (thread < STRANDS) {
      float all = 0f;
      for (int i = 0; i < THREADS / STRANDS; i++) {
        all += nll[thread * (THREADS / STRANDS) + i];
      }
      strands[thread] = all;
    }
    context.localBarrier();
    if (thread == 0) {
      float all = 0f;
      for (int i = 0; i < STRANDS; i++) {
        all += strands[i];
      }
      losses.set(context.groupIdx, all);
    }
  }
}
