package twister.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// The kernels of the training of multi-layer perceptrons, one for each stage of a step.
///
/// N examples of B symbols each, of V; embeddings of E numbers, D = B E inputs, H hidden units, P
/// parameters as [twister.model.MlpShape] lays them. A launch takes M examples, in Q chunks, of
/// each of G runs, of R in all; its rows are `run * M + example`. The biases are the weights of an
/// input and of a unit more that are always 1, which is where they lie: b1 after W1, b2 after W2.
/// Everything that could differ between two launches stands in `control`, the shape too; only the
/// size of the private row of logits is compiled in.
///
/// Every sum is that of one thread, in an order that depends on the examples alone, not on how many
/// of them or of the runs a launch takes.
final class MlpKernels {
  /// Examples of which the losses and gradients are added up by one thread. What the examples of a
  /// step are cut into is a multiple of it, so that cuts do not show.
  static final int CHUNK = 256;

  /// Places in `control`, after the ticket.
  static final int BLOCK_SIZE = 1;

  static final int EMBEDDING = 2;
  static final int HIDDEN = 3;
  static final int SYMBOLS = 4;

  /// Where W1 and W2 begin, and how many parameters there are.
  static final int W1 = 5;

  static final int W2 = 6;
  static final int PARAMETERS = 7;
  static final int PHASES = 8;

  /// The number of runs in all, R.
  static final int ALL_RUNS = 9;

  /// How many threads add up the squared parameters of a run, K.
  static final int SQUARES = 10;

  /// The first run of this launch, and how many there are.
  static final int FIRST_RUN = 11;

  static final int RUNS = 12;

  /// The first example of this launch among those of the step, and how many there are.
  static final int FIRST = 13;

  static final int COUNT = 14;

  /// How many partial sums the losses of this step have for each run.
  static final int PARTS = 15;

  /// The row of the losses that this step writes.
  static final int SLOT = 16;

  /// The number of this step, for the learning rate.
  static final int STEP = 17;

  /// 1 if gradients are wanted, 0 for losses only.
  static final int TRAINS = 18;

  /// 1 if the examples of this launch are the last of the step, after which the parameters change.
  static final int ENDS = 19;

  /// 1 if the examples are those that stand from [#CHOSEN] on, else they are the next ones.
  static final int CHOOSES = 20;

  /// (G, M), the examples of each row.
  static final int CHOSEN = 21;

  /// Places in the receipts.
  static final int EMBED = 0;

  static final int HIDDEN_UNITS = 1;
  static final int LOGITS = 2;
  static final int SOFTMAX_LOSS = 3;
  static final int SUM_LOSSES = 4;
  static final int UNIT_GRADIENT = 5;
  static final int INPUT_GRADIENT = 6;
  static final int PARTIAL_GRADIENT = 7;
  static final int UPDATE_PARAMETERS = 8;
  static final int TASKS = 9;

  private MlpKernels() {}

  private static int example(IntArray control, int row) {
    int count = control.get(COUNT);
    return control.get(CHOOSES) != 0
        ? control.get(CHOSEN + row)
        : control.get(FIRST) + row - row / count * count;
  }

  /// Where the parameters of a row's run begin.
  private static int parametersOf(IntArray control, int row) {
    return (control.get(FIRST_RUN) + row / control.get(COUNT)) * control.get(PARAMETERS);
  }

