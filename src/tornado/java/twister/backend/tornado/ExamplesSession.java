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

/// Training over every example on a device: one task graph of the five stages, launched once per
/// step.
///
/// Weights, examples and losses stay on the device; losses are fetched every few steps, as partial
/// sums that are added up in double precision. Where the logits of all runs do not fit into the
/// memory at once, a step is several passes over some of the runs; what is computed does not
/// change.
final class ExamplesSession implements TrainingSession {
  private static final int EXAMPLES_PER_CHUNK = 128;
  private static final int EXAMPLES_PER_PART = 256;
  private static final int MOST_PARTS = 1024;
  private static final int MOST_SLOTS = 128;

  /// How many losses are fetched at once, at most, 4 MB.
  private static final int MOST_LOSSES = 1 << 20;

  private final Examples examples;
  private final boolean accumulates;
  private final List<RunConfig> runs;
  private final OrderedExamples ordered;
  private final int size;
  private final int parts;
  private final int slots;
  private final int runsPerPass;
  private final FloatLosses.Layout layout;
  private final FloatLosses.Terms terms;
  private final IntArray control = PageAlignedArrays.ints(ExamplesKernels.CONTROL_SIZE);
  private final FloatArray weights;
  private final FloatArray accumulated;
  private final FloatArray losses;
  private final DeviceProgram program;
  private int step;

  ExamplesSession(Target target, Problem.OverExamples problem, List<RunConfig> runs) {
    examples = problem.examples();
    accumulates = problem.accumulatesGradients();
    this.runs = List.copyOf(runs);
    ordered = OrderedExamples.of(examples, EXAMPLES_PER_CHUNK);
    size = examples.contextCount() * examples.symbolCount();
    parts = Math.clamp(Math.ceilDiv(examples.count(), EXAMPLES_PER_PART), 1, MOST_PARTS);
    slots = Math.clamp(MOST_LOSSES / (2L * runs.size() * parts), 1, MOST_SLOTS);
    runsPerPass = runsPerPass(target);
    int sums = runs.size() * parts;
    layout = new FloatLosses.Layout(2 * sums, parts, 1, parts, sums, parts);
    terms = FloatLosses.Terms.of(examples.count(), size, runs);
    weights = PageAlignedArrays.initialWeights(runs);
    accumulated = PageAlignedArrays.floats(accumulates ? weights.getSize() : 1);
    losses = PageAlignedArrays.floats(slots * 2 * runs.size() * parts);
    program = program(target);
  }

  private int runsPerPass(Target target) {
    long memory = target.memory();
    long all = 4L * runs.size() * ((accumulates ? 2L : 1L) * size + 2L * slots * parts);
    long pass = 4L * (examples.count() + ordered.chunks()) * (examples.symbolCount() + 2L);
    long addressable = Integer.MAX_VALUE / ((long) examples.count() * examples.symbolCount());
    if (all + pass > memory || addressable == 0 || (long) runs.size() * size > Integer.MAX_VALUE) {
      throw new DeviceException(
          "%s (%s) cannot hold this training: it takes %,d MB of %,d; try path: counts, or fewer runs"
              .formatted(
                  target.device().index(),
                  target.device().name(),
                  (all + pass) >> 20,
                  memory >> 20));
    }
    return Math.clamp(Math.min((memory - all) / pass, addressable), 1, runs.size());
  }

