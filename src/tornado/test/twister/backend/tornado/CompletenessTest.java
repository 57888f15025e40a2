package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import twister.backend.RunConfig;
import twister.data.Examples;
import twister.model.MlpShape;
import twister.spec.LearningRate;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// What a kernel leaves unwritten is garbage on a device, which often looks like a number. So every
/// array that is only written is filled with NaN there first, by a kernel, since it is not copied
/// in.
class CompletenessTest {
  private static final int RUNS = 3;
  private static final int CONTEXTS = 5;
  private static final int SYMBOLS = 11;
  private static final int EXAMPLES = 301;
  private static final KernelContext CONTEXT = new KernelContext();

  /// Not a number, in an array: as a constant it does not compile.
  private static final FloatArray NAN = PageAlignedArrays.of(Float.NaN);

  /// Fills an array with a value; one thread for each element.
  static void poison(KernelContext context, FloatArray value, FloatArray array) {
    if (context.globalIdx < array.getSize()) {
      array.set(context.globalIdx, value.get(0));
    }
  }

  private static FloatArray random(int size) {
    Random random = new Random(size);
    FloatArray array = PageAlignedArrays.floats(size);
    for (int i = 0; i < size; i++) {
      array.set(i, random.nextFloat(-1, 1));
    }
    return array;
  }

  private static Schedules schedules() {
    RunConfig run = new RunConfig(new float[0], LearningRate.constant(1), 0.1);
    return Schedules.of(List.of(run, run, run), CONTEXTS * SYMBOLS);
  }

  private static WorkerGrid1D grid(int threads) {
    WorkerGrid1D grid =
        new WorkerGrid1D(Math.ceilDiv(threads, DeviceProgram.GROUP) * DeviceProgram.GROUP);
    grid.setLocalWork(DeviceProgram.GROUP, 1, 1);
    return grid;
  }

  /// A graph that fills arrays with NaN, to which kernels can be added.
  private static TaskGraph poisoned(Map<String, FloatArray> arrays) {
    TaskGraph graph =
        new TaskGraph("complete").transferToDevice(DataTransferMode.FIRST_EXECUTION, NAN);
    arrays.forEach(
        (name, array) ->
            graph.task("poison" + name, CompletenessTest::poison, CONTEXT, NAN, array));
    return graph;
  }

