package twister.backend.tornado;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twister.backend.DeviceException;
import twister.backend.FloatLosses;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.RunState;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.backend.tornado.DeviceProgram.Threads;
import twister.data.Examples;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// Training over every example on a GPU, by one kernel.
///
/// A launch costs several times what a step costs the kernel. So a long training goes on with
/// launches of many steps each. Those are compiled only when the training has lasted as long as
/// that will take: then it costs at most twice the time of who knew before. Where the partial sums
/// of all runs do not fit into the memory at once, a step is several passes over some of the runs;
/// what is computed does not change.
final class FusedExamplesSession implements TrainingSession {
  private static final int EXAMPLES_OF_THREAD = 4;
  private static final int MOST_THREADS = 256;
  private static final int MOST_PARTS = 8;

  /// Words of local memory that any device has: 48 KB.
  private static final int LOCAL_WORDS = 12_288;

  private static final int MOST_SLOTS = 1024;

  /// How many losses are fetched at once, at most, 4 MB or a quarter of the device's memory.
  private static final int MOST_LOSSES = 1 << 20;

  /// Steps of a launch of a long training.
  private static final int UNROLLED_STEPS = 8;

  private final Target target;
  private final int patience;
  private final Examples examples;
  private final boolean accumulates;
  private final List<RunConfig> runs;

  /// Threads of a group, which has a chunk.
  private final int threads;

  private final OrderedExamples ordered;
  private final int size;
  private final int slots;
  private final int runsPerPass;
  private final FloatLosses.Layout layout;
  private final FloatLosses.Terms terms;
  private final IntArray control = PageAlignedArrays.ints(FusedExamplesKernels.CONTROL_SIZE);
  private final Schedules schedules;
  private final IntArray targets;
  private final IntArray table;
  private final FloatArray scale;
  private final FloatArray partials;
  private final FloatArray weights;
  private final FloatArray accumulated;
  private final FloatArray between;
  private final FloatArray losses;
  private DeviceProgram program;
  private int stepsPerLaunch = 1;
  private long firstLaunch;
  private long later;
  private int step;

  FusedExamplesSession(Target target, Problem.OverExamples problem, List<RunConfig> runs) {
    // The first launch compiles the kernel twice, that of many steps once more often than it has
    // steps.
    this(target, problem, runs, UNROLLED_STEPS / 2 + 1);
  }

  /// @param patience after how many times the first launch's time launches get several steps
  FusedExamplesSession(
      Target target, Problem.OverExamples problem, List<RunConfig> runs, int patience) {
    this.target = target;
    this.patience = patience;
    examples = problem.examples();
    accumulates = problem.accumulatesGradients();
    this.runs = List.copyOf(runs);
    threads = threads(examples.symbolCount());
    ordered = OrderedExamples.of(examples, EXAMPLES_OF_THREAD * threads);
    size = examples.contextCount() * examples.symbolCount();
    long mostLosses = Math.min(MOST_LOSSES, target.memory() / Float.BYTES / 4);
    slots = Math.clamp(mostLosses / lossesPerStep(), 1, MOST_SLOTS);
    runsPerPass = runsPerPass();
    int contextCount = examples.contextCount();
    layout =
        new FloatLosses.Layout(
            (int) lossesPerStep(), 2 * contextCount, 2, contextCount, 1, contextCount);
    terms = FloatLosses.Terms.of(examples.count(), size, runs);
    schedules = Schedules.of(runs, size);
    targets = PageAlignedArrays.of(ordered.targets());
    table = PageAlignedArrays.of(table(ordered));
    scale = PageAlignedArrays.of((float) (1.0 / examples.count()));
    partials =
        PageAlignedArrays.floats(2 * runsPerPass * ordered.chunks() * (examples.symbolCount() + 1));
    weights = PageAlignedArrays.initialWeights(runs);
    accumulated = PageAlignedArrays.floats(accumulates ? weights.getSize() : 1);
    between = PageAlignedArrays.floats((accumulates ? 2 : 1) * weights.getSize());
    losses = PageAlignedArrays.floats((int) (slots * lossesPerStep()));
    fillControl();
    program = program();
  }

  private static int threads(int symbols) {
    int threads = MOST_THREADS;
    while (words(symbols, threads) > LOCAL_WORDS) {
      threads /= 2;
    }
    return threads;
  }