  /// The data flow of a launch, which is one step of G of the R runs: N examples in Q chunks, C
  /// contexts, V symbols, P parts of a loss. Every task signs `receipts` as well.
  ///
  /// ```text
  ///  EVERY_EXECUTION   control ---------------------------------------------------+
  ///  FIRST_EXECUTION   receipts, contexts, targets (N), chunkStarts (Q + 1) ------+
  ///                    contextChunks (C + 1), scale (1) --------------------------+
  ///                    until, rates (R, phases), decay (R) -----------------------+
  ///                    weights, accumulated (R, C, V), losses (slots, 2, R, P) ---+
  ///                                                                               v
  ///  oneHotLogits            contexts, weights               -> logits (G, N, V)
  ///  softmax                 logits                          -> logits, largest, sums (G, N)
  ///  negativeLogLikelihood   contexts, targets, weights,
  ///                          largest, sums                   -> losses, the row of the step
  ///  gradient                chunkStarts, targets, logits    -> partials (G, Q, V)
  ///  updateWeights           contextChunks, partials, scale,
  ///                          until, rates, decay             -> weights, accumulated in place
  ///                                                                               |
  ///  UNDER_DEMAND      receipts, losses: every so many steps as there are slots <-+
  ///                    what FIRST_EXECUTION copies and no kernel writes: once
  ///                    weights, accumulated: when asked for
  ///                    logits, largest, sums, partials: never
  /// ```
  private DeviceProgram program(Target target) {
    int v = examples.symbolCount();
    IntArray receipts = PageAlignedArrays.ints(ExamplesKernels.TASKS);
    IntArray contexts = PageAlignedArrays.of(ordered.contexts());
    IntArray targets = PageAlignedArrays.of(ordered.targets());
    IntArray chunkStarts = PageAlignedArrays.of(ordered.chunkStarts());
    IntArray contextChunks = PageAlignedArrays.of(ordered.contextChunks());
    FloatArray logits = PageAlignedArrays.floats(runsPerPass * examples.count() * v);
    FloatArray largest = PageAlignedArrays.floats(runsPerPass * examples.count());
    FloatArray sums = PageAlignedArrays.floats(runsPerPass * examples.count());
    FloatArray partials = PageAlignedArrays.floats(runsPerPass * ordered.chunks() * v);
    FloatArray scale = PageAlignedArrays.of((float) (1.0 / examples.count()));
    Schedules schedules = Schedules.of(runs, size);
    fillControl(schedules);
    List<TornadoNativeArray> constants =
        List.of(
            contexts,
            targets,
            chunkStarts,
            contextChunks,
            scale,
            schedules.until(),
            schedules.rates(),
            schedules.decay());
    KernelContext context = new KernelContext();
    TaskGraph graph =
        new TaskGraph("examples")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, control)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, constants.toArray())
            .transferToDevice(
                DataTransferMode.FIRST_EXECUTION, receipts, weights, accumulated, losses)
            .task(
                "oneHotLogits",
                ExamplesKernels::oneHotLogits,
                context,
                control,
                receipts,
                contexts,
                weights,
                logits,
                v)
            .task(
                "softmax",
                ExamplesKernels::softmax,
                context,
                control,
                receipts,
                logits,
                largest,
                sums,
                v,
                RowArithmetic.width(v))
            .task(
                "negativeLogLikelihood",
                ExamplesKernels::negativeLogLikelihood,
                context,
                control,
                receipts,
                contexts,
                targets,
                weights,
                largest,
                sums,
                losses,
                v)
            .task(
                "gradient",
                ExamplesKernels::gradient,
                context,
                control,
                receipts,
                chunkStarts,
                targets,
                logits,
                partials,
                v,
                RowArithmetic.width(v))
            .task(
                "updateWeights",
                ExamplesKernels::updateWeights,
                context,
                control,
                receipts,
                contextChunks,
                partials,
                scale,
                schedules.until(),
                schedules.rates(),
                schedules.decay(),
                weights,
                accumulated,
                v)
            .transferToHost(DataTransferMode.UNDER_DEMAND, receipts, weights, accumulated, losses)
            .transferToHost(DataTransferMode.UNDER_DEMAND, constants.toArray())
            .transferToHost(
                DataTransferMode.UNDER_DEMAND, DeviceProgram.kept(logits, largest, sums, partials));
    long rows = (long) runsPerPass * examples.count();
    Map<String, Threads> tasks = new LinkedHashMap<>();
    tasks.put("oneHotLogits", Threads.of(rows));
    tasks.put("softmax", Threads.of(rows));
    tasks.put("negativeLogLikelihood", Threads.of((long) runsPerPass * parts));
    tasks.put("gradient", Threads.of((long) runsPerPass * ordered.chunks()));
    tasks.put("updateWeights", Threads.of((long) runsPerPass * size));
    return new DeviceProgram(
        target, new DeviceProgram.Launch(graph, tasks, control, constants, receipts, true));
  }

  private void fillControl(Schedules schedules) {
    control.set(ExamplesKernels.EXAMPLES, examples.count());
    control.set(ExamplesKernels.CONTEXTS, examples.contextCount());
    control.set(ExamplesKernels.CHUNKS, ordered.chunks());
    control.set(ExamplesKernels.PARTS, parts);
    control.set(ExamplesKernels.PHASES, schedules.phases());
    control.set(ExamplesKernels.ALL_RUNS, runs.size());
    control.set(ExamplesKernels.ACCUMULATES, accumulates ? 1 : 0);
  }

  @Override
  public StepLosses advance(int steps) {
    JoinedLosses all = new JoinedLosses(steps, runs.size());
    for (int done = 0; done < steps; ) {
      int some = Math.min(slots, steps - done);
      for (int slot = 0; slot < some; slot++) {
        pass(slot, true);
        step++;
      }
      all.add(done, 0, losses(some));
      done += some;
    }
    return all.all();
  }

  @Override
  public StepLosses evaluate() {
    pass(0, false);
    return losses(1);
  }

  /// One step of all runs.
  private void pass(int slot, boolean updates) {
    control.set(ExamplesKernels.SLOT, slot);
    control.set(ExamplesKernels.STEP, step);
    control.set(ExamplesKernels.UPDATES, updates ? 1 : 0);
    for (int first = 0; first < runs.size(); first += runsPerPass) {
      control.set(ExamplesKernels.FIRST_RUN, first);
      control.set(ExamplesKernels.RUNS, Math.min(runsPerPass, runs.size() - first));
      program.launch();
    }
  }

  private FloatLosses losses(int steps) {
    program.fetch(losses);
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
