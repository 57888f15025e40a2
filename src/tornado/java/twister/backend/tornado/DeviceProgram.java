package twister.backend.tornado;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import twister.backend.Device;
import twister.backend.DeviceException;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;
import uk.ac.manchester.tornado.api.exceptions.TornadoMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// A task graph on a device: work sizes that the device accepts, launches that are known to have
/// happened, and failures told in a sentence.
final class DeviceProgram implements AutoCloseable {
  /// Threads of a work group: what GPUs and the FPGA flows want, and small enough for any device.
  static final int GROUP = 64;

  private final Device device;
  private final TornadoDevice hardware;
  private final Watchdog watchdog;
  private final Map<String, WorkerGrid1D> grids = new HashMap<>();
  private final TornadoExecutionPlan plan;
  private final IntArray receipts;
  private final Optional<Profiler> profiler;
  private int launches;
  private @Nullable TornadoExecutionResult last;

  /// @param graph whose tasks take a [uk.ac.manchester.tornado.api.KernelContext]
  /// @param threads of each task, by the task's name, in the order of the graph
  /// @param receipts (tasks), resident on the device and copied back on demand
  DeviceProgram(
      Target target, TaskGraph graph, Map<String, Long> threads, IntArray receipts) {
    this.device = target.device();
    this.hardware = target.hardware();
    this.watchdog = new Watchdog(device);
    this.receipts = receipts;
    this.profiler =
        target
            .profile()
            .map(profile -> new Profiler(graph.getTaskGraphName(), threads.keySet(), profile));
    GridScheduler grid = new GridScheduler();
    threads.forEach(
        (task, count) -> {
          WorkerGrid1D own = new WorkerGrid1D(size(count));
          own.setLocalWork(GROUP, 1, 1);
          grids.put(task, own);
          grid.addWorkerGrid(graph.getTaskGraphName() + "." + task, own);
        });
    try {
      plan = new TornadoExecutionPlan(graph.snapshot());
      plan.withDevice(target.hardware()).withGridScheduler(grid);
      if (profiler.isPresent()) {
        plan.withProfiler(ProfilerMode.SILENT);
      }
    } catch (RuntimeException | TornadoInternalError e) {
      throw failure("could not be set up", e);
    }
  }

  /// Arrays that stay on the device, to be named among those that are copied back on demand: TornadoVM
  /// gives back, and unpins, only arrays that a graph copies.
  static Object[] kept(Object... arrays) {
    return arrays;
  }

  /// The threads of a task in whole groups.
  private int size(long threads) {
    long global = Math.ceilDiv(threads, GROUP) * GROUP;
    // A virtual device, for looking at the code of a GPU that is not there, has no limits.
    long[] sizes = hardware.getPhysicalDevice().getDeviceMaxWorkGroupSize();
    long largest = sizes == null ? GROUP : sizes[0];
    if (global > Integer.MAX_VALUE || GROUP > largest) {
      throw new DeviceException(
          String.format(
              Locale.ROOT,
              "%s (%s) cannot run %,d threads in groups of %d: its groups hold %,d, and 2,147,483,647 is"
                  + " the end of the numbers",
              device.index(),
              device.name(),
              global,
              GROUP,
              largest));
    }
    return (int) global;
  }

  /// Has later launches run a task in another number of threads.
  void resize(String task, long threads) {
    WorkerGrid1D grid = Objects.requireNonNull(grids.get(task), task);
    grid.setGlobalWork(size(threads), 1, 1);
  }

  /// Runs all tasks once.
  void launch() {
    try {
      long start = System.nanoTime();
      last = executed();
      launches++;
      addLaunch(System.nanoTime() - start);
    } catch (RuntimeException | TornadoInternalError e) {
      throw failure("could not run the training", e);
    }
  }

  private TornadoExecutionResult executed() {
    watchdog.begin(launches == 0 ? Watchdog.Call.FIRST_LAUNCH : Watchdog.Call.LAUNCH);
    try {
      return plan.execute();
    } finally {
      watchdog.end();
    }
  }

  private void copy(TornadoExecutionResult result, Object... arrays) {
    watchdog.begin(Watchdog.Call.COPY);
    try {
      result.transferToHost(arrays);
    } finally {
      watchdog.end();
    }
  }

  /// Times are taken of the first launches only: TornadoVM keeps them all.
  private void addLaunch(long nanoseconds) {
    if (profiler.isPresent() && launches <= Profiler.MOST_LAUNCHES) {
      profiler.get().addLaunch(nanoseconds);
      if (launches == Profiler.MOST_LAUNCHES) {
        plan.withoutProfiler();
      }
    }
  }

  /// Copies arrays from the device, after a proof that all launches happened.
  void fetch(Object... arrays) {
    if (last == null) {
      return;
    }
    try {
      copy(last, receipts);
      for (int task = 0; task < receipts.getSize(); task++) {
        if (receipts.get(task) != launches) {
          throw new DeviceException(
              "%s (%s) ran task %d of the training %d times instead of %d: a launch failed, see the"
                      .formatted(device.index(), device.name(), task, receipts.get(task), launches)
                  + " driver's message above; the device may be lost");
        }
      }
      copy(last, arrays);
      TornadoExecutionResult result = last;
      profiler.ifPresent(times -> times.addTimes(result));
    } catch (DeviceException e) {
      throw e;
    } catch (RuntimeException | TornadoInternalError e) {
      throw failure("could not give its results back", e);
    }
  }

  private DeviceException failure(String what, Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && !isMemory(cause)) {
      cause = cause.getCause();
    }
    return new DeviceException(
        "%s (%s) %s: %s".formatted(device.index(), device.name(), what, reason(cause)), e);
  }

  private static String reason(Throwable cause) {
    if (isMemory(cause)) {
      return "its memory is full; try fewer runs at once, or give TornadoVM more of it, as in"
          + " TWISTER_JAVA_OPTIONS=-Dtornado.device.memory=8GB";
    }
    if (cause instanceof TornadoBailoutRuntimeException) {
      return "a kernel does not compile, TornadoVM's messages are above";
    }
    String message = String.valueOf(cause.getMessage()).strip();
    return message.lines().findFirst().orElse(cause.getClass().getSimpleName());
  }

  private static boolean isMemory(Throwable e) {
    return e instanceof TornadoOutOfMemoryException || e instanceof TornadoMemoryException;
  }

  @Override
  public void close() {
    watchdog.close();
    try {
      plan.close();
    } catch (TornadoExecutionPlanException | RuntimeException e) {
      throw failure("could not give its memory back", e);
    }
  }
}
