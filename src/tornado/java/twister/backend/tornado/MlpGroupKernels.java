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
/// hidden unit, or two threads have one where the group has that many, for every second four
/// examples each: the unit's weights stay in the registers of its threads, and so do their
/// gradients. All that threads tell each other goes through local memory, in rows of which four
/// numbers are read at once. Sums over units are those of tiles: a thread has four examples by four
/// symbols or inputs, of a part of the units. W2 and W1 have room there in turn and in pieces only,
/// on a shelf to which the units' threads copy them when they are read. Every sum is that of one
/// thread, or of threads that are added up in a fixed order, so that a run has the same bits
/// whatever it is trained beside.
final class MlpGroupKernels {
  /// Threads of a group: eight for each example of the largest batch.
  static final int THREADS = 256;

  static final int MOST_EXAMPLES = 32;

  /// Words of local memory that any device has: 48 KB.
  static final int LOCAL_WORDS = 12_288;

  private static final int WARP = 32;

  /// Threads that share an example's symbols or inputs.
  private static final int LANES = 8;

  /// How many numbers the second stage of a sum over a group's threads has.
  static final int STRANDS = 16;

  /// Into how many parts units or examples are cut at most, where a sum over them is one of several
  /// threads.
  static final int MOST_SPLITS = 8;

  /// No place of any array.
  private static final int BEYOND = 1 << 20;

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

  /// How many fours of examples a group has, a power of two.
  static int quads(int m) {
    return m > 16 ? 8 : m > 8 ? 4 : m > 4 ? 2 : 1;
  }

  /// Into how many parts units are cut for sums over them.
  ///
  /// @param fours of symbols or inputs
  /// @param most as many as local memory has room for
  static int splits(int m, int fours, int most) {
    return TornadoMath.min(most, THREADS / (quads(m) * fours));
  }

