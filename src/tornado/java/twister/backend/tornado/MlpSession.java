package twister.backend.tornado;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import twister.backend.BatchSource.BatchStream;
import twister.backend.DeviceException;
import twister.backend.FloatLosses;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.RunState;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.data.Blocks;
import twister.model.MlpShape;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// Training of multi-layer perceptrons on a device: one task graph of nine stages, launched once
/// per step.
///
/// Parameters, examples and losses stay on the device. With a launch go the numbers of the examples
/// that the runs chose for the step; losses are fetched every few steps, as partial sums that are
/// added up in double precision. Where a step of all runs does not fit into the memory at once, it
/// is several passes over some of the runs and some of the examples; what is computed does not
/// change.
final class MlpSession implements TrainingSession {
  private static final int MOST_SLOTS = 128;

  /// How many losses are fetched at once, at most, 1 MB.
  private static final int MOST_LOSSES = 1 << 18;

  /// Threads that add up the squared parameters of a run.
  private static final int SQUARES = 32;

  private final Blocks examples;
  private final MlpShape shape;
  private final int batch;
  private final List<RunConfig> runs;
  private List<BatchStream> batches;

  /// (R, batch), the examples that the runs chose for the step; (R, 0) where they take all.
  private final int[][] chosen;

  private final int squares;
  private final int slots;
  private final FloatLosses.Terms terms;
  private final MlpPasses training;
  private final MlpPasses evaluation;
  private final IntArray control;
  private final FloatArray parameters;
  private final FloatArray losses;
  private final DeviceProgram program;
  private int step;

  MlpSession(Target target, Problem.OverBlocks problem, List<RunConfig> runs) {
    examples = problem.examples();
    shape = problem.shape();
    batch = problem.batch() == 0 ? examples.count() : problem.batch();
    this.runs = List.copyOf(runs);
    chosen = new int[runs.size()][problem.batch()];
    batches = batches(0);
    squares = runs.stream().anyMatch(run -> run.l2() != 0) ? SQUARES : 0;
    slots = Math.clamp(MOST_LOSSES / ((long) runs.size() * losses(batch)), 1, MOST_SLOTS);
    terms = FloatLosses.Terms.of(batch, shape.parameters(), runs);
    training = passes(target);
    evaluation = training.ofEvaluation(runs.size(), examples.count());
    control =
        PageAlignedArrays.ints(
            MlpKernels.CHOSEN + (batches.isEmpty() ? 0 : training.runs() * training.examples()));
    parameters = PageAlignedArrays.initialWeights(runs);
    losses = PageAlignedArrays.floats((int) lossCount());
    program = program(target);
  }

  /// The examples of each run from a step on; none where each step takes all.
  private List<BatchStream> batches(int at) {
    return chosen[0].length == 0
        ? List.of()
        : runs.stream()
            .map(run -> run.batches().orElseThrow().openAt(at, examples.count(), batch))
            .toList();
  }

  /// The partial sums of a run's loss over some examples.
  private int losses(int count) {
    return parts(count) + squares;
  }

  private static int parts(int count) {
    return Math.ceilDiv(count, MlpKernels.CHUNK);
  }

  private long lossCount() {
    return runs.size() * Math.max((long) slots * losses(batch), losses(examples.count()));
  }

  private MlpPasses passes(Target target) {
    long parameterCount = (long) runs.size() * shape.parameters();
    long all = 4 * (parameterCount + lossCount() + examples.count() * (shape.blockSize() + 1L));
    if (Math.max(parameterCount, lossCount()) > Integer.MAX_VALUE) {
      throw refusal(target, all);
    }
    return MlpPasses.of(shape, runs.size(), batch, examples.count(), target.memory() - all)
        .orElseThrow(() -> refusal(target, all));
  }

  private static DeviceException refusal(Target target, long bytes) {
    return new DeviceException(
        "%s (%s) cannot hold this training: its parameters, examples and losses take %,d MB of %,d,"
                .formatted(
                    target.device().index(),
                    target.device().name(),
                    Math.ceilDiv(bytes, 1 << 20),
                    target.memory() >> 20)
            + " and do not leave enough for a step; try fewer runs, or the device cpu");
  }

