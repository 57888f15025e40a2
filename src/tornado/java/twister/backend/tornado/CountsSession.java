package twister.backend.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import twister.backend.FloatLosses;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.RunState;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.data.NgramCounts;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// Training over the count table on a device: each row of each run trains all steps of a launch in
/// one thread.
///
/// Runs whose weights do not fit into the device's memory together are trained as several groups,
/// one after the other, each for all the steps asked for; their weights wait in the computer's
/// memory. A launch is cut short before it takes a noticeable part of a second, for devices that
/// also drive a screen stop long ones.
final class CountsSession implements TrainingSession {
  private static final long LONG_LAUNCH_NANOSECONDS = 250_000_000;
  private static final int MOST_STEPS_PER_LAUNCH = 4096;

  /// Weights that a graphics processor trains a step of in a fifth of [#LONG_LAUNCH_NANOSECONDS],
  /// if it is a slow one.
  private static final long WEIGHTS_OF_FIRST_LAUNCH = 1 << 28;

  private final NgramCounts counts;
  private final CountsVariant variant;
  private final List<RunConfig> runs;
  private final int pairsPerRun;
  private final int groupSize;
  private final int stepsPerLaunch;
  private final boolean isResident;
  private final boolean accumulates;

  /// What makes losses of what each group leaves.
  private final List<FloatLosses.Terms> termsOfGroups;

  /// (groups, as the variant lays them): the weights of each group while it is not on the device;
  /// none where there is but one group, which stays there.
  private final List<float[]> weightsOfGroups = new ArrayList<>();

  /// (groups, as the weights): the accumulated gradients of each group while it is not on the
  /// device; empty unless they accumulate.
  private final List<float[]> gradientsOfGroups = new ArrayList<>();

  private final IntArray control = PageAlignedArrays.ints(CountsKernels.CONTROL_SIZE);
  private final FloatArray weights;
  private final FloatArray accumulated;
  private final FloatArray losses;
  private final Schedules schedules;
  private final DeviceProgram program;
  private int launchSteps;
  private boolean hasLaunched;
  private int step;

  CountsSession(Target target, Problem.OverCounts problem, List<RunConfig> runs) {
    counts = problem.counts();
    boolean inRegisters =
        target.kernels() == Kernels.GPU && counts.symbols() <= RegisterRow.MOST_SYMBOLS;
    variant =
        inRegisters
            ? CountsVariant.Tiles.of(counts.contexts(), counts.symbols())
            : new CountsVariant.Rows(counts.contexts(), counts.symbols());
    accumulates = problem.accumulatesGradients();
    this.runs = List.copyOf(runs);
    pairsPerRun = counts.contexts();
    groupSize = groupSize(target.memory());
    isResident = groupSize == runs.size();
    stepsPerLaunch = stepsPerLaunch(target.memory());
    termsOfGroups =
        IntStream.range(0, Math.ceilDiv(runs.size(), groupSize))
            .mapToObj(
                group -> FloatLosses.Terms.of(1, pairsPerRun * counts.symbols(), runsOf(group)))
            .toList();
    int pairs = groupSize * pairsPerRun;
    weights = PageAlignedArrays.floats(pairs * counts.symbols() + 1);
    accumulated = PageAlignedArrays.floats(accumulates ? weights.getSize() : 1);
    launchSteps =
        inRegisters
            ? Math.clamp(WEIGHTS_OF_FIRST_LAUNCH / weights.getSize(), 1, stepsPerLaunch)
            : 1;
    losses = PageAlignedArrays.floats(stepsPerLaunch * variant.losses(groupSize));
    schedules = Schedules.of(runs, pairsPerRun * counts.symbols());
    program = program(target);
    layInitialWeights();
    setGroup(0);
  }

  private void layInitialWeights() {
    if (!isResident) {
      for (int group = 0; group < termsOfGroups.size(); group++) {
        int size = runsOf(group).size() * pairsPerRun * counts.symbols();
        weightsOfGroups.add(new float[size]);
        gradientsOfGroups.add(new float[accumulates ? size : 0]);
      }
    }
    lay(runs.stream().map(RunConfig::initialWeights).toList(), weights, weightsOfGroups);
  }

  private int groupSize(long memory) {
    long bytes = 4L * pairsPerRun * (rowsPerPair() * counts.symbols() + 2L * 16);
    long addressable = (Integer.MAX_VALUE - 1) / ((long) pairsPerRun * counts.symbols());
    return Math.clamp(Math.min(memory / bytes, addressable), 1, runs.size());
  }

