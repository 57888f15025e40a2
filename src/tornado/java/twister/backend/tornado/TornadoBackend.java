package twister.backend.tornado;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import twister.backend.Backend;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.backend.Problem;
import twister.backend.Profile;
import twister.backend.RunConfig;
import twister.backend.TrainingSession;
import uk.ac.manchester.tornado.api.TornadoDeviceMap;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/// Every device that TornadoVM finds, in single precision.
final class TornadoBackend implements Backend {
  /// A row of the weights lies in a thread's private memory, which is small.
  static final int MOST_SYMBOLS = 512;

  private static final long GIB = 1L << 30;

  /// The first that drives a GPU is the one to use: CUDA's own compiler makes the fastest kernels.
  private static final List<TornadoVMBackendType> PREFERRED =
      List.of(TornadoVMBackendType.CUDA, TornadoVMBackendType.PTX, TornadoVMBackendType.OPENCL);

  private final Map<Device, TornadoDevice> devices = new LinkedHashMap<>();
  private final long memoryLimit;
  private final Optional<Kernels> kernels;

  /// @param memoryLimit that a session may use at most, in bytes, however much a device has
  /// @param kernels for every device; those that suit it where this is empty
  TornadoBackend(long memoryLimit, Optional<Kernels> kernels) {
    this.memoryLimit = memoryLimit;
    this.kernels = kernels;
    TornadoDeviceMap map = TornadoExecutionPlan.getTornadoDeviceMap();
    List<Map.Entry<Device, TornadoDevice>> found = new ArrayList<>();
    for (int backend = 0; backend < map.getNumBackends(); backend++) {
      for (int i = 0; i < map.getAllBackends().get(backend).getNumDevices(); i++) {
        TornadoDevice hardware = TornadoExecutionPlan.getDevice(backend, i);
        found.add(Map.entry(device(backend + ":" + i, hardware), hardware));
      }
    }
    found.sort(Comparator.comparingInt(entry -> rank(entry.getValue().getTornadoVMBackend())));
    found.forEach(entry -> devices.put(entry.getKey(), entry.getValue()));
  }

  private static int rank(TornadoVMBackendType backend) {
    int rank = PREFERRED.indexOf(backend);
    return rank < 0 ? PREFERRED.size() : rank;
  }

  /// All devices, with a quarter of what TornadoVM gives a program unless told otherwise. As much
  /// again is taken of the computer's memory.
  TornadoBackend() {
    this(GIB, Optional.empty());
  }

  /// Half of what a device has: drivers and screens want some too. A device may not tell.
  private long memory(Device device) {
    return device.memory() > 0 ? Math.min(memoryLimit, device.memory() / 2) : memoryLimit;
  }

  private static Device device(String index, TornadoDevice hardware) {
    return new Device(
        index,
        kind(hardware),
        hardware.getTornadoVMBackend().name().toLowerCase(Locale.ROOT),
        hardware.getPhysicalDevice().getDeviceName().strip(),
        hardware.getMaxGlobalMemory(),
        hardware.getPlatformName().strip() + ", " + version());
  }

  private static String version() {
    return TornadoExecutionPlan.class
        .getModule()
        .getDescriptor()
        .rawVersion()
        .map(version -> "TornadoVM " + version)
        .orElse("TornadoVM");
  }

  private static Device.Kind kind(TornadoDevice hardware) {
    TornadoDeviceType type = hardware.getDeviceType();
    if (type == TornadoDeviceType.ACCELERATOR || type == TornadoDeviceType.FPGA) {
      return Device.Kind.FPGA;
    }
    return type == TornadoDeviceType.CPU ? Device.Kind.CPU : Device.Kind.GPU;
  }

  @Override
  public List<Device> devices() {
    return List.copyOf(devices.keySet());
  }

  @Override
  public int mostSymbols() {
    return MOST_SYMBOLS;
  }

  @Override
  public int fastSymbols(Device device) {
    return kernels(device) == Kernels.GPU ? RegisterRow.MOST_SYMBOLS : MOST_SYMBOLS;
  }

  private Kernels kernels(Device device) {
    return kernels.orElse(device.kind() == Device.Kind.GPU ? Kernels.GPU : Kernels.PROCESSOR);
  }

  @Override
  public TrainingSession open(
      Device device, Problem problem, List<RunConfig> runs, Optional<Profile> profile) {
    problem.check(runs);
    TornadoDevice hardware = devices.get(device);
    if (hardware == null) {
      throw new IllegalArgumentException(
          "device: expected one of " + devices() + ", got " + device);
    }
    if (problem.symbols() > MOST_SYMBOLS) {
      throw new DeviceException(
          "%s (%s) cannot train on %,d symbols: the kernels hold a row of at most %,d in private"
                  .formatted(device.index(), device.name(), problem.symbols(), MOST_SYMBOLS)
              + " memory; use the device cpu");
    }
    Target target = new Target(device, hardware, memory(device), kernels(device), profile);
    TrainingSession session =
        switch (problem) {
          case Problem.OverCounts counts -> new CountsSession(target, counts, runs);
          case Problem.OverExamples examples ->
              target.kernels() == Kernels.GPU
                      && profile.isEmpty()
                      && problem.symbols() <= RegisterRow.MOST_SYMBOLS
                  ? new FusedExamplesSession(target, examples, runs)
                  : new ExamplesSession(target, examples, runs);
          case Problem.OverBlocks blocks ->
              target.kernels() == Kernels.GPU && MlpGroupSession.fits(target, blocks, runs.size())
                  ? new MlpGroupSession(target, blocks, runs)
                  : new MlpSession(target, blocks, runs);
        };
    return new ProvenSession(device, problem, runs, session);
  }
}
