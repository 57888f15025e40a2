package twister.backend.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import twister.backend.BatchSource.BatchStream;
import twister.backend.FloatLosses;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.RunState;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.backend.tornado.DeviceProgram.Threads;
import twister.data.Blocks;
import twister.model.MlpShape;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// Training of multi-layer perceptrons on batches on a GPU: a work group trains a run, through many
/// steps in a launch.
///
/// With a launch go the numbers of the examples that the runs chose for its steps. The loss over
/// all examples is a program of its own, which is compiled when it is asked for.
final class MlpGroupSession implements TrainingSession {
  /// Numbers of examples that go with a launch, at most, 1 MB: a launch of many runs still has some
  /// steps.
  private static final int MOST_CHOSEN = 1 << 18;

  private static final int MOST_STEPS = 512;

  /// What two arrays of a unit's weights and gradients may have of a thread's 255 registers.
  private static final int MOST_REGISTERS = 128;

  private final Target target;
  private final Blocks examples;
  private final MlpShape shape;
  private final int batch;
  private final List<RunConfig> runs;
  private List<BatchStream> batches;

  /// (R, batch), the examples that the runs chose for a step.
  private final int[][] chosen;

  private final int stepsPerLaunch;
  private final FloatLosses.Layout layout;
  private final FloatLosses.Terms terms;
  private final IntArray control;
  private final FloatArray parameters;
  private final FloatArray losses;
  private final DeviceProgram program;
  private @Nullable Evaluation evaluation;
  private int step;

  MlpGroupSession(Target target, Problem.OverBlocks problem, List<RunConfig> runs) {
    this.target = target;
    examples = problem.examples();
    shape = problem.shape();
    batch = problem.batch();
    this.runs = List.copyOf(runs);
    batches = batches(0);
    chosen = new int[runs.size()][batch];
    stepsPerLaunch = Math.clamp(MOST_CHOSEN / ((long) runs.size() * batch), 1, MOST_STEPS);
    layout = new FloatLosses.Layout(2 * runs.size(), 2, 0, 1, 1, 1);
    terms = FloatLosses.Terms.of(1, shape.parameters(), runs);
    control = PageAlignedArrays.ints(MlpGroupKernels.CHOSEN + stepsPerLaunch * runs.size() * batch);
    parameters = PageAlignedArrays.initialWeights(runs);
    losses = PageAlignedArrays.floats(stepsPerLaunch * runs.size() * 2);
    program = program();
  }

  /// The examples of each run from a step on.
  private List<BatchStream> batches(int at) {
    return runs.stream()
        .map(run -> run.batches().orElseThrow().openAt(at, examples.count(), batch))
        .toList();
  }

  /// Whether the kernels have room for a shape and its runs on a device. Only through CUDA and PTX:
  /// PoCL compiles the exchange of two threads' weights wrongly, and no other OpenCL was at hand.
  static boolean fits(Target target, Problem.OverBlocks problem, int runs) {
    MlpShape shape = problem.shape();
    int batch = problem.batch();
    if (!target.replays()
        || batch == 0
        || batch > MlpGroupKernels.MOST_EXAMPLES
        || shape.hidden() > MlpGroupKernels.THREADS
        || shape.symbols() > RegisterRow.MOST_SYMBOLS
        || 2 * (shape.inputs() + shape.symbols()) > MOST_REGISTERS) {
      return false;
    }
    // A virtual device, for looking at the code of a GPU that is not there, tells no size.
    long local = target.hardware().getPhysicalDevice().getDeviceLocalMemorySize();
    return MlpGroupTiles.of(shape, batch).isPresent()
        && (local <= 0 || 4L * MlpGroupKernels.LOCAL_WORDS <= local)
        && 4L * runs * shape.parameters() <= target.memory() / 2
        && (long) runs
                * MlpGroupKernels.THREADS
                * Math.ceilDiv(problem.examples().count(), MlpGroupKernels.THREADS)
            <= Integer.MAX_VALUE;
  }

