package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import twister.backend.Device;
import twister.backend.DeviceException;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class DeviceProgramTest {
  private static final Device DEVICE = TestDevices.BACKEND.devices().getFirst();
  private static final Target TARGET =
      new Target(
          DEVICE,
          TornadoExecutionPlan.getDevice(0, 0),
          1 << 20,
          Kernels.PROCESSOR,
          Optional.empty());

  private final FloatArray array = PageAlignedArrays.floats(100);
  private final IntArray control = PageAlignedArrays.ints(1);
  private final IntArray receipts = PageAlignedArrays.ints(1);

  /// Signs as the kernels do.
  static void signing(
      KernelContext context, IntArray control, IntArray receipts, FloatArray array) {
    LaunchProof.sign(control, receipts, 0, context.globalIdx);
    if (context.globalIdx < array.getSize()) {
      array.set(context.globalIdx, 1f);
    }
  }

  /// Signs, and adds up two numbers.
  static void adding(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      FloatArray first,
      FloatArray second,
      FloatArray array) {
    LaunchProof.sign(control, receipts, 0, context.globalIdx);
    if (context.globalIdx < array.getSize()) {
      array.set(context.globalIdx, first.get(0) + second.get(0));
    }
  }

  /// Does not sign, as if it had never been launched.
  static void silent(KernelContext context, IntArray control, IntArray receipts, FloatArray array) {
    if (context.globalIdx < array.getSize()) {
      array.set(context.globalIdx, receipts.get(0));
    }
  }

  /// A constant that TornadoVM 5.2.0 writes in a way that OpenCL does not read.
  static void uncompilable(
      KernelContext context, IntArray control, IntArray receipts, FloatArray array) {
    LaunchProof.sign(control, receipts, 0, context.globalIdx);
    if (context.globalIdx < array.getSize()) {
      array.set(context.globalIdx, Float.NaN);
    }
  }

  private DeviceProgram program(TaskGraph graph, long threads) {
    graph.transferToHost(DataTransferMode.UNDER_DEMAND, receipts, array);
    return new DeviceProgram(
        TARGET,
        new DeviceProgram.Launch(
            graph,
            Map.of("task", DeviceProgram.Threads.of(threads)),
            control,
            List.of(),
            receipts,
            true));
  }

  private TaskGraph graph() {
    return new TaskGraph("test")
        .transferToDevice(DataTransferMode.EVERY_EXECUTION, control)
        .transferToDevice(DataTransferMode.FIRST_EXECUTION, receipts);
  }

  /// Adds up two numbers twice, the second of which changes; both are said to be copied with every
  /// launch.
  ///
  /// @param copied the mode of [DataTransferMode] that the second one has in truth
  private float sumOfTheSecondLaunch(int copied) {
    FloatArray first = PageAlignedArrays.of(1f, 0f);
    FloatArray second = PageAlignedArrays.of(1f, 0f);
    IntArray three = PageAlignedArrays.ints(3);
    TaskGraph graph =
        new TaskGraph("test")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, control, first)
            .transferToDevice(copied, second)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, three);
    Map<String, DeviceProgram.Threads> tasks =
        new LinkedHashMap<>(LaunchProof.addCopies(graph, List.of(first, second), three, 1));
    graph.task(
        "task",
        DeviceProgramTest::adding,
        new KernelContext(),
        control,
        three,
        first,
        second,
        array);
    tasks.put("task", DeviceProgram.Threads.of(100));
    graph.transferToHost(DataTransferMode.UNDER_DEMAND, three, array);
    try (DeviceProgram program =
        new DeviceProgram(
            TARGET,
            new DeviceProgram.Launch(
                graph, tasks, control, List.of(first, second), List.of(), three, true))) {
      program.launch();
      second.set(0, 2f);
      program.launch();
      program.fetch(array);
      return array.get(0);
    }
  }

  @Test
  void arraysThatAreCopiedWithEveryLaunchCarryItsTicket() {
    assertEquals(3f, sumOfTheSecondLaunch(DataTransferMode.EVERY_EXECUTION));
    String told =
        assertThrows(
                DeviceException.class, () -> sumOfTheSecondLaunch(DataTransferMode.FIRST_EXECUTION))
            .getMessage();
    assertTrue(String.valueOf(told).contains("did not run all of the 2 launches"), told);
  }

  /// The second number changes after the launch, as if another one had been copied.
  @Test
  void arraysThatAreCopiedOnceAreCopiedBackAndCompared() {
    for (float later : new float[] {1f, 2f}) {
      FloatArray first = PageAlignedArrays.of(1f, 0f);
      FloatArray second = PageAlignedArrays.of(1f, 0f);
      TaskGraph graph =
          graph()
              .transferToDevice(DataTransferMode.FIRST_EXECUTION, first, second)
              .task(
                  "task",
                  DeviceProgramTest::adding,
                  new KernelContext(),
                  control,
                  receipts,
                  first,
                  second,
                  array)
              .transferToHost(DataTransferMode.UNDER_DEMAND, receipts, array, first, second);
      receipts.set(0, 0);
      try (DeviceProgram program =
          new DeviceProgram(
              TARGET,
              new DeviceProgram.Launch(
                  graph,
                  Map.of("task", DeviceProgram.Threads.of(100)),
                  control,
                  List.of(first, second),
                  receipts,
                  true))) {
        program.launch();
        second.set(0, later);
        if (later == 1f) {
          program.fetch(array);
          assertEquals(2f, array.get(0));
          assertEquals(1f, second.get(0));
        } else {
          DeviceException refusal = assertThrows(DeviceException.class, () -> program.fetch(array));
          assertTrue(
              String.valueOf(refusal.getMessage()).contains("does not hold what it was sent"),
              refusal.toString());
        }
      }
    }
  }

  @Test
  void resultsOfLaunchesThatHappenedAreFetched() {
    TaskGraph graph =
        graph()
            .task(
                "task", DeviceProgramTest::signing, new KernelContext(), control, receipts, array);
    try (DeviceProgram program = program(graph, 100)) {
      program.launch();
      program.launch();
      program.fetch(array);
      assertEquals(1f, array.get(99));
    }
  }

  @Test
  void arrayIsCopiedOncePerLaunch() {
    TaskGraph graph =
        graph()
            .task(
                "task", DeviceProgramTest::signing, new KernelContext(), control, receipts, array);
    try (DeviceProgram program = program(graph, 100)) {
      program.launch();
      assertTrue(program.fetch(array));
      array.set(0, 7f);
      assertFalse(program.fetch(array));
      assertEquals(7f, array.get(0));
      program.launch();
      assertTrue(program.fetch(array));
      assertEquals(1f, array.get(0));
    }
  }

  @Test
  void resultsOfLaunchesThatDidNotHappenAreRefused() {
    TaskGraph graph =
        graph()
            .task("task", DeviceProgramTest::silent, new KernelContext(), control, receipts, array);
    try (DeviceProgram program = program(graph, 100)) {
      program.launch();
      DeviceException refusal = assertThrows(DeviceException.class, () -> program.fetch(array));
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("a launch or a copy failed"),
          refusal.toString());
    }
  }

  /// The control is copied once only, as if the driver had refused all later copies of it.
  @Test
  void resultsOfLaunchesThatWereToldNothingNewAreRefused() {
    TaskGraph graph =
        new TaskGraph("test")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, control, receipts)
            .task(
                "task", DeviceProgramTest::signing, new KernelContext(), control, receipts, array);
    try (DeviceProgram program = program(graph, 100)) {
      program.launch();
      program.fetch(array);
      program.launch();
      DeviceException refusal = assertThrows(DeviceException.class, () -> program.fetch(array));
      assertTrue(String.valueOf(refusal.getMessage()).contains("copy failed"), refusal.toString());
    }
  }

  @Test
  void beginningOfAnArrayIsFetchedAloneAndThenTheWhole() {
    TaskGraph graph =
        graph()
            .task(
                "task", DeviceProgramTest::signing, new KernelContext(), control, receipts, array);
    try (DeviceProgram program = program(graph, 100)) {
      program.launch();
      array.set(10, 7f);
      program.fetch(array, 10);
      assertEquals(1f, array.get(9));
      assertEquals(7f, array.get(10));
      program.fetch(array);
      assertEquals(1f, array.get(99));
    }
  }

  @Test
  void kernelThatDoesNotCompileIsNoResult() {
    assumeTrue(DEVICE.backend().equals("opencl"), "other compilers read this kernel");
    TaskGraph graph =
        graph()
            .task(
                "task",
                DeviceProgramTest::uncompilable,
                new KernelContext(),
                control,
                receipts,
                array);
    try (DeviceProgram program = program(graph, 100)) {
      DeviceException refusal = assertThrows(DeviceException.class, program::launch);
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("a kernel does not compile"),
          refusal.toString());
    }
  }

  /// Adds up what stays on the device.
  static void staying(
      KernelContext context,
      IntArray control,
      IntArray receipts,
      FloatArray large,
      FloatArray array) {
    LaunchProof.sign(control, receipts, 0, context.globalIdx);
    if (context.globalIdx < array.getSize()) {
      large.set(context.globalIdx, 1f);
      array.set(context.globalIdx, large.get(context.globalIdx) + 1f);
    }
  }

  @Test
  void closedProgramsGiveBackWhatStayedOnTheDevice() {
    // More in all than the 4 GB that TornadoVM gives a process.
    for (int i = 0; i < 5; i++) {
      try (Arena arena = Arena.ofConfined()) {
        FloatArray large = FloatArray.fromSegmentShallow(arena.allocate(1 << 30, 1 << 16));
        TaskGraph graph =
            graph()
                .task(
                    "task",
                    DeviceProgramTest::staying,
                    new KernelContext(),
                    control,
                    receipts,
                    large,
                    array)
                .transferToHost(DataTransferMode.UNDER_DEMAND, DeviceProgram.kept(large));
        receipts.set(0, 0);
        try (DeviceProgram program = program(graph, 100)) {
          program.launch();
          program.fetch(array);
        }
        assertEquals(2f, array.get(99));
      }
    }
  }

  @Test
  void moreThreadsThanThereAreNumbersAreRefused() {
    TaskGraph graph =
        graph()
            .task(
                "task", DeviceProgramTest::signing, new KernelContext(), control, receipts, array);
    DeviceException refusal = assertThrows(DeviceException.class, () -> program(graph, 1L << 31));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("2,147,483,648 threads"), refusal.toString());
  }
}
