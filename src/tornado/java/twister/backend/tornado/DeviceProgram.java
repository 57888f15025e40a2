package twister.backend.tornado;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import twister.backend.Device;
import twister.backend.DeviceException;
import uk.ac.manchester.tornado.api.DataRange;
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
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/// A task graph on a device: work sizes that the device accepts, launches that are known to have
/// happened, and failures told in a sentence.
final class DeviceProgram implements AutoCloseable {
  /// Threads of a work group: what GPUs and the FPGA flows want, and small enough for any device.
  static final int GROUP = 64;

  /// A NaN that no arithmetic makes.
  private static final int UNREAD_BITS = 0x7fe5ca1e;

  private static final float UNREAD = Float.intBitsToFloat(UNREAD_BITS);

  private final Device device;
  private final TornadoDevice hardware;
  private final Watchdog watchdog;
  private final Map<String, WorkerGrid1D> grids = new HashMap<>();
  private final TornadoExecutionPlan plan;
  private final IntArray control;
  private final List<FloatArray> carried;
  private final IntArray receipts;

  /// Of those whose copies are not proven yet.
  private List<TornadoNativeArray> constants;

  private final int launchesOfKernel;
  private final Optional<Profiler> profiler;

  /// At which launch an array was copied last.
  private final IdentityHashMap<FloatArray, Integer> fetched = new IdentityHashMap<>();

  private int launches;
  private int receipt;
  private @Nullable TornadoExecutionResult last;

  /// Threads of a task.
  ///
  /// @param count at least so many are started, in whole groups
  /// @param group how many threads a work group has
  record Threads(long count, int group) {
    /// Threads that do not work together.
    static Threads of(long count) {
      return new Threads(count, GROUP);
    }
  }

  /// What each launch gives a device to do.
  ///
  /// @param graph whose tasks take a [uk.ac.manchester.tornado.api.KernelContext]
  /// @param tasks the threads of each task, by the task's name, in the order of the graph
  /// @param control copied to the device with every launch; its first place is the ticket
  /// @param carried arrays of numbers that are copied with every launch as well; the last place of
  ///   each takes the ticket, and each has a kernel that signs for it
  /// @param constants arrays that are copied with the first launch, and that no kernel writes; the
  ///   graph copies them back on demand
  /// @param receipts (kernels), resident on the device and copied back on demand; every kernel is
  ///   equally often among the tasks
  /// @param isReplayed whether the numbers of threads stay, so that a driver that can may record
  ///   the first launch and repeat it
  record Launch(
      TaskGraph graph,
      Map<String, Threads> tasks,
      IntArray control,
      List<FloatArray> carried,
      List<TornadoNativeArray> constants,
      IntArray receipts,
      boolean isReplayed) {
    /// With no arrays that are copied with every launch.
    Launch(
        TaskGraph graph,
        Map<String, Threads> tasks,
        IntArray control,
        List<TornadoNativeArray> constants,
        IntArray receipts,
        boolean isReplayed) {
      this(graph, tasks, control, List.of(), constants, receipts, isReplayed);
    }
  }

  DeviceProgram(Target target, Launch each) {
    this.device = target.device();
    this.hardware = target.hardware();
    this.watchdog = new Watchdog(device);
    this.control = each.control();
    this.carried = List.copyOf(each.carried());
    this.receipts = each.receipts();
    this.constants = List.copyOf(each.constants());
    launchesOfKernel = each.tasks().size() / receipts.getSize();
    String name = each.graph().getTaskGraphName();
    this.profiler =
        target.profile().map(profile -> new Profiler(name, each.tasks().keySet(), profile));
    GridScheduler grid = new GridScheduler();
    each.tasks()
        .forEach(
            (task, threads) -> {
              WorkerGrid1D own = new WorkerGrid1D(size(threads));
              own.setLocalWork(threads.group(), 1, 1);
              grids.put(task, own);
              grid.addWorkerGrid(name + "." + task, own);
            });
    try {
      plan = new TornadoExecutionPlan(each.graph().snapshot());
      plan.withDevice(hardware).withGridScheduler(grid);
      if (profiler.isPresent()) {
        plan.withProfiler(ProfilerMode.SILENT);
      } else if (each.isReplayed() && target.replays()) {
        plan.withCUDAGraph();
      }
    } catch (RuntimeException | TornadoInternalError e) {
      throw failure("could not be set up", e);
    }
  }

  /// Arrays that stay on the device, to be named among those that are copied back on demand:
  /// TornadoVM gives back, and unpins, only arrays that a graph copies.
  static Object[] kept(Object... arrays) {
    return arrays;
  }