  /// Weights, and accumulated gradients.
  private long rowsPerPair() {
    return accumulates ? 2 : 1;
  }

  private int stepsPerLaunch(long memory) {
    long pairs = (long) groupSize * pairsPerRun;
    long left = memory - 4 * pairs * rowsPerPair() * counts.symbols();
    long steps =
        Math.min(
            left / (groupSize * variant.bytesPerStep()),
            variant.mostLosses(groupSize) / variant.losses(groupSize));
    return Math.clamp(Math.min(steps, Integer.MAX_VALUE / pairs), 1, MOST_STEPS_PER_LAUNCH);
  }

  /// The data flow of a launch of S steps: G runs of a group, C contexts, V symbols, T tiles. Every
  /// task signs `receipts` as well.
  ///
  /// ```text
  ///  EVERY_EXECUTION   control --------------------------------------------------+
  ///  FIRST_EXECUTION   receipts, frequencies (C, V), rowFrequencies (C) ---------+
  ///                    until, rates (R, phases), decay (R) ----------------------+
  ///  FIRST_EXECUTION,  weights, accumulated (C V G, as the variant lays them) ---+
  ///  with several groups EVERY_EXECUTION                                         |
  ///                                                                              v
  ///  with several groups     signCopy0     weights             ->
  ///                          signCopy1     accumulated         ->
  ///  CountsVariant.Tiles     trainTiles    frequencies, rates  -> losses (S, T, 2, G)
  ///                                        weights, accumulated in place
  ///  or CountsVariant.Rows   trainRows     frequencies, rates  -> rowNll, rowSquares (S, C, G)
  ///                                        weights, accumulated in place
  ///                          sumRows       rowNll, rowSquares  -> losses (S, 2, G)
  ///                                                                              |
  ///  UNDER_DEMAND      receipts, losses: after every launch <--------------------+
  ///                    what FIRST_EXECUTION copies and no kernel writes: once
  ///                    weights, accumulated: when asked for; with several groups
  ///                    after every launch
  ///                    rowNll, rowSquares: never
  /// ```
  private DeviceProgram program(Target target) {
    FloatArray frequencies = PageAlignedArrays.floats(counts.contexts() * counts.symbols());
    FloatArray rowFrequencies = PageAlignedArrays.floats(counts.contexts());
    for (int c = 0; c < counts.contexts(); c++) {
      rowFrequencies.set(c, (float) ((double) counts.rowTotal(c) / counts.total()));
      for (int v = 0; v < counts.symbols(); v++) {
        float frequency = (float) ((double) counts.count(c, v) / counts.total());
        frequencies.set(c * counts.symbols() + v, frequency);
      }
    }
    List<TornadoNativeArray> constants =
        List.of(
            frequencies, rowFrequencies, schedules.until(), schedules.rates(), schedules.decay());
    List<FloatArray> carried = isResident ? List.of() : List.of(weights, accumulated);
    IntArray receipts = PageAlignedArrays.ints(variant.kernels() + carried.size());
    TaskGraph graph =
        new TaskGraph("counts")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, control)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, receipts)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, constants.toArray())
            .transferToDevice(
                isResident ? DataTransferMode.FIRST_EXECUTION : DataTransferMode.EVERY_EXECUTION,
                weights,
                accumulated);
    Map<String, DeviceProgram.Threads> tasks =
        new LinkedHashMap<>(LaunchProof.addCopies(graph, carried, receipts, variant.kernels()));
    tasks.putAll(
        variant.addTasks(
            graph,
            new CountsVariant.Arrays(
                control,
                receipts,
                frequencies,
                rowFrequencies,
                schedules,
                weights,
                accumulated,
                accumulates,
                losses,
                stepsPerLaunch,
                groupSize)));
    graph
        .transferToHost(DataTransferMode.UNDER_DEMAND, receipts, weights, accumulated, losses)
        .transferToHost(DataTransferMode.UNDER_DEMAND, constants.toArray());
    return new DeviceProgram(
        target,
        new DeviceProgram.Launch(graph, tasks, control, carried, constants, receipts, true));
  }

  private List<RunConfig> runsOf(int group) {
    int first = group * groupSize;
    return runs.subList(first, Math.min(runs.size(), first + groupSize));
  }

  /// Makes a group the one that the next launch trains.
  private void load(int group) {
    fill(weights, weightsOfGroups.get(group));
    fill(accumulated, gradientsOfGroups.get(group));
    setGroup(group);
  }

  private void setGroup(int group) {
    control.set(CountsKernels.ACCUMULATES, accumulates ? 1 : 0);
    control.set(CountsKernels.PAIRS, runsOf(group).size() * pairsPerRun);
    control.set(CountsKernels.RUNS, runsOf(group).size());
    control.set(CountsKernels.FIRST_RUN, group * groupSize);
    control.set(CountsKernels.CONTEXTS, pairsPerRun);
    control.set(CountsKernels.PHASES, schedules.phases());
  }

  private static void fill(FloatArray array, float[] values) {
    MemorySegment.copy(values, 0, array.getSegment(), ValueLayout.JAVA_FLOAT, 0, values.length);
  }

  /// Keeps the weights and accumulated gradients of the group that was trained last.
  private void unload(int group) {
    unload(weights, weightsOfGroups.get(group));
    if (accumulates) {
      unload(accumulated, gradientsOfGroups.get(group));
    }
  }

  private void unload(FloatArray array, float[] values) {
    if (program.fetch(array)) {
      MemorySegment.copy(array.getSegment(), ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
    }
  }

  @Override
  public StepLosses advance(int steps) {
    StepLosses all = launches(steps, true);
    step += steps;
    return all;
  }

  @Override
  public StepLosses evaluate() {
    return launches(1, false);
  }

  private StepLosses launches(int steps, boolean updates) {
    control.set(CountsKernels.UPDATES, updates ? 1 : 0);
    JoinedLosses all = new JoinedLosses(steps, runs.size());
    for (int group = 0; group < termsOfGroups.size(); group++) {
      if (!isResident) {
        load(group);
      }
      for (int done = 0; done < steps; ) {
        int some = Math.min(launchSteps, steps - done);
        launch(step + done, some);
        all.add(done, group * groupSize, losses(group, some));
        done += some;
        if (!isResident) {
          unload(group);
        }
      }
    }
    return all.all();
  }

  private FloatLosses losses(int group, int steps) {
    return new FloatLosses(
        losses.getSegment(), variant.layout(runsOf(group).size()), termsOfGroups.get(group), steps);
  }

  private void launch(int firstStep, int steps) {
    control.set(CountsKernels.FIRST_STEP, firstStep);
    control.set(CountsKernels.STEPS, steps);
    long start = System.nanoTime();
    program.launch();
    program.fetch(losses, steps * variant.losses(control.get(CountsKernels.RUNS)));
    adapt(steps, System.nanoTime() - start);
  }

  /// The first launch compiles the kernels, its time says nothing.
  private void adapt(int steps, long nanoseconds) {
    if (hasLaunched && nanoseconds > LONG_LAUNCH_NANOSECONDS) {
      launchSteps = Math.max(1, launchSteps / 2);
    } else if (steps == launchSteps && nanoseconds < LONG_LAUNCH_NANOSECONDS / 4) {
      launchSteps = Math.min(launchSteps * 4, stepsPerLaunch);
    }
    hasLaunched = true;
  }

  @Override
  public double[] weights(int run) {
    return rows(weights, weightsOfGroups, run);
  }

  /// The numbers of a run in an array, or in what is kept of it for each group.
  private double[] rows(FloatArray array, List<float[]> ofGroups, int run) {
    int group = run / groupSize;
    if (isResident) {
      program.fetch(array);
    }
    MemorySegment values =
        isResident ? array.getSegment() : MemorySegment.ofArray(ofGroups.get(group));
    return variant.weights(values, run % groupSize, runsOf(group).size());
  }

  @Override
  public RunState state(int run) {
    return RunState.of(
        weights(run), accumulates ? rows(accumulated, gradientsOfGroups, run) : new double[0]);
  }

  @Override
  public void resume(int at, List<RunState> states) {
    step = at;
    lay(states.stream().map(RunState::floatWeights).toList(), weights, weightsOfGroups);
    if (accumulates) {
      lay(states.stream().map(RunState::floatGradients).toList(), accumulated, gradientsOfGroups);
    }
  }

  /// Lays the numbers of all runs in an array, or in what is kept of it for each group.
  private void lay(List<float[]> rows, FloatArray array, List<float[]> ofGroups) {
    if (isResident) {
      variant.lay(rows, array.getSegment());
      return;
    }
    for (int group = 0; group < ofGroups.size(); group++) {
      int first = group * groupSize;
      List<float[]> own = rows.subList(first, first + runsOf(group).size());
      variant.lay(own, MemorySegment.ofArray(ofGroups.get(group)));
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