  private static void execute(
      TaskGraph graph, Map<String, FloatArray> arrays, Map<String, Integer> threads)
      throws TornadoExecutionPlanException {
    graph.transferToHost(DataTransferMode.EVERY_EXECUTION, arrays.values().toArray());
    GridScheduler grids = new GridScheduler();
    arrays.forEach(
        (name, array) -> grids.addWorkerGrid("complete.poison" + name, grid(array.getSize())));
    threads.forEach((task, count) -> grids.addWorkerGrid("complete." + task, grid(count)));
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.withGridScheduler(grids).execute();
    }
  }

  private static void assertWritten(Map<String, FloatArray> arrays) {
    arrays.forEach(
        (name, array) -> {
          for (int i = 0; i < array.getSize(); i++) {
            assertTrue(Float.isFinite(array.get(i)), name + "[" + i + "] is " + array.get(i));
          }
        });
  }

  private static Map<String, FloatArray> arrays(Stream<Map.Entry<String, Integer>> sizes) {
    return sizes.collect(
        Collectors.toMap(Map.Entry::getKey, e -> PageAlignedArrays.floats(e.getValue())));
  }

  @Test
  void poisonReachesWhatNothingWrites() throws TornadoExecutionPlanException {
    FloatArray array = PageAlignedArrays.floats(100);
    Map<String, FloatArray> arrays = Map.of("A", array);
    execute(poisoned(arrays), arrays, Map.of());
    assertEquals(100, IntStream.range(0, 100).filter(i -> Float.isNaN(array.get(i))).count());
  }

  @Test
  void countsKernelsWriteEverything() throws TornadoExecutionPlanException {
    int pairs = RUNS * CONTEXTS;
    int steps = 4;
    Map<String, FloatArray> written =
        arrays(
            Stream.of(
                Map.entry("RowNll", steps * pairs),
                Map.entry("RowSquares", steps * pairs),
                Map.entry("Losses", steps * 2 * RUNS)));
    IntArray control = PageAlignedArrays.ints(CountsKernels.CONTROL_SIZE);
    control.set(CountsKernels.PAIRS, pairs);
    control.set(CountsKernels.RUNS, RUNS);
    control.set(CountsKernels.CONTEXTS, CONTEXTS);
    control.set(CountsKernels.STEPS, steps);
    control.set(CountsKernels.UPDATES, 1);
    control.set(CountsKernels.PHASES, 1);
    control.set(CountsKernels.ACCUMULATES, 1);
    IntArray receipts = PageAlignedArrays.ints(CountsKernels.TASKS);
    FloatArray frequencies = random(CONTEXTS * SYMBOLS);
    FloatArray rowFrequencies = random(CONTEXTS);
    FloatArray weights = random(pairs * SYMBOLS);
    FloatArray accumulated = random(pairs * SYMBOLS);
    Schedules schedules = schedules();
    TaskGraph graph =
        poisoned(written)
            .transferToDevice(
                DataTransferMode.FIRST_EXECUTION,
                control,
                receipts,
                frequencies,
                rowFrequencies,
                weights,
                accumulated,
                schedules.until(),
                schedules.rates(),
                schedules.decay())
            .task(
                "trainRows",
                CountsKernels::trainRows,
                CONTEXT,
                control,
                receipts,
                frequencies,
                rowFrequencies,
                schedules.until(),
                schedules.rates(),
                schedules.decay(),
                weights,
                accumulated,
                written.get("RowNll"),
                written.get("RowSquares"),
                SYMBOLS,
                RowArithmetic.width(SYMBOLS))
            .task(
                "sumRows",
                CountsKernels::sumRows,
                CONTEXT,
                control,
                receipts,
                written.get("RowNll"),
                written.get("RowSquares"),
                written.get("Losses"));
    execute(graph, written, Map.of("trainRows", pairs, "sumRows", steps * RUNS));
    assertWritten(written);
  }

  @Test
  void examplesKernelsWriteEverything() throws TornadoExecutionPlanException {
    Random random = new Random(1);
    OrderedExamples ordered =
        OrderedExamples.of(
            new Examples(
                random.ints(EXAMPLES, 0, CONTEXTS).toArray(),
                random.ints(EXAMPLES, 0, SYMBOLS).toArray(),
                CONTEXTS,
                SYMBOLS),
            16);
    int parts = 2;
    int rows = RUNS * EXAMPLES;
    Map<String, FloatArray> written =
        arrays(
            Stream.of(
                Map.entry("Logits", rows * SYMBOLS),
                Map.entry("Largest", rows),
                Map.entry("Sums", rows),
                Map.entry("Losses", 2 * RUNS * parts),
                Map.entry("Partials", RUNS * ordered.chunks() * SYMBOLS)));
    IntArray control = PageAlignedArrays.ints(ExamplesKernels.CONTROL_SIZE);
    control.set(ExamplesKernels.EXAMPLES, EXAMPLES);
    control.set(ExamplesKernels.CONTEXTS, CONTEXTS);
    control.set(ExamplesKernels.CHUNKS, ordered.chunks());
    control.set(ExamplesKernels.PARTS, parts);
    control.set(ExamplesKernels.PHASES, 1);
    control.set(ExamplesKernels.ALL_RUNS, RUNS);
    control.set(ExamplesKernels.RUNS, RUNS);
    control.set(ExamplesKernels.UPDATES, 1);
    IntArray receipts = PageAlignedArrays.ints(ExamplesKernels.TASKS);
    IntArray contexts = PageAlignedArrays.of(ordered.contexts());
    IntArray targets = PageAlignedArrays.of(ordered.targets());
    IntArray chunkStarts = PageAlignedArrays.of(ordered.chunkStarts());
    FloatArray weights = random(RUNS * CONTEXTS * SYMBOLS);
    TaskGraph graph =
        poisoned(written)
            .transferToDevice(
                DataTransferMode.FIRST_EXECUTION,
                control,
                receipts,
                contexts,
                targets,
                chunkStarts,
                weights)
            .task(
                "oneHotLogits",
                ExamplesKernels::oneHotLogits,
                CONTEXT,
                control,
                receipts,
                contexts,
                weights,
                written.get("Logits"),
                SYMBOLS)
            .task(
                "softmax",
                ExamplesKernels::softmax,
                CONTEXT,
                control,
                receipts,
                written.get("Logits"),
                written.get("Largest"),
                written.get("Sums"),
                SYMBOLS,
                RowArithmetic.width(SYMBOLS))
            .task(
                "negativeLogLikelihood",
                ExamplesKernels::negativeLogLikelihood,
                CONTEXT,
                control,
                receipts,
                contexts,
                targets,
                weights,
                written.get("Largest"),
                written.get("Sums"),
                written.get("Losses"),
                SYMBOLS)
            .task(
                "gradient",
                ExamplesKernels::gradient,
                CONTEXT,
                control,
                receipts,
                chunkStarts,
                targets,
                written.get("Logits"),
                written.get("Partials"),
                SYMBOLS,
                RowArithmetic.width(SYMBOLS));
    execute(
        graph,
        written,
        Map.of(
            "oneHotLogits",
            rows,
            "softmax",
            rows,
            "negativeLogLikelihood",
            RUNS * parts,
            "gradient",
            RUNS * ordered.chunks()));
    assertWritten(written);
  }

  @Test
  void mlpKernelsWriteEverything() throws TornadoExecutionPlanException {
    Random random = new Random(2);
    MlpShape shape = new MlpShape(2, 3, 7, SYMBOLS);
    int chunks = 2;
    int squares = 4;
    int rows = RUNS * EXAMPLES;
    int size = shape.parameters();
    Map<String, FloatArray> written =
        arrays(
            Stream.of(
                Map.entry("Inputs", rows * (shape.inputs() + 1)),
                Map.entry("Units", rows * (shape.hidden() + 1)),
                Map.entry("Logits", rows * SYMBOLS),
                Map.entry("Nll", rows),
                Map.entry("Losses", RUNS * (chunks + squares)),
                Map.entry("UnitGradients", rows * shape.hidden()),
                Map.entry("InputGradients", rows * shape.inputs()),
                Map.entry("Partials", RUNS * chunks * size),
                Map.entry("Gradient", RUNS * size)));
    IntArray control = mlpControl(shape, chunks, squares);
    IntArray receipts = PageAlignedArrays.ints(MlpKernels.TASKS);
    IntArray contexts =
        PageAlignedArrays.of(
            random.ints((long) EXAMPLES * shape.blockSize(), 0, SYMBOLS).toArray());
    IntArray targets = PageAlignedArrays.of(random.ints(EXAMPLES, 0, SYMBOLS).toArray());
    FloatArray scale = PageAlignedArrays.of(1f / EXAMPLES);
    FloatArray parameters = random(RUNS * size);
    Schedules schedules = schedules();
    TaskGraph graph =
        poisoned(written)
            .transferToDevice(
                DataTransferMode.FIRST_EXECUTION,
                control,
                receipts,
                contexts,
                targets,
                scale,
                parameters,
                schedules.until(),
                schedules.rates(),
                schedules.decay())
            .task(
                "embed",
                MlpKernels::embed,
                CONTEXT,
                control,
                receipts,
                contexts,
                parameters,
                written.get("Inputs"),
                written.get("Units"))
            .task(
                "hiddenUnits",
                MlpKernels::hiddenUnits,
                CONTEXT,
                control,
                receipts,
                parameters,
                written.get("Inputs"),
                written.get("Units"))
            .task(
                "logits",
                MlpKernels::logits,
                CONTEXT,
                control,
                receipts,
                parameters,
                written.get("Units"),
                written.get("Logits"))
            .task(
                "softmaxLoss",
                MlpKernels::softmaxLoss,
                CONTEXT,
                control,
                receipts,
                targets,
                scale,
                written.get("Logits"),
                written.get("Nll"),
                SYMBOLS,
                RowArithmetic.width(SYMBOLS))
            .task(
                "sumLosses",
                MlpKernels::sumLosses,
                CONTEXT,
                control,
                receipts,
                schedules.decay(),
                parameters,
                written.get("Nll"),
                written.get("Losses"))
            .task(
                "unitGradient",
                MlpKernels::unitGradient,
                CONTEXT,
                control,
                receipts,
                parameters,
                written.get("Units"),
                written.get("Logits"),
                written.get("UnitGradients"))
            .task(
                "inputGradient",
                MlpKernels::inputGradient,
                CONTEXT,
                control,
                receipts,
                parameters,
                written.get("UnitGradients"),
                written.get("InputGradients"))
            .task(
                "partialGradient",
                MlpKernels::partialGradient,
                CONTEXT,
                control,
                receipts,
                contexts,
                written.get("Inputs"),
                written.get("Units"),
                written.get("Logits"),
                written.get("UnitGradients"),
                written.get("InputGradients"),
                written.get("Partials"))
            .task(
                "updateParameters",
                MlpKernels::updateParameters,
                CONTEXT,
                control,
                receipts,
                schedules.until(),
                schedules.rates(),
                schedules.decay(),
                written.get("Partials"),
                written.get("Gradient"),
                parameters);
    execute(
        graph,
        written,
        Map.of(
            "embed", rows * (shape.inputs() + 1),
            "hiddenUnits", rows * shape.hidden(),
            "logits", rows * SYMBOLS,
            "softmaxLoss", rows,
            "sumLosses", RUNS * (chunks + squares),
            "unitGradient", rows * shape.hidden(),
            "inputGradient", rows * shape.inputs(),
            "partialGradient", RUNS * chunks * size,
            "updateParameters", RUNS * size));
    assertWritten(written);
  }

  /// Over every example, which are not the last of their step.
  private static IntArray mlpControl(MlpShape shape, int parts, int squares) {
    IntArray control = PageAlignedArrays.ints(MlpKernels.CHOSEN);
    control.set(MlpKernels.BLOCK_SIZE, shape.blockSize());
    control.set(MlpKernels.EMBEDDING, shape.embedding());
    control.set(MlpKernels.HIDDEN, shape.hidden());
    control.set(MlpKernels.SYMBOLS, shape.symbols());
    control.set(MlpKernels.W1, shape.w1());
    control.set(MlpKernels.W2, shape.w2());
    control.set(MlpKernels.PARAMETERS, shape.parameters());
    control.set(MlpKernels.PHASES, 1);
    control.set(MlpKernels.ALL_RUNS, RUNS);
    control.set(MlpKernels.SQUARES, squares);
    control.set(MlpKernels.RUNS, RUNS);
    control.set(MlpKernels.COUNT, EXAMPLES);
    control.set(MlpKernels.PARTS, parts);
    control.set(MlpKernels.TRAINS, 1);
    return control;
  }
}