  /// The data flow of a launch, which is a step of G of the R runs, or of M of the step's examples:
  /// N examples of B symbols in all, P parameters, Q chunks, D inputs, H hidden units, V symbols.
  /// Every task signs `receipts` as well.
  ///
  /// ```text
  ///  EVERY_EXECUTION   control, with the numbers of the examples (G, M) ----------+
  ///  FIRST_EXECUTION   receipts, contexts (N, B), targets (N), scale (1) ---------+
  ///                    until, rates (R, phases), decay (R) -----------------------+
  ///                    parameters (R, P), gradient (G, P), losses (slots, R, K) --+
  ///                                                                               v
  ///  embed              contexts, parameters            -> inputs (G, M, D + 1), units
  ///  hiddenUnits        parameters, inputs              -> units (G, M, H + 1)
  ///  logits             parameters, units               -> logits (G, M, V)
  ///  softmaxLoss        targets, scale, logits          -> logits, now their gradient; nll (G, M)
  ///  sumLosses          decay, parameters, nll          -> losses, the row of the step
  ///  unitGradient       parameters, units, logits       -> unitGradients (G, M, H)
  ///  inputGradient      parameters, unitGradients       -> inputGradients (G, M, D)
  ///  partialGradient    contexts, inputs, units, logits,
  ///                     unitGradients, inputGradients   -> partials (G, Q, P)
  ///  updateParameters   until, rates, decay, partials   -> gradient, parameters in place
  ///                                                                               |
  ///  UNDER_DEMAND      receipts, losses: every so many steps as there are slots <-+
  ///                    what FIRST_EXECUTION copies and no kernel writes: once
  ///                    parameters: when asked for
  ///                    what the tasks hand on: never
  /// ```
  private DeviceProgram program(Target target) {
    IntArray receipts = PageAlignedArrays.ints(MlpKernels.TASKS);
    IntArray contexts = PageAlignedArrays.of(examples.contexts());
    IntArray targets = PageAlignedArrays.of(examples.targets());
    FloatArray scale = PageAlignedArrays.of((float) (1.0 / batch));
    int rows = training.evaluated();
    FloatArray inputs = PageAlignedArrays.floats(rows * (shape.inputs() + 1));
    FloatArray units = PageAlignedArrays.floats(rows * (shape.hidden() + 1));
    FloatArray unitGradients = PageAlignedArrays.floats(rows * shape.hidden());
    FloatArray logits = PageAlignedArrays.floats(rows * shape.symbols());
    FloatArray inputGradients = PageAlignedArrays.floats(rows * shape.inputs());
    FloatArray nll = PageAlignedArrays.floats(rows);
    int gradients = training.runs() * shape.parameters();
    FloatArray partials = PageAlignedArrays.floats(parts(training.examples()) * gradients);
    FloatArray gradient = PageAlignedArrays.floats(training.examples() < batch ? gradients : 1);
    Schedules schedules = Schedules.of(runs, shape.parameters());
    fillControl(schedules);
    List<TornadoNativeArray> constants =
        List.of(contexts, targets, scale, schedules.until(), schedules.rates(), schedules.decay());
    KernelContext context = new KernelContext();
    TaskGraph graph =
        new TaskGraph("mlp")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, control)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, constants.toArray())
            .transferToDevice(
                DataTransferMode.FIRST_EXECUTION, receipts, parameters, losses, gradient)
            .task(
                "embed",
                MlpKernels::embed,
                context,
                control,
                receipts,
                contexts,
                parameters,
                inputs,
                units)
            .task(
                "hiddenUnits",
                MlpKernels::hiddenUnits,
                context,
                control,
                receipts,
                parameters,
                inputs,
                units)
            .task(
                "logits", MlpKernels::logits, context, control, receipts, parameters, units, logits)
            .task(
                "softmaxLoss",
                MlpKernels::softmaxLoss,
                context,
                control,
                receipts,
                targets,
                scale,
                logits,
                nll,
                shape.symbols(),
                RowArithmetic.width(shape.symbols()))
            .task(
                "sumLosses",
                MlpKernels::sumLosses,
                context,
                control,
                receipts,
                schedules.decay(),
                parameters,
                nll,
                losses)
            .task(
                "unitGradient",
                MlpKernels::unitGradient,
                context,
                control,
                receipts,
                parameters,
                units,
                logits,
                unitGradients)
            .task(
                "inputGradient",
                MlpKernels::inputGradient,
                context,
                control,
                receipts,
                parameters,
                unitGradients,
                inputGradients)
            .task(
                "partialGradient",
                MlpKernels::partialGradient,
                context,
                control,
                receipts,
                contexts,
                inputs,
                units,
                logits,
                unitGradients,
                inputGradients,
                partials)
            .task(
                "updateParameters",
                MlpKernels::updateParameters,
                context,
                control,
                receipts,
                schedules.until(),
                schedules.rates(),
                schedules.decay(),
                partials,
                gradient,
                parameters)
            .transferToHost(DataTransferMode.UNDER_DEMAND, receipts, parameters, losses)
            .transferToHost(DataTransferMode.UNDER_DEMAND, constants.toArray())
            .transferToHost(
                DataTransferMode.UNDER_DEMAND,
                DeviceProgram.kept(
                    inputs, units, unitGradients, logits, inputGradients, nll, partials));
    Map<String, DeviceProgram.Threads> tasks = new LinkedHashMap<>();
    threads(training.runs(), training.examples(), true)
        .forEach((task, count) -> tasks.put(task, DeviceProgram.Threads.of(count)));
    return new DeviceProgram(
        target, new DeviceProgram.Launch(graph, tasks, control, constants, receipts, false));
  }

  /// How many threads each task of a launch needs.
  private Map<String, Long> threads(int runsOfLaunch, int count, boolean trains) {
    long rows = (long) runsOfLaunch * count;
    Map<String, Long> threads = new LinkedHashMap<>();
    threads.put("embed", rows * (shape.inputs() + 1));
    threads.put("hiddenUnits", rows * shape.hidden());
    threads.put("logits", rows * shape.symbols());
    threads.put("softmaxLoss", rows);
    threads.put("sumLosses", (long) runsOfLaunch * losses(count));
    threads.put("unitGradient", trains ? rows * shape.hidden() : 1);
    threads.put("inputGradient", trains ? rows * shape.inputs() : 1);
    long gradients = (long) runsOfLaunch * shape.parameters();
    threads.put("partialGradient", trains ? parts(count) * gradients : 1);
    threads.put("updateParameters", trains ? gradients : 1);
    return threads;
  }

  private void fillControl(Schedules schedules) {
    control.set(MlpKernels.BLOCK_SIZE, shape.blockSize());
    control.set(MlpKernels.EMBEDDING, shape.embedding());
    control.set(MlpKernels.HIDDEN, shape.hidden());
    control.set(MlpKernels.SYMBOLS, shape.symbols());
    control.set(MlpKernels.W1, shape.w1());
    control.set(MlpKernels.W2, shape.w2());
    control.set(MlpKernels.PARAMETERS, shape.parameters());
    control.set(MlpKernels.PHASES, schedules.phases());
    control.set(MlpKernels.ALL_RUNS, runs.size());
    control.set(MlpKernels.SQUARES, squares);
  }

  @Override
  public StepLosses advance(int steps) {
    JoinedLosses all = new JoinedLosses(steps, runs.size());
    control.set(MlpKernels.TRAINS, 1);
    control.set(MlpKernels.CHOOSES, batches.isEmpty() ? 0 : 1);
    for (int done = 0; done < steps; ) {
      int some = Math.min(slots, steps - done);
      for (int slot = 0; slot < some; slot++) {
        for (int run = 0; run < batches.size(); run++) {
          batches.get(run).next(chosen[run]);
        }
        control.set(MlpKernels.SLOT, slot);
        control.set(MlpKernels.STEP, step);
        launches(training, batch);
        step++;
      }
      all.add(done, 0, losses(some, batch));
      done += some;
    }
    return all.all();
  }

  @Override
  public StepLosses evaluate() {
    control.set(MlpKernels.TRAINS, 0);
    control.set(MlpKernels.CHOOSES, 0);
    control.set(MlpKernels.SLOT, 0);
    launches(evaluation, examples.count());
    return losses(1, examples.count());
  }

  /// All runs over `count` examples.
  private void launches(MlpPasses passes, int count) {
    control.set(MlpKernels.PARTS, parts(count));
    for (int run = 0; run < runs.size(); run += passes.runs()) {
      for (int first = 0; first < count; first += passes.examples()) {
        control.set(MlpKernels.FIRST_RUN, run);
        control.set(MlpKernels.FIRST, first);
        control.set(MlpKernels.ENDS, count - first <= passes.examples() ? 1 : 0);
        launch(
            Math.min(passes.runs(), runs.size() - run), Math.min(passes.examples(), count - first));
      }
    }
  }

  private void launch(int runsOfLaunch, int count) {
    control.set(MlpKernels.RUNS, runsOfLaunch);
    control.set(MlpKernels.COUNT, count);
    if (control.get(MlpKernels.CHOOSES) != 0) {
      choose(runsOfLaunch, count);
    }
    threads(runsOfLaunch, count, control.get(MlpKernels.TRAINS) != 0).forEach(program::resize);
    program.launch();
  }

  private void choose(int runsOfLaunch, int count) {
    int first = control.get(MlpKernels.FIRST);
    for (int run = 0; run < runsOfLaunch; run++) {
      int[] indices = chosen[control.get(MlpKernels.FIRST_RUN) + run];
      for (int i = 0; i < count; i++) {
        control.set(MlpKernels.CHOSEN + run * count + i, indices[first + i]);
      }
    }
  }

  /// Fetches the losses of some steps.
  ///
  /// @param count of the examples that each of them is the mean over
  private FloatLosses losses(int steps, int count) {
    program.fetch(losses);
    FloatLosses.Layout layout =
        new FloatLosses.Layout(
            runs.size() * losses(count), losses(count), 1, parts(count), parts(count), squares);
    return new FloatLosses(losses.getSegment(), layout, terms.over(count), steps);
  }

  @Override
  public double[] weights(int run) {
    program.fetch(parameters);
    return PageAlignedArrays.row(parameters, run, shape.parameters());
  }

  @Override
  public void resume(int at, List<RunState> states) {
    step = at;
    batches = batches(at);
    PageAlignedArrays.setWeights(parameters, states);
  }

  @Override
  public void close() {
    program.close();
  }
}