  /// The threads of a task in whole groups.
  private int size(Threads threads) {
    int group = threads.group();
    long global = Math.ceilDiv(threads.count(), group) * group;
    // A virtual device, for looking at the code of a GPU that is not there, has no limits.
    long[] sizes = hardware.getPhysicalDevice().getDeviceMaxWorkGroupSize();
    long largest = sizes == null ? group : sizes[0];
    if (global > Integer.MAX_VALUE || group > largest) {
      throw new DeviceException(
          String.format(
              Locale.ROOT,
              "%s (%s) cannot run %,d threads in groups of %d: its groups hold %,d, and a launch at"
                  + " most 2,147,483,647 threads",
              device.index(),
              device.name(),
              global,
              group,
              largest));
    }
    return (int) global;
  }

  /// Has later launches run a task in another number of threads.
  void resize(String task, long count) {
    WorkerGrid1D grid = Objects.requireNonNull(grids.get(task), task);
    grid.setGlobalWork(size(Threads.of(count)), 1, 1);
  }

  /// Runs all tasks once.
  void launch() {
    try {
      long start = System.nanoTime();
      launches++;
      control.set(LaunchProof.TICKET, launches);
      for (FloatArray array : carried) {
        array.set(array.getSize() - 1, launches);
      }
      last = executed();
      for (int i = 0; i < launchesOfKernel; i++) {
        receipt = LaunchProof.next(receipt, launches);
      }
      addLaunch(System.nanoTime() - start);
    } catch (RuntimeException | TornadoInternalError e) {
      throw failure("could not run the training", e);
    }
  }

  private TornadoExecutionResult executed() {
    watchdog.begin(launches == 1 ? Watchdog.Call.FIRST_LAUNCH : Watchdog.Call.LAUNCH);
    try {
      return plan.execute();
    } finally {
      watchdog.end();
    }
  }

  /// Runs a copy from the device.
  private void watch(Runnable copy) {
    watchdog.begin(Watchdog.Call.COPY);
    try {
      copy.run();
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

  /// Copies an array from the device, after a proof that all launches happened; once for a launch,
  /// however often it is asked for.
  ///
  /// @return whether anything was copied
  boolean fetch(FloatArray array) {
    if (last == null || fetched.getOrDefault(array, 0) == launches) {
      return false;
    }
    fetch(array, array.getSize());
    fetched.put(array, launches);
    return true;
  }

  /// Copies the beginning of an array from the device, after a proof that all launches happened.
  ///
  /// @param count how many numbers, at least one
  void fetch(FloatArray array, int count) {
    TornadoExecutionResult result = last;
    if (result == null) {
      return;
    }
    try {
      prove(result);
      // What a kernel never writes shows that a copy failed, of which TornadoVM does not tell.
      array.set(0, UNREAD);
      array.set(count - 1, UNREAD);
      // A range even where it is the whole: without one, TornadoVM copies as much as the last time.
      watch(() -> result.transferToHost(new DataRange(array).withSize(count)));
      if (isUnread(array.get(0)) || isUnread(array.get(count - 1))) {
        throw new DeviceException(
            "%s (%s) did not give its results back, see the driver's messages above, if any; the device may"
                    .formatted(device.index(), device.name())
                + " be lost");
      }
      profiler.ifPresent(times -> times.addTimes(result));
    } catch (DeviceException e) {
      throw e;
    } catch (RuntimeException | TornadoInternalError e) {
      throw failure("could not give its results back", e);
    }
  }

  private void prove(TornadoExecutionResult result) {
    watch(() -> result.transferToHost(receipts));
    for (int kernel = 0; kernel < receipts.getSize(); kernel++) {
      if (receipts.get(kernel) != receipt) {
        throw new DeviceException(
            "%s (%s) did not run all of the %d launches of the training as told: a launch or a copy"
                    .formatted(device.index(), device.name(), launches)
                + " failed, see the driver's messages above, if any; the device may be lost");
      }
    }
    for (TornadoNativeArray array : constants) {
      proveCopy(result, array);
    }
    constants = List.of();
  }

  /// Compares what lies on the device with what was sent: a copy back that fails leaves the array
  /// as it is here, cleared.
  private void proveCopy(TornadoExecutionResult result, TornadoNativeArray array) {
    long sent = LaunchProof.checksum(array);
    array.getSegment().fill((byte) UNREAD_BITS);
    watch(() -> result.transferToHost(new DataRange(array).withSize(array.getSize())));
    if (LaunchProof.checksum(array) != sent) {
      throw new DeviceException(
          "%s (%s) does not hold what it was sent at the start of the training: a copy failed, see"
                  .formatted(device.index(), device.name())
              + " the driver's messages above, if any; the device may be lost");
    }
  }

  private static boolean isUnread(float value) {
    return Float.floatToRawIntBits(value) == UNREAD_BITS;
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