  private static int words(int symbols, int threads) {
    int parts = parts(symbols, threads);
    return symbols + 3 + (symbols + 1) * (threads + parts) + symbols;
  }

  private static int parts(int symbols, int threads) {
    return Math.min(MOST_PARTS, Integer.highestOneBit(threads / (symbols + 1)));
  }

  private long lossesPerStep() {
    return 2L * runs.size() * examples.contextCount();
  }

  private int runsPerPass() {
    long all =
        8L * runs.size() * (accumulates ? 2L : 1L) * size
            + 4L * slots * lossesPerStep()
            + 4L * examples.count();
    long pass = 8L * ordered.chunks() * (examples.symbolCount() + 1L);
    long addressable =
        Integer.MAX_VALUE
            / ((long) ordered.chunks() * Math.max(threads, 2 * (examples.symbolCount() + 1)));
    if (all + pass > target.memory()
        || addressable == 0
        || (accumulates ? 2L : 1L) * runs.size() * size > Integer.MAX_VALUE) {
      throw new DeviceException(
          "%s (%s) cannot hold this training: it takes %,d MB of %,d; try path: counts, or fewer runs"
              .formatted(
                  target.device().index(),
                  target.device().name(),
                  (all + pass) >> 20,
                  target.memory() >> 20));
    }
    return Math.clamp(Math.min((target.memory() - all) / pass, addressable), 1, runs.size());
  }

  private void fillControl() {
    control.set(FusedExamplesKernels.CONTEXTS, examples.contextCount());
    control.set(FusedExamplesKernels.CHUNKS, ordered.chunks());
    control.set(FusedExamplesKernels.PHASES, schedules.phases());
    control.set(FusedExamplesKernels.ALL_RUNS, runs.size());
    control.set(FusedExamplesKernels.ACCUMULATES, accumulates ? 1 : 0);
    control.set(FusedExamplesKernels.PASS, runsPerPass);
  }

  /// (Q, 5), where chunks lie, as the kernel reads it.
  private static int[] table(OrderedExamples ordered) {
    int[] table = new int[ordered.chunks() * FusedExamplesKernels.TABLE_WIDTH];
    int[] ends = ordered.contextChunks();
    for (int chunk = 0, context = 0; chunk < ordered.chunks(); chunk++) {
      if (chunk == ends[context + 1]) {
        context++;
      }
      int row = chunk * FusedExamplesKernels.TABLE_WIDTH;
      table[row + FusedExamplesKernels.START] = ordered.chunkStarts()[chunk];
      table[row + FusedExamplesKernels.END] = ordered.chunkStarts()[chunk + 1];
      table[row + FusedExamplesKernels.CONTEXT] = context;
      table[row + FusedExamplesKernels.FIRST_CHUNK] = ends[context];
      table[row + FusedExamplesKernels.END_CHUNK] = ends[context + 1];
    }
    return table;
  }