  /// The embeddings of the blocks, and the 1 that follows inputs and units; one thread for each
  /// input of each row.
  ///
  /// @param contexts (N, B)
  /// @param parameters (R, P)
  /// @param inputs (G, M, D + 1)
  /// @param units (G, M, H + 1), of which only the last is set
  static void embed(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray contexts,
      FloatArray parameters,
      FloatArray inputs,
      FloatArray units) {
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, EMBED, thread);
    int block = control.get(BLOCK_SIZE);
    int embedding = control.get(EMBEDDING);
    int columns = block * embedding + 1;
    if (thread < control.get(RUNS) * control.get(COUNT) * columns) {
      int row = thread / columns;
      int i = thread - row * columns;
      if (i < columns - 1) {
        int b = i / embedding;
        int symbol = contexts.get(example(control, row) * block + b);
        int place = parametersOf(control, row) + (symbol - b) * embedding + i;
        inputs.set(thread, parameters.get(place));
      } else {
        inputs.set(thread, 1f);
        units.set((row + 1) * (control.get(HIDDEN) + 1) - 1, 1f);
      }
    }
  }

  /// tanh(x W1 + b1); one thread for each unit of each row.
  ///
  /// @param parameters (R, P)
  /// @param inputs (G, M, D + 1)
  /// @param units (G, M, H + 1), of which the last is left alone
  static void hiddenUnits(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      FloatArray parameters,
      FloatArray inputs,
      FloatArray units) {
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, HIDDEN_UNITS, thread);
    int hidden = control.get(HIDDEN);
    if (thread < control.get(RUNS) * control.get(COUNT) * hidden) {
      int columns = control.get(BLOCK_SIZE) * control.get(EMBEDDING) + 1;
      int row = thread / hidden;
      int h = thread - row * hidden;
      int weight = parametersOf(control, row) + control.get(W1) + h;
      float sum = 0f;
      for (int i = 0; i < columns; i++) {
        sum += inputs.get(row * columns + i) * parameters.get(weight + i * hidden);
      }
      units.set(row * (hidden + 1) + h, RowArithmetic.tanh(sum));
    }
  }

  /// Units times W2, plus b2; one thread for each symbol of each row.
  ///
  /// @param parameters (R, P)
  /// @param units (G, M, H + 1)
  /// @param logits (G, M, V)
  static void logits(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      FloatArray parameters,
      FloatArray units,
      FloatArray logits) {
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, LOGITS, thread);
    int symbols = control.get(SYMBOLS);
    if (thread < control.get(RUNS) * control.get(COUNT) * symbols) {
      int columns = control.get(HIDDEN) + 1;
      int row = thread / symbols;
      int v = thread - row * symbols;
      int weight = parametersOf(control, row) + control.get(W2) + v;
      float sum = 0f;
      for (int h = 0; h < columns; h++) {
        sum += units.get(row * columns + h) * parameters.get(weight + h * symbols);
      }
      logits.set(thread, sum);
    }
  }

  /// Negative log likelihoods, and softmax minus one-hot target in place of the logits; one thread
  /// for each row.
  ///
  /// @param targets (N)
  /// @param scale (1), what an example counts in the mean
  /// @param logits (G, M, V), becomes the gradient of the loss by the logits
  /// @param nll (G, M)
  /// @param symbols V
  /// @param capacity of a padded row
  static void softmaxLoss(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray targets,
      FloatArray scale,
      FloatArray logits,
      FloatArray nll,
      int symbols,
      int capacity) {
    int row = context.globalIdx;
    LaunchProof.sign(control, receipts, SOFTMAX_LOSS, row);
    if (row < control.get(RUNS) * control.get(COUNT)) {
      int v = RowArithmetic.length(symbols, control.get(SYMBOLS));
      int width = RowArithmetic.length(capacity, v);
      float[] e = new float[capacity];
      for (int k = 0; k < v; k++) {
        e[k] = logits.get(row * v + k);
      }
      int target = targets.get(example(control, row));
      float logit = logits.get(row * v + target);
      RowArithmetic.pad(e, v, width, e[0]);
      float largest = RowArithmetic.largest(e, width);
      for (int k = 0; k < width; k++) {
        e[k] = RowArithmetic.exp(e[k] - largest);
      }
      RowArithmetic.pad(e, v, width, 0f);
      float sum = RowArithmetic.sum(e, width);
      nll.set(row, TornadoMath.log(sum) + (largest - logit));
      float each = scale.get(0);
      float factor = each / sum;
      for (int k = 0; k < v; k++) {
        logits.set(row * v + k, e[k] * factor);
      }
      // Not in `e`, which would not be registers of a GPU then.
      logits.set(row * v + target, logits.get(row * v + target) - each);
    }
  }

  /// Partial sums of the negative log likelihoods, one thread for each chunk of each run, and of
  /// the squared parameters, K threads for each run.
  ///
  /// @param decay (R), `2 l2 / P`; where it is 0, nobody wants the squares
  /// @param parameters (R, P)
  /// @param nll (G, M)
  /// @param losses (S, R, parts and K)
  static void sumLosses(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      FloatArray decay,
      FloatArray parameters,
      FloatArray nll,
      FloatArray losses) {
    int count = control.get(COUNT);
    int squares = control.get(SQUARES);
    int chunks = (count + CHUNK - 1) / CHUNK;
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, SUM_LOSSES, thread);
    if (thread < control.get(RUNS) * (chunks + squares)) {
      int runOfLaunch = thread / (chunks + squares);
      int part = thread - runOfLaunch * (chunks + squares);
      int run = control.get(FIRST_RUN) + runOfLaunch;
      int parts = control.get(PARTS);
      int place = (control.get(SLOT) * control.get(ALL_RUNS) + run) * (parts + squares);
      float sum = 0f;
      if (part < chunks) {
        int to = TornadoMath.min(count, (part + 1) * CHUNK);
        for (int i = part * CHUNK; i < to; i++) {
          sum += nll.get(runOfLaunch * count + i);
        }
        losses.set(place + control.get(FIRST) / CHUNK + part, sum);
      } else {
        int size = decay.get(run) == 0f ? 0 : control.get(PARAMETERS);
        for (int i = part - chunks; i < size; i += squares) {
          float parameter = parameters.get(run * control.get(PARAMETERS) + i);
          sum += parameter * parameter;
        }
        losses.set(place + parts + part - chunks, sum);
      }
    }
  }

  /// The gradient by what the tanh is taken of; one thread for each unit of each row.
  ///
  /// @param parameters (R, P)
  /// @param units (G, M, H + 1)
  /// @param logitGradients (G, M, V)
  /// @param unitGradients (G, M, H)
  static void unitGradient(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      FloatArray parameters,
      FloatArray units,
      FloatArray logitGradients,
      FloatArray unitGradients) {
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, UNIT_GRADIENT, thread);
    int hidden = control.get(HIDDEN);
    if (control.get(TRAINS) != 0 && thread < control.get(RUNS) * control.get(COUNT) * hidden) {
      int symbols = control.get(SYMBOLS);
      int row = thread / hidden;
      int h = thread - row * hidden;
      int weight = parametersOf(control, row) + control.get(W2) + h * symbols;
      float sum = 0f;
      for (int v = 0; v < symbols; v++) {
        sum += logitGradients.get(row * symbols + v) * parameters.get(weight + v);
      }
      float unit = units.get(row * (hidden + 1) + h);
      unitGradients.set(thread, sum * (1f - unit * unit));
    }
  }

  /// The gradient by the embeddings of a block; one thread for each number of each row.
  ///
  /// @param parameters (R, P)
  /// @param unitGradients (G, M, H)
  /// @param inputGradients (G, M, D)
  static void inputGradient(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      FloatArray parameters,
      FloatArray unitGradients,
      FloatArray inputGradients) {
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, INPUT_GRADIENT, thread);
    int inputs = control.get(BLOCK_SIZE) * control.get(EMBEDDING);
    if (control.get(TRAINS) != 0 && thread < control.get(RUNS) * control.get(COUNT) * inputs) {
      int hidden = control.get(HIDDEN);
      int row = thread / inputs;
      int i = thread - row * inputs;
      int weight = parametersOf(control, row) + control.get(W1) + i * hidden;
      float sum = 0f;
      for (int h = 0; h < hidden; h++) {
        sum += unitGradients.get(row * hidden + h) * parameters.get(weight + h);
      }
      inputGradients.set(thread, sum);
    }
  }

  /// The gradient by the parameters, added up over the examples of each chunk; one thread for each
  /// parameter, chunk and run.
  ///
  /// @param contexts (N, B)
  /// @param inputs (G, M, D + 1)
  /// @param units (G, M, H + 1)
  /// @param logitGradients (G, M, V)
  /// @param unitGradients (G, M, H)
  /// @param inputGradients (G, M, D)
  /// @param partials (G, Q, P)
  static void partialGradient(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray contexts,
      FloatArray inputs,
      FloatArray units,
      FloatArray logitGradients,
      FloatArray unitGradients,
      FloatArray inputGradients,
      FloatArray partials) {
    int count = control.get(COUNT);
    int size = control.get(PARAMETERS);
    int chunks = (count + CHUNK - 1) / CHUNK;
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, PARTIAL_GRADIENT, thread);
    if (control.get(TRAINS) != 0 && thread < control.get(RUNS) * chunks * size) {
      int block = control.get(BLOCK_SIZE);
      int embedding = control.get(EMBEDDING);
      int hidden = control.get(HIDDEN);
      int symbols = control.get(SYMBOLS);
      int chunkOfAll = thread / size;
      int p = thread - chunkOfAll * size;
      int run = chunkOfAll / chunks;
      int chunk = chunkOfAll - run * chunks;
      int first = run * count + chunk * CHUNK;
      int to = run * count + TornadoMath.min(count, (chunk + 1) * CHUNK);
      // Each branch has a sum of its own: TornadoVM 5.2.0 takes one branch's for all after a merge.
      if (p < control.get(W1)) {
        int symbol = p / embedding;
        int e = p - symbol * embedding;
        float sum = 0f;
        for (int row = first; row < to; row++) {
          int place = example(control, row) * block;
          for (int b = 0; b < block; b++) {
            if (contexts.get(place + b) == symbol) {
              sum += inputGradients.get((row * block + b) * embedding + e);
            }
          }
        }
        partials.set(thread, sum);
      } else if (p < control.get(W2)) {
        int i = (p - control.get(W1)) / hidden;
        int h = p - control.get(W1) - i * hidden;
        int columns = block * embedding + 1;
        float sum = 0f;
        for (int row = first; row < to; row++) {
          sum += inputs.get(row * columns + i) * unitGradients.get(row * hidden + h);
        }
        partials.set(thread, sum);
      } else {
        int h = (p - control.get(W2)) / symbols;
        int v = p - control.get(W2) - h * symbols;
        int columns = hidden + 1;
        float sum = 0f;
        for (int row = first; row < to; row++) {
          sum += units.get(row * columns + h) * logitGradients.get(row * symbols + v);
        }
        partials.set(thread, sum);
      }
    }
  }

  /// Adds up the chunks and, after the last examples of the step, goes down the gradient; one
  /// thread for each parameter of each run.
  ///
  /// @param until (R, phases), the first step after each phase
  /// @param rates (R, phases), learning rates
  /// @param decay (R), `2 l2 / P`
  /// @param partials (G, Q, P)
  /// @param gradient (G, P), that of the step's examples before those of this launch
  /// @param parameters (R, P)
  static void updateParameters(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      IntArray until,
      FloatArray rates,
      FloatArray decay,
      FloatArray partials,
      FloatArray gradient,
      FloatArray parameters) {
    int size = control.get(PARAMETERS);
    int thread = context.globalIdx;
    LaunchProof.sign(control, receipts, UPDATE_PARAMETERS, thread);
    if (control.get(TRAINS) != 0 && thread < control.get(RUNS) * size) {
      int chunks = (control.get(COUNT) + CHUNK - 1) / CHUNK;
      int runOfLaunch = thread / size;
      int p = thread - runOfLaunch * size;
      float sum = 0f;
      if (control.get(FIRST) != 0) {
        sum = gradient.get(thread);
      }
      for (int chunk = 0; chunk < chunks; chunk++) {
        sum += partials.get((runOfLaunch * chunks + chunk) * size + p);
      }
      if (control.get(ENDS) == 0) {
        gradient.set(thread, sum);
      } else {
        int run = control.get(FIRST_RUN) + runOfLaunch;
        float rate = Schedules.rate(until, rates, control.get(PHASES), run, control.get(STEP));
        int place = run * size + p;
        float old = parameters.get(place);
        parameters.set(place, old - rate * (sum + decay.get(run) * old));
      }
    }
  }
}
