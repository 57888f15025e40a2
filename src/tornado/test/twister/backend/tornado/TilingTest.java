package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.backend.Device;
import twister.backend.RandomProblems;
import twister.backend.RunConfig;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// However the rows of a count table are dealt out to work groups, they are trained to the same
/// bits.
class TilingTest {
  private static final Device DEVICE = TestDevices.BACKEND.devices().getFirst();
  private static final int RUNS = 7;
  private static final int CONTEXTS = 10;
  private static final int SYMBOLS = 6;
  private static final int STEPS = 5;
  private static final List<RunConfig> RUN_CONFIGS =
      RandomProblems.runs(new Random(14), RUNS, CONTEXTS * SYMBOLS);

  private record Trained(float[] weights, float[] losses) {}

  /// Losses are added up tile by tile, so they are those of tiles with as many contexts.
  @ParameterizedTest
  @ValueSource(ints = {4, 10})
  void tilesHaveTheBitsOfTilesOfOneRun(int tileContexts) {
    assumeTrue(
        DEVICE.kind() == Device.Kind.GPU,
        "PoCL's compiler rounds otherwise where groups have another size, which is always the same"
            + " in a training");
    Trained alone = trained(tileContexts, 1);
    assertArrayEquals(trained(1, 1).weights(), alone.weights());
    for (int tileRuns : new int[] {3, 8}) {
      Trained together = trained(tileContexts, tileRuns);
      assertArrayEquals(alone.weights(), together.weights());
      assertArrayEquals(alone.losses(), together.losses());
    }
  }

  private static FloatArray floats(Random random, int size) {
    FloatArray array = PageAlignedArrays.floats(size);
    for (int i = 0; i < size; i++) {
      array.set(i, random.nextFloat() / CONTEXTS);
    }
    return array;
  }

  private static Trained trained(int tileContexts, int tileRuns) {
    Random random = new Random(15);
    FloatArray frequencies = floats(random, CONTEXTS * SYMBOLS);
    FloatArray rowFrequencies = floats(random, CONTEXTS);
    CountsVariant.Tiles variant =
        new CountsVariant.Tiles(CONTEXTS, SYMBOLS, tileContexts, tileRuns);
    FloatArray weights = floats(random, CONTEXTS * SYMBOLS * RUNS);
    FloatArray accumulated = PageAlignedArrays.floats(1);
    FloatArray losses = PageAlignedArrays.floats(STEPS * variant.losses(RUNS));
    Schedules schedules = Schedules.of(RUN_CONFIGS, CONTEXTS * SYMBOLS);
    IntArray control = PageAlignedArrays.ints(CountsKernels.CONTROL_SIZE);
    control.set(CountsKernels.RUNS, RUNS);
    control.set(CountsKernels.CONTEXTS, CONTEXTS);
    control.set(CountsKernels.STEPS, STEPS);
    control.set(CountsKernels.UPDATES, 1);
    control.set(CountsKernels.PHASES, schedules.phases());
    IntArray receipts = PageAlignedArrays.ints(variant.kernels());
    TaskGraph graph =
        new TaskGraph("tiles")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, control)
            .transferToDevice(
                DataTransferMode.FIRST_EXECUTION,
                receipts,
                frequencies,
                rowFrequencies,
                schedules.until(),
                schedules.rates(),
                schedules.decay(),
                weights,
                accumulated);
    Map<String, DeviceProgram.Threads> tasks =
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
                false,
                losses,
                STEPS,
                RUNS));
    graph.transferToHost(DataTransferMode.UNDER_DEMAND, receipts, weights, losses);
    Target target =
        new Target(
            DEVICE, TornadoExecutionPlan.getDevice(0, 0), 1 << 20, Kernels.GPU, Optional.empty());
    try (DeviceProgram program =
        new DeviceProgram(
            target, new DeviceProgram.Launch(graph, tasks, control, List.of(), receipts, true))) {
      program.launch();
      program.fetch(weights);
      program.fetch(losses);
    }
    return new Trained(weights.toHeapArray(), losses.toHeapArray());
  }
}