  /// The data flow of S steps, 1 or 8, of G of the R runs: N examples in Q chunks, C contexts, V
  /// symbols.
  ///
  /// ```text
  ///  EVERY_EXECUTION   control ---------------------------------------------------+
  ///  FIRST_EXECUTION   receipts, targets (N), table (Q, 5), scale (1) ------------+
  ///                    until, rates (R, phases), decay (R) -----------------------+
  ///                    weights, accumulated (R, C, V), losses (slots, R, C, 2) ---+
  ///                                                                               v
  ///  S + 1 times:
  ///  sumChunks           targets, table, scale,
  ///                      until, rates, decay     -> receipts, weights, accumulated in place,
  ///                                                 or between (1 or 2, R, C, V) by turns
  ///                                                 losses, the row of the step before
  ///                                                 partials (2, G, Q, V + 1), for the next
  ///                                                                               |
  ///  UNDER_DEMAND      receipts, losses: every so many steps as there are slots <-+
  ///                    what FIRST_EXECUTION copies and no kernel writes: once
  ///                    weights, accumulated: when asked for, and when the graph of 1 step
  ///                    gives way to that of 8
  ///                    between, partials: never
  /// ```
  private DeviceProgram program() {
    int v = examples.symbolCount();
    int parts = parts(v, threads);
    int reads = Math.ceilDiv(ordered.mostChunks(), parts);
    IntArray receipts = PageAlignedArrays.ints(1);
    List<TornadoNativeArray> constants =
        List.of(targets, table, scale, schedules.until(), schedules.rates(), schedules.decay());
    TaskGraph graph =
        new TaskGraph("examples")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, control)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, constants.toArray())
            .transferToDevice(
                DataTransferMode.FIRST_EXECUTION, receipts, weights, accumulated, losses);
    Map<String, Threads> tasks = new LinkedHashMap<>();
    for (int offset = 0; offset <= stepsPerLaunch; offset++) {
      String task = "sumChunks" + offset;
      graph.task(
          task,
          FusedExamplesKernels::sumChunks,
          new KernelContext(),
          control,
          receipts,
          targets,
          table,
          scale,
          schedules.until(),
          schedules.rates(),
          schedules.decay(),
          weights,
          accumulated,
          between,
          partials,
          losses,
          v,
          threads,
          parts,
          reads,
          offset);
      tasks.put(task, new Threads((long) runsPerPass * ordered.chunks() * threads, threads));
    }
    graph
        .transferToHost(DataTransferMode.UNDER_DEMAND, receipts, weights, accumulated, losses)
        .transferToHost(DataTransferMode.UNDER_DEMAND, constants.toArray())
        .transferToHost(DataTransferMode.UNDER_DEMAND, DeviceProgram.kept(between, partials));
    return new DeviceProgram(
        target, new DeviceProgram.Launch(graph, tasks, control, constants, receipts, true));
  }

  @Override
  public StepLosses advance(int steps) {
    JoinedLosses all = new JoinedLosses(steps, runs.size());
    control.set(FusedExamplesKernels.UPDATES, 1);
    long start = System.nanoTime();
    boolean isFirst = firstLaunch == 0;
    for (int done = 0; done < steps; ) {
      int some = Math.min(slots, steps - done);
      for (int slot = 0; slot < some; slot += stepsPerLaunch) {
        int ofLaunch = Math.min(stepsPerLaunch, some - slot);
        launch(slot, ofLaunch);
        step += ofLaunch;
        if (firstLaunch == 0) {
          firstLaunch = System.nanoTime() - start;
        }
      }
      all.add(done, 0, losses(some));
      done += some;
    }
    if (!isFirst) {
      later += System.nanoTime() - start;
    }
    if (stepsPerLaunch == 1 && later > patience * firstLaunch) {
      unroll();
    }
    return all.all();
  }

  /// Goes on with several steps in a launch. The first launch told how long the kernels of one step
  /// take to compile.
  private void unroll() {
    program.fetch(weights);
    program.fetch(accumulated);
    program.close();
    stepsPerLaunch = UNROLLED_STEPS;
    program = program();
  }

  @Override
  public StepLosses evaluate() {
    control.set(FusedExamplesKernels.UPDATES, 0);
    launch(0, 1);
    return losses(1);
  }

  /// Some steps of all runs, at most as many as a launch has.
  private void launch(int slot, int steps) {
    control.set(FusedExamplesKernels.SLOT, slot);
    control.set(FusedExamplesKernels.STEP, step);
    control.set(FusedExamplesKernels.STEPS, steps);
    for (int first = 0; first < runs.size(); first += runsPerPass) {
      control.set(FusedExamplesKernels.FIRST_RUN, first);
      control.set(FusedExamplesKernels.RUNS, Math.min(runsPerPass, runs.size() - first));
      program.launch();
    }
  }

  private FloatLosses losses(int steps) {
    program.fetch(losses, (int) (steps * lossesPerStep()));
    return new FloatLosses(losses.getSegment(), layout, terms, steps);
  }

  @Override
  public double[] weights(int run) {
    program.fetch(weights);
    return PageAlignedArrays.row(weights, run, size);
  }

  @Override
  public RunState state(int run) {
    double[] gradients = {};
    if (accumulates) {
      program.fetch(accumulated);
      gradients = PageAlignedArrays.row(accumulated, run, size);
    }
    return RunState.of(weights(run), gradients);
  }

  @Override
  public void resume(int at, List<RunState> states) {
    step = at;
    PageAlignedArrays.setWeights(weights, states);
    PageAlignedArrays.setGradients(accumulated, states);
  }

  @Override
  public void close() {
    program.close();
  }
}
