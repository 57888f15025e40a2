package twister.backend.tornado;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import twister.spec.DeviceSpec;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// How long the host is busy with a launch of device 0:0: a copy to the device, and kernels. By a
/// driver that does nothing at all, the stand-in for NVIDIA's without its emulator, this is the
/// time of Twister, TornadoVM and Java.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeviceLaunchBenchmark {
  /// A perceptron's or a sweep's, and those of eight steps over every example.
  @Param({"1", "16"})
  public int kernels;

  private DeviceProgram program;

  @Setup(Level.Trial)
  public void open() {
    program = program(kernels);
  }

  private static DeviceProgram program(int kernels) {
    // Sets up TornadoVM.
    new TornadoBackendProvider().availability(DeviceSpec.auto());
    Target target =
        new Target(
            new TornadoBackend().devices().getFirst(),
            TornadoExecutionPlan.getDevice(0, 0),
            1 << 20,
            Kernels.GPU,
            Optional.empty());
    IntArray control = PageAlignedArrays.ints(1);
    IntArray receipts = PageAlignedArrays.ints(1);
    FloatArray array = PageAlignedArrays.floats(100);
    TaskGraph graph =
        new TaskGraph("launch")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, control)
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, receipts, array);
    Map<String, DeviceProgram.Threads> tasks = new LinkedHashMap<>();
    for (int i = 0; i < kernels; i++) {
      graph.task(
          "task" + i, DeviceProgramTest::signing, new KernelContext(), control, receipts, array);
      tasks.put("task" + i, DeviceProgram.Threads.of(100));
    }
    graph.transferToHost(DataTransferMode.UNDER_DEMAND, receipts, array);
    return new DeviceProgram(
        target, new DeviceProgram.Launch(graph, tasks, control, List.of(), receipts, true));
  }

  @TearDown(Level.Trial)
  public void close() {
    program.close();
  }

  /// Microseconds of a launch.
  @Benchmark
  public void launch() {
    program.launch();
  }
}