  /// The data flow of a launch of S steps: R runs, N examples of B symbols, M of them in a batch, P
  /// parameters, D inputs, H hidden units.
  ///
  /// ```text
  ///  EVERY_EXECUTION   control, with the numbers of the examples (S, R, M) ------+
  ///  FIRST_EXECUTION   receipts, contexts (N, B), targets (N) -------------------+
  ///                    until, rates (R, phases), decay (R) ----------------------+
  ///                    parameters (R, P), losses (S, R, 2) ----------------------+
  ///                                                                              |
  ///                                                                              v
  ///  trainBatches   control, contexts, targets,
  ///                 until, rates, decay          -> receipts, losses
  ///                                                 parameters in place
  ///                                                                              |
  ///  UNDER_DEMAND      receipts, losses: after every launch <--------------------+
  ///                    what FIRST_EXECUTION copies and no kernel writes: once
  ///                    parameters: when asked for
  /// ```
  private DeviceProgram program() {
    IntArray receipts = PageAlignedArrays.ints(1);
    IntArray contexts = PageAlignedArrays.of(examples.contexts());
    IntArray targets = PageAlignedArrays.of(examples.targets());
    Schedules schedules = Schedules.of(runs, shape.parameters());
    MlpGroupTiles tiles = MlpGroupTiles.of(shape, batch).orElseThrow();
    control.set(MlpGroupKernels.RUNS, runs.size());
    control.set(MlpGroupKernels.PHASES, schedules.phases());
    List<TornadoNativeArray> constants =
        List.of(contexts, targets, schedules.until(), schedules.rates(), schedules.decay());
    TaskGraph graph =
        new TaskGraph("mlp")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, control)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, constants.toArray())
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, receipts, parameters, losses)
            .task(
                "trainBatches",
                MlpGroupKernels::trainBatches,
                new KernelContext(),
                control,
                receipts,
                contexts,
                targets,
                schedules.until(),
                schedules.rates(),
                schedules.decay(),
                parameters,
                losses,
                batch,
                shape.blockSize(),
                shape.embedding(),
                shape.hidden(),
                shape.symbols(),
                tiles.parts(),
                tiles.splits(),
                tiles.pieces(),
                tiles.shelf())
            .transferToHost(DataTransferMode.UNDER_DEMAND, receipts, parameters, losses)
            .transferToHost(DataTransferMode.UNDER_DEMAND, constants.toArray());
    int group = MlpGroupKernels.THREADS;
    return new DeviceProgram(
        target,
        new DeviceProgram.Launch(
            graph,
            Map.of("trainBatches", new Threads((long) runs.size() * group, group)),
            control,
            constants,
            receipts,
            true));
  }

  @Override
  public StepLosses advance(int steps) {
    JoinedLosses all = new JoinedLosses(steps, runs.size());
    for (int done = 0; done < steps; ) {
      int some = Math.min(stepsPerLaunch, steps - done);
      choose(some);
      control.set(MlpGroupKernels.STEPS, some);
      control.set(MlpGroupKernels.FIRST_STEP, step);
      program.launch();
      program.fetch(losses, some * runs.size() * 2);
      all.add(done, 0, new FloatLosses(losses.getSegment(), layout, terms, some));
      step += some;
      done += some;
    }
    return all.all();
  }

  /// Draws the examples of some steps; each run has a stream of its own, so many may draw at once.
  private void choose(int steps) {
    IntStream all = IntStream.range(0, runs.size());
    (runs.size() > 1 ? all.parallel() : all)
        .forEach(
            run -> {
              for (int s = 0; s < steps; s++) {
                batches.get(run).next(chosen[run]);
                long place = MlpGroupKernels.CHOSEN + ((long) s * runs.size() + run) * batch;
                MemorySegment.copy(
                    chosen[run], 0, control.getSegment(), ValueLayout.JAVA_INT, 4 * place, batch);
              }
            });
  }

  @Override
  public StepLosses evaluate() {
    if (step > 0) {
      program.fetch(parameters);
    }
    Evaluation ready = evaluation == null ? new Evaluation() : evaluation;
    evaluation = ready;
    return ready.losses();
  }

  /// The losses over every example.
  private final class Evaluation implements AutoCloseable {
    private final int groups = Math.ceilDiv(examples.count(), MlpGroupKernels.THREADS);
    private final IntArray control =
        PageAlignedArrays.ints(MlpGroupKernels.EVALUATION_CONTROL_SIZE);

    /// An array of its own: the driver does not copy one for two programs.
    private final FloatArray present = PageAlignedArrays.floats(parameters.getSize());

    private final FloatArray sums = PageAlignedArrays.floats(runs.size() * groups);
    private final DeviceProgram program = program();

    /// The data flow of a launch: R runs, N examples of B symbols, P parameters.
    ///
    /// ```text
    ///  EVERY_EXECUTION   control, present (R, P) -----------------------------+
    ///  FIRST_EXECUTION   receipts, contexts (N, B), targets (N) --------------+
    ///                                                                         v
    ///  evaluateRuns   contexts, targets, present -> receipts, sums (R, groups)
    ///                                                                         |
    ///  UNDER_DEMAND      receipts, sums: after every launch <-----------------+
    ///                    contexts, targets: once
    /// ```
    private DeviceProgram program() {
      IntArray receipts = PageAlignedArrays.ints(1);
      IntArray contexts = PageAlignedArrays.of(examples.contexts());
      IntArray targets = PageAlignedArrays.of(examples.targets());
      control.set(MlpGroupKernels.EXAMPLES, examples.count());
      List<TornadoNativeArray> constants = List.of(contexts, targets);
      TaskGraph graph =
          new TaskGraph("mlpLosses")
              .transferToDevice(DataTransferMode.EVERY_EXECUTION, control, present)
              .transferToDevice(DataTransferMode.FIRST_EXECUTION, receipts, contexts, targets)
              .task(
                  "evaluateRuns",
                  MlpGroupKernels::evaluateRuns,
                  new KernelContext(),
                  control,
                  receipts,
                  contexts,
                  targets,
                  present,
                  sums,
                  shape.blockSize(),
                  shape.embedding(),
                  shape.hidden(),
                  shape.symbols())
              .transferToHost(DataTransferMode.UNDER_DEMAND, receipts, sums, contexts, targets);
      int group = MlpGroupKernels.THREADS;
      return new DeviceProgram(
          new Target(
              target.device(),
              target.hardware(),
              target.memory(),
              target.kernels(),
              Optional.empty()),
          new DeviceProgram.Launch(
              graph,
              Map.of("evaluateRuns", new Threads((long) runs.size() * groups * group, group)),
              control,
              constants,
              receipts,
              true));
    }

    StepLosses losses() {
      MemorySegment.copy(
          parameters.getSegment(), 0, present.getSegment(), 0, 4L * present.getSize());
      program.launch();
      program.fetch(sums);
      double[] nll = new double[runs.size()];
      double[] l2Term = new double[runs.size()];
      for (int run = 0; run < runs.size(); run++) {
        double sum = 0;
        for (int i = 0; i < groups; i++) {
          sum += sums.get(run * groups + i);
        }
        nll[run] = sum / examples.count();
        double l2 = runs.get(run).l2();
        l2Term[run] = l2 == 0 ? 0 : l2 * (squares(run) / shape.parameters());
      }
      return StepLosses.of(1, runs.size(), nll, l2Term);
    }

    private double squares(int run) {
      double sum = 0;
      for (int i = 0; i < shape.parameters(); i++) {
        double parameter = present.get(run * shape.parameters() + i);
        sum += parameter * parameter;
      }
      return sum;
    }

    @Override
    public void close() {
      program.close();
    }
  }

  @Override
  public double[] weights(int run) {
    if (step > 0) {
      program.fetch(parameters);
    }
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
    if (evaluation != null) {
      evaluation.close();
    }
    program.close();
  }
}