  /// Words from a unit's weights on the shelf to the next one's: an odd number of fours, so that
  /// threads of neighbouring units do not meet in a bank of the memory.
  ///
  /// @param fours of symbols or inputs
  static int stride(int fours) {
    return fours % 2 == 0 ? 4 * fours + 4 : 4 * fours;
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
  /// @param losses (S, R, 2): the mean negative log likelihood, then the sum of the squared
  ///   parameters
  /// @param parts how many threads have a unit
  /// @param splits into how many parts units are cut at most, for sums over them
  /// @param pieces in which weights are put onto the shelf
  /// @param shelfWords the size of the shelf
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
      FloatArray losses,
      int m,
      int b,
      int e,
      int h,
      int v,
      int parts,
      int splits,
      int pieces,
      int shelfWords) {
    int d = b * e;
    int inputFours = (d + 3) / 4;
    int symbolFours = (v + 3) / 4;
    int dp = inputFours * 4;
    int vp = symbolFours * 4;
    int symbolStride = stride(symbolFours);
    int inputStride = stride(inputFours);
    int quads = quads(m);
    int mp = quads * 4;
    int w1 = v * e;
    int b1 = w1 + d * h;
    int w2 = b1 + h;
    int b2 = w2 + h * v;
    int size = b2 + v;
    int piece = (h + pieces - 1) / pieces;
    int symbolSplits = splits(m, symbolFours, splits);
    int inputSplits = splits(m, inputFours, splits);
    int quarters = (v + LANES - 1) / LANES;
    int segments = TornadoMath.min(MOST_SPLITS, TornadoMath.min(shelfWords / (d * v), THREADS / d));
    int share = (m + segments - 1) / segments;
    // Whole warps without a unit do what the others would wait for, where there are any.
    int busy = (parts * h + WARP - 1) / WARP * WARP;
    int idlers = busy < THREADS ? THREADS - busy : THREADS;
    // Lengths are fours of words: then all arrays begin at one, and ptxas reads four words at once.
    float[] x = context.allocateFloatLocalArray(quads(m) * 4 * ((b * e + 3) / 4 * 4));
    // A unit's row, of which the fours of examples change places, so that threads of neighbouring
    // units do not meet in a bank of the memory.
    float[] u = context.allocateFloatLocalArray(quads(m) * 4 * h);
    float[] dl = context.allocateFloatLocalArray(quads(m) * 4 * ((v + 3) / 4 * 4));
    // By turns a piece of W2, parts of logits, a piece of W1, parts of the inputs' gradients, and
    // those of the embeddings.
    float[] shelf = context.allocateFloatLocalArray(shelfWords);
    // What the second of a unit's threads has, (V + D + 1, H).
    float[] second =
        context.allocateFloatLocalArray(parts == 2 ? (h * (v + b * e + 1) + 3) / 4 * 4 : 4);
    float[] embeddings = context.allocateFloatLocalArray((v * e + 3) / 4 * 4);
    float[] bias = context.allocateFloatLocalArray((v + 3) / 4 * 4);
    // Squares, then the largest logits.
    float[] rows = context.allocateFloatLocalArray(THREADS);
    float[] squareStrands = context.allocateFloatLocalArray(STRANDS);
    float[] nll = context.allocateFloatLocalArray(quads(m) * 4);
    // Of this step and the next one, (2, B, M).
    int[] symbols = context.allocateIntLocalArray(2 * quads(m) * 4 * b);
    int[] wanted = context.allocateIntLocalArray(quads(m) * 4);
    int[] next = context.allocateIntLocalArray(quads(m) * 4);
    int thread = context.localIdx;
    int run = context.groupIdx;
    LaunchProof.sign(control, receipts, 0, context.globalIdx);
    int runs = control.get(RUNS);
    int steps = control.get(STEPS);
    int first = control.get(FIRST_STEP);
    int phases = control.get(PHASES);
    float l2 = decay.get(run);
    int base = run * size;
    float each = 1f / m;
    int unit = thread % h;
    int part = thread / h;
    int spare = idlers == THREADS ? thread : thread >= busy ? thread - busy : BEYOND;
    int unitRow = unit * mp;
    int turn = unit & (quads - 1);
    int row = TornadoMath.min(thread / LANES, mp - 1);
    int example = TornadoMath.min(row, m - 1);
    int lane = thread % LANES;
    // Tiles, and the part of the units that the thread adds up: none in those that are left over.
    int symbolSplit = TornadoMath.min(thread / (quads * symbolFours), symbolSplits);
    int symbolFour = thread % symbolFours;
    int symbolQuad = thread / symbolFours % quads;
    int inputSplit = TornadoMath.min(thread / (quads * inputFours), inputSplits);
    int inputFour = thread % inputFours;
    int inputQuad = thread / inputFours % quads;
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
    for (int i = thread; i < v * e; i += THREADS) {
      embeddings[i] = parameters.get(base + i);
    }
    for (int i = thread; i < v; i += THREADS) {
      bias[i] = parameters.get(base + b2 + i);
    }
    for (int i = thread; i < mp * b; i += THREADS) {
      int place = CHOSEN + run * m + TornadoMath.min(i % mp, m - 1);
      symbols[i] = contexts.get(control.get(place) * b + i / mp);
    }
    for (int i = thread; i < m; i += THREADS) {
      wanted[i] = targets.get(control.get(CHOSEN + run * m + i));
    }
    context.localBarrier();
    for (int t = 0; t < steps; t++) {
      int now = t % 2 * (mp * b);
      int later = mp * b - now;
      float rate = Schedules.rate(until, rates, phases, run, first + t);
      for (int i = thread; i < mp * dp; i += THREADS) {
        int place = i / dp;
        int input = TornadoMath.min(i - place * dp, d - 1);
        int position = input / e;
        x[i] = embeddings[(symbols[now + position * mp + place] - position) * e + input];
      }
      if (part == 0 && unit < piece) {
        for (int k = 0; k < v; k++) {
          shelf[unit * symbolStride + k] = w2Own[k];
        }
        for (int k = v; k < vp; k++) {
          shelf[unit * symbolStride + k] = 0f;
        }
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
      rows[thread] = own;
      context.localBarrier();
      // Hidden units.
      if (part < parts) {
        for (int q = part; q < quads; q += parts) {
          int at = q * 4 * dp;
          float s0 = w1Own[d];
          float s1 = w1Own[d];
          float s2 = w1Own[d];
          float s3 = w1Own[d];
          for (int k = 0; k < d; k++) {
            s0 += x[at + k] * w1Own[k];
            s1 += x[at + dp + k] * w1Own[k];
            s2 += x[at + 2 * dp + k] * w1Own[k];
            s3 += x[at + 3 * dp + k] * w1Own[k];
          }
          int place = unitRow + (q ^ turn) * 4;
          u[place] = TornadoMath.tanh(s0);
          u[place + 1] = TornadoMath.tanh(s1);
          u[place + 2] = TornadoMath.tanh(s2);
          u[place + 3] = TornadoMath.tanh(s3);
        }
      }
      int upcoming = CHOSEN + (TornadoMath.min(t + 1, steps - 1) * runs + run) * m;
      for (int i = spare; i < m; i += idlers) {
        next[i] = control.get(upcoming + i);
      }
      if (spare < STRANDS) {
        float all = 0f;
        for (int i = 0; i < THREADS / STRANDS; i++) {
          all += rows[spare * (THREADS / STRANDS) + i];
        }
        squareStrands[spare] = all;
      }
      context.localBarrier();
      // Logits.
      float l00 = 0f;
      float l01 = 0f;
      float l02 = 0f;
      float l03 = 0f;
      float l10 = 0f;
      float l11 = 0f;
      float l12 = 0f;
      float l13 = 0f;
      float l20 = 0f;
      float l21 = 0f;
      float l22 = 0f;
      float l23 = 0f;
      float l30 = 0f;
      float l31 = 0f;
      float l32 = 0f;
      float l33 = 0f;
      for (int p = 0; p < pieces; p++) {
        int low = p * piece;
        int units = TornadoMath.min(piece, h - low);
        if (p > 0) {
          context.localBarrier();
          if (part == 0 && unit >= low && unit < low + piece) {
            for (int k = 0; k < v; k++) {
              shelf[(unit - low) * symbolStride + k] = w2Own[k];
            }
            for (int k = v; k < vp; k++) {
              shelf[(unit - low) * symbolStride + k] = 0f;
            }
          }
          context.localBarrier();
        }
        int to = TornadoMath.min(units * (symbolSplit + 1) / symbolSplits, units);
        for (int k = units * symbolSplit / symbolSplits; k < to; k++) {
          int at = (low + k) * mp + (symbolQuad ^ ((low + k) & (quads - 1))) * 4;
          int from = k * symbolStride + symbolFour * 4;
          float r0 = u[at];
          float r1 = u[at + 1];
          float r2 = u[at + 2];
          float r3 = u[at + 3];
          float c0 = shelf[from];
          float c1 = shelf[from + 1];
          float c2 = shelf[from + 2];
          float c3 = shelf[from + 3];
          l00 += r0 * c0;
          l01 += r0 * c1;
          l02 += r0 * c2;
          l03 += r0 * c3;
          l10 += r1 * c0;
          l11 += r1 * c1;
          l12 += r1 * c2;
          l13 += r1 * c3;
          l20 += r2 * c0;
          l21 += r2 * c1;
          l22 += r2 * c2;
          l23 += r2 * c3;
          l30 += r3 * c0;
          l31 += r3 * c1;
          l32 += r3 * c2;
          l33 += r3 * c3;
        }
      }
      context.localBarrier();
      if (symbolSplit == 0) {
        int to = symbolQuad * 4 * vp + symbolFour * 4;
        dl[to + 0 * vp + 0] = l00;
        dl[to + 0 * vp + 1] = l01;
        dl[to + 0 * vp + 2] = l02;
        dl[to + 0 * vp + 3] = l03;
        dl[to + 1 * vp + 0] = l10;
        dl[to + 1 * vp + 1] = l11;
        dl[to + 1 * vp + 2] = l12;
        dl[to + 1 * vp + 3] = l13;
        dl[to + 2 * vp + 0] = l20;
        dl[to + 2 * vp + 1] = l21;
        dl[to + 2 * vp + 2] = l22;
        dl[to + 2 * vp + 3] = l23;
        dl[to + 3 * vp + 0] = l30;
        dl[to + 3 * vp + 1] = l31;
        dl[to + 3 * vp + 2] = l32;
        dl[to + 3 * vp + 3] = l33;
      }
      if (symbolSplit > 0 && symbolSplit < symbolSplits) {
        int to = ((symbolSplit - 1) * mp + symbolQuad * 4) * vp + symbolFour * 4;
        shelf[to + 0 * vp + 0] = l00;
        shelf[to + 0 * vp + 1] = l01;
        shelf[to + 0 * vp + 2] = l02;
        shelf[to + 0 * vp + 3] = l03;
        shelf[to + 1 * vp + 0] = l10;
        shelf[to + 1 * vp + 1] = l11;
        shelf[to + 1 * vp + 2] = l12;
        shelf[to + 1 * vp + 3] = l13;
        shelf[to + 2 * vp + 0] = l20;
        shelf[to + 2 * vp + 1] = l21;
        shelf[to + 2 * vp + 2] = l22;
        shelf[to + 2 * vp + 3] = l23;
        shelf[to + 3 * vp + 0] = l30;
        shelf[to + 3 * vp + 1] = l31;
        shelf[to + 3 * vp + 2] = l32;
        shelf[to + 3 * vp + 3] = l33;
      }
      if (thread == THREADS - 1) {
        float all = 0f;
        for (int i = 0; i < STRANDS; i++) {
          all += squareStrands[i];
        }
        losses.set((t * runs + run) * 2 + 1, all);
      }
      context.localBarrier();
      // Softmax: eight threads have an example. Those of none do the last one's again, for nothing.
      float[] logits = new float[(v + 7) / 8];
      float[] exps = new float[(v + 7) / 8];
      for (int q = 0; q < quarters; q++) {
        int symbol = TornadoMath.min(q * LANES + lane, v - 1);
        float logit = dl[row * vp + symbol];
        for (int k = 0; k < symbolSplits - 1; k++) {
          logit += shelf[(k * mp + row) * vp + symbol];
        }
        logits[q] = logit + bias[symbol];
      }
      float largest = logits[0];
      for (int q = 1; q < quarters; q++) {
        largest = TornadoMath.max(largest, logits[q]);
      }
      rows[thread] = largest;
      context.localBarrier();
      int firstOfRow = thread / LANES * LANES;
      for (int k = 0; k < LANES; k++) {
        largest = TornadoMath.max(largest, rows[firstOfRow + k]);
      }
      float sum = 0f;
      for (int q = 0; q < quarters; q++) {
        exps[q] = TornadoMath.exp(logits[q] - largest);
        sum += q * LANES + lane < v ? exps[q] : 0f;
      }
      shelf[thread] = sum;
      context.localBarrier();
      float total = 0f;
      for (int k = 0; k < LANES; k++) {
        total += shelf[firstOfRow + k];
      }
      int target = wanted[example];
      float scale = each / total;
      float logarithm = TornadoMath.log(total);
      if (thread / LANES < mp) {
        for (int q = 0; q < quarters; q++) {
          int symbol = q * LANES + lane;
          if (symbol < v) {
            float gradient = exps[q] * scale - (symbol == target ? each : 0f);
            dl[row * vp + symbol] = row < m ? gradient : 0f;
          }
          if (symbol == target && row < m) {
            nll[row] = logarithm + (largest - logits[q]);
          }
        }
      }
      context.localBarrier();
      // Backward through W2 and tanh to W1; the units become their gradients.
      if (part == 0 && unit < piece) {
        for (int k = 0; k < d; k++) {
          shelf[unit * inputStride + k] = w1Own[k];
        }
        for (int k = d; k < dp; k++) {
          shelf[unit * inputStride + k] = 0f;
        }
      }
      for (int k = 0; k < v; k++) {
        w2Gradient[k] = 0f;
      }
      for (int k = 0; k <= d; k++) {
        w1Gradient[k] = 0f;
      }
      if (part < parts) {
        for (int q = part; q < quads; q += parts) {
          int place = unitRow + (q ^ turn) * 4;
          int at = q * 4 * vp;
          float u0 = u[place];
          float u1 = u[place + 1];
          float u2 = u[place + 2];
          float u3 = u[place + 3];
          float g0 = 0f;
          float g1 = 0f;
          float g2 = 0f;
          float g3 = 0f;
          for (int k = 0; k < v; k++) {
            float la = dl[at + k];
            float lb = dl[at + vp + k];
            float lc = dl[at + 2 * vp + k];
            float ld = dl[at + 3 * vp + k];
            w2Gradient[k] = w2Gradient[k] + u0 * la + u1 * lb + u2 * lc + u3 * ld;
            g0 += la * w2Own[k];
            g1 += lb * w2Own[k];
            g2 += lc * w2Own[k];
            g3 += ld * w2Own[k];
          }
          g0 = g0 * (1f - u0 * u0);
          g1 = g1 * (1f - u1 * u1);
          g2 = g2 * (1f - u2 * u2);
          g3 = g3 * (1f - u3 * u3);
          u[place] = g0;
          u[place + 1] = g1;
          u[place + 2] = g2;
          u[place + 3] = g3;
          int from = q * 4 * dp;
          for (int k = 0; k < d; k++) {
            w1Gradient[k] =
                w1Gradient[k]
                    + x[from + k] * g0
                    + x[from + dp + k] * g1
                    + x[from + 2 * dp + k] * g2
                    + x[from + 3 * dp + k] * g3;
          }
          w1Gradient[d] = w1Gradient[d] + g0 + g1 + g2 + g3;
        }
      }
      if (part == 1 && parts == 2) {
        for (int k = 0; k < v; k++) {
          second[k * h + unit] = w2Gradient[k];
        }
        for (int k = 0; k <= d; k++) {
          second[(v + k) * h + unit] = w1Gradient[k];
        }
      }
      // The symbols of the next step, all on their way before the first has come.
      int[] ahead = new int[(quads(m) * 4 * b + idlers - 1) / idlers];
      for (int q = 0; q < (mp * b + idlers - 1) / idlers; q++) {
        int i = TornadoMath.min(spare + q * idlers, mp * b - 1);
        ahead[q] = contexts.get(next[TornadoMath.min(i % mp, m - 1)] * b + i / mp);
      }
      for (int q = 0; q < (mp * b + idlers - 1) / idlers; q++) {
        int i = spare + q * idlers;
        if (i < mp * b) {
          symbols[later + i] = ahead[q];
        }
      }
      for (int i = spare; i < m; i += idlers) {
        wanted[i] = targets.get(next[i]);
      }
      for (int i = spare; i < v; i += idlers) {
        float gradient = 0f;
        for (int k = 0; k < m; k++) {
          gradient += dl[k * vp + i];
        }
        bias[i] = bias[i] - rate * (gradient + l2 * bias[i]);
      }
      if (thread == THREADS - 1) {
        float all = 0f;
        for (int i = 0; i < m; i++) {
          all += nll[i];
        }
        losses.set((t * runs + run) * 2, all * each);
      }
      context.localBarrier();
      // The gradients of the embeddings of each example, in place of them.
      float g00 = 0f;
      float g01 = 0f;
      float g02 = 0f;
      float g03 = 0f;
      float g10 = 0f;
      float g11 = 0f;
      float g12 = 0f;
      float g13 = 0f;
      float g20 = 0f;
      float g21 = 0f;
      float g22 = 0f;
      float g23 = 0f;
      float g30 = 0f;
      float g31 = 0f;
      float g32 = 0f;
      float g33 = 0f;
      for (int p = 0; p < pieces; p++) {
        int low = p * piece;
        int units = TornadoMath.min(piece, h - low);
        if (p > 0) {
          context.localBarrier();
          if (part == 0 && unit >= low && unit < low + piece) {
            for (int k = 0; k < d; k++) {
              shelf[(unit - low) * inputStride + k] = w1Own[k];
            }
            for (int k = d; k < dp; k++) {
              shelf[(unit - low) * inputStride + k] = 0f;
            }
          }
          context.localBarrier();
        }
        int to = TornadoMath.min(units * (inputSplit + 1) / inputSplits, units);
        for (int k = units * inputSplit / inputSplits; k < to; k++) {
          int at = (low + k) * mp + (inputQuad ^ ((low + k) & (quads - 1))) * 4;
          int from = k * inputStride + inputFour * 4;
          float r0 = u[at];
          float r1 = u[at + 1];
          float r2 = u[at + 2];
          float r3 = u[at + 3];
          float c0 = shelf[from];
          float c1 = shelf[from + 1];
          float c2 = shelf[from + 2];
          float c3 = shelf[from + 3];
          g00 += r0 * c0;
          g01 += r0 * c1;
          g02 += r0 * c2;
          g03 += r0 * c3;
          g10 += r1 * c0;
          g11 += r1 * c1;
          g12 += r1 * c2;
          g13 += r1 * c3;
          g20 += r2 * c0;
          g21 += r2 * c1;
          g22 += r2 * c2;
          g23 += r2 * c3;
          g30 += r3 * c0;
          g31 += r3 * c1;
          g32 += r3 * c2;
          g33 += r3 * c3;
        }
      }
      context.localBarrier();
      if (inputSplit == 0) {
        int to = inputQuad * 4 * dp + inputFour * 4;
        x[to + 0 * dp + 0] = g00;
        x[to + 0 * dp + 1] = g01;
        x[to + 0 * dp + 2] = g02;
        x[to + 0 * dp + 3] = g03;
        x[to + 1 * dp + 0] = g10;
        x[to + 1 * dp + 1] = g11;
        x[to + 1 * dp + 2] = g12;
        x[to + 1 * dp + 3] = g13;
        x[to + 2 * dp + 0] = g20;
        x[to + 2 * dp + 1] = g21;
        x[to + 2 * dp + 2] = g22;
        x[to + 2 * dp + 3] = g23;
        x[to + 3 * dp + 0] = g30;
        x[to + 3 * dp + 1] = g31;
        x[to + 3 * dp + 2] = g32;
        x[to + 3 * dp + 3] = g33;
      }
      if (inputSplit > 0 && inputSplit < inputSplits) {
        int to = ((inputSplit - 1) * mp + inputQuad * 4) * dp + inputFour * 4;
        shelf[to + 0 * dp + 0] = g00;
        shelf[to + 0 * dp + 1] = g01;
        shelf[to + 0 * dp + 2] = g02;
        shelf[to + 0 * dp + 3] = g03;
        shelf[to + 1 * dp + 0] = g10;
        shelf[to + 1 * dp + 1] = g11;
        shelf[to + 1 * dp + 2] = g12;
        shelf[to + 1 * dp + 3] = g13;
        shelf[to + 2 * dp + 0] = g20;
        shelf[to + 2 * dp + 1] = g21;
        shelf[to + 2 * dp + 2] = g22;
        shelf[to + 2 * dp + 3] = g23;
        shelf[to + 3 * dp + 0] = g30;
        shelf[to + 3 * dp + 1] = g31;
        shelf[to + 3 * dp + 2] = g32;
        shelf[to + 3 * dp + 3] = g33;
      }
      context.localBarrier();
      for (int i = thread; i < mp * dp; i += THREADS) {
        float gradient = x[i];
        for (int k = 0; k < inputSplits - 1; k++) {
          gradient += shelf[k * mp * dp + i];
        }
        x[i] = gradient;
      }
      if (part == 0) {
        for (int k = 0; k < v; k++) {
          float gradient = w2Gradient[k];
          if (parts == 2) {
            gradient = gradient + second[k * h + unit];
          }
          w2Own[k] = w2Own[k] - rate * (gradient + l2 * w2Own[k]);
          if (parts == 2) {
            second[k * h + unit] = w2Own[k];
          }
        }
        for (int k = 0; k <= d; k++) {
          float gradient = w1Gradient[k];
          if (parts == 2) {
            gradient = gradient + second[(v + k) * h + unit];
          }
          w1Own[k] = w1Own[k] - rate * (gradient + l2 * w1Own[k]);
          if (parts == 2) {
            second[(v + k) * h + unit] = w1Own[k];
          }
        }
      }
      context.localBarrier();
      for (int i = thread; i < segments * d * v; i += THREADS) {
        shelf[i] = 0f;
      }
      if (part == 1 && parts == 2) {
        for (int k = 0; k < v; k++) {
          w2Own[k] = second[k * h + unit];
        }
        for (int k = 0; k <= d; k++) {
          w1Own[k] = second[(v + k) * h + unit];
        }
      }
      context.localBarrier();
      // The gradients of the embeddings of a place in a context and a segment of the examples,
      // (segments, B, V, E): a thread has one number of all symbols.
      if (thread < segments * d) {
        int segment = thread / d;
        int input = thread - segment * d;
        int position = input / e;
        int from = (segment * b + position) * v - position;
        int to = TornadoMath.min((segment + 1) * share, m);
        for (int k = segment * share; k < to; k++) {
          int place = (from + symbols[now + position * mp + k]) * e + input;
          shelf[place] = shelf[place] + x[k * dp + input];
        }
      }
      context.localBarrier();
      for (int i = thread; i < v * e; i += THREADS) {
        float gradient = 0f;
        for (int k = 0; k < segments * b; k++) {
          gradient += shelf[k * v * e + i];
        }
        embeddings[i] = embeddings[i] - rate * (gradient + l2 * embeddings[i]);
      }
      context.localBarrier();
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
