package twister.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import twister.backend.Backend;
import twister.backend.BackendProvider.Availability;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.backend.Workload;
import twister.backend.cpu.CpuBackend;
import twister.spec.DeviceSpec;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// What there is to train on, and the choice among it. Devices other than the processor are looked
/// for when they are first asked for, which takes a second.
public final class Devices {
  /// What another device takes to be found, and its kernels to be compiled, and then some.
  private static final double SMALL_SECONDS = 5;

  /// How many times as fast as a processor a GPU is that was not measured, roughly.
  private static final double GPU_PER_PROCESSOR = 20;

  /// How many times slower a device is for many symbols, roughly; its model is of few.
  private static final double SLOWNESS = 10;

  private final Backend cpu = new CpuBackend();
  private final DeviceSearch search;
  private final DeviceModels models;

  /// @param search how devices other than the processor are looked for
  /// @param models what was measured of devices
  Devices(Function<DeviceSpec, Availability> search, DeviceModels models) {
    this.search = new DeviceSearch(search);
    this.models = models;
  }

  /// The processor, and what the backend that was compiled in finds.
  ///
  /// @param warnings takes sentences of what the user may want to mend
  public Devices(Consumer<String> warnings) {
    this(DeviceSearch::ofBuild, DeviceModels.ofUser(warnings));
  }

  /// The devices to train on.
  ///
  /// @param devices one or more of the backend; a single run is trained on the first
  /// @param reason why these, where nobody asked for them by name; or why they are slow
  /// @param models what was measured of them
  public record Choice(Backend backend, List<Device> devices, String reason, DeviceModels models) {
    public Choice {
      devices = List.copyOf(devices);
    }

    /// The first of the devices.
    public Device device() {
      return devices.getFirst();
    }

    Choice because(String why) {
      return new Choice(backend, devices, why, models);
    }

    /// One of the devices alone.
    Choice on(Device one) {
      return new Choice(backend, List.of(one), reason, models);
    }

    /// The first of the devices alone, for a run, which is trained on one.
    public Choice first() {
      return devices.size() == 1
          ? this
          : new Choice(
              backend,
              List.of(device()),
              "the first of %d, as it is one run".formatted(devices.size()),
              models);
    }

    /// Measures the devices where they were not yet.
    ///
    /// @throws DeviceException if one cannot do such work
    public void measure(List<Workload> work) {
      devices.forEach(device -> models.measure(backend, device, work));
    }

    /// Learns about the device from a training that came to its end, unless it was slow for its
    /// many symbols: what is known of a device is of few.
    ///
    /// @param symbols V
    void learn(Workload work, int symbols, double seconds) {
      if (symbols <= backend.fastSymbols(device())) {
        models.learn(device(), work, seconds);
      }
    }

    /// How much longer a batch takes for one run more, roughly.
    double secondsPerRun(Workload work) {
      return models
          .measured(device(), work.kind())
          .map(model -> model.secondsPerRun(work))
          .orElseGet(
              () ->
                  models.ofProcessor(device(), work.kind()).secondsPerRun(work)
                      / (device().kind() == Device.Kind.GPU ? GPU_PER_PROCESSOR : 1));
    }

    /// The devices by index and name, and the reason.
    public String text() {
      Map<String, List<String>> indices =
          devices.stream()
              .distinct()
              .collect(
                  Collectors.groupingBy(
                      Device::name,
                      LinkedHashMap::new,
                      Collectors.mapping(Device::index, Collectors.toList())));
      String names =
          indices.entrySet().stream()
              .map(same -> String.join(", ", same.getValue()) + ": " + same.getKey())
              .collect(Collectors.joining("; "));
      return names + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
  }

  /// What training wants a device.
  ///
  /// @param file the experiment file
  /// @param symbols V, the most that any of its runs has
  public record Request(Path file, DeviceSpec device, List<Workload> work, int symbols) {}

  /// Thrown where only another Java, one started with the devices' options, can answer.
  public static final class NotLoaded extends Exception {
    private static final long serialVersionUID = 1;

    NotLoaded() {
      super("the devices need a Java that was started with their options");
    }
  }

  /// The processor, and all other devices there are.
  ///
  /// @throws NotLoaded if only a Java with the devices' options can tell
  public List<Device> all() throws NotLoaded {
    List<Device> devices = new ArrayList<>(cpu.devices());
    search.backend(DeviceSpec.auto()).ifPresent(backend -> devices.addAll(backend.devices()));
    return devices;
  }

  /// Why there is nothing besides the processor; empty when there is.
  ///
  /// @throws NotLoaded if only a Java with the devices' options can tell
  public Optional<String> reason() throws NotLoaded {
    return search.reason();
  }

  /// The devices that an experiment file asks for.
  ///
  /// @throws InvalidInputException if one is not there; with the list of those that are
  /// @throws NotLoaded if only a Java with the devices' options can tell
  public Choice choose(Request request) throws InvalidInputException, NotLoaded {
    return choose(request, request.file().toString());
  }

  /// The devices that are asked for.
  ///
  /// @param source where they are asked for: the file, or an option
  /// @throws InvalidInputException if one is not there, with the list of those that are, or cannot
  ///   train on so many symbols
  /// @throws NotLoaded if only a Java with the devices' options can tell
  public Choice choose(Request request, String source) throws InvalidInputException, NotLoaded {
    Choice choice = any(request, source);
    int most = choice.backend().mostSymbols();
    if (request.symbols() <= most) {
      return choice.reason().isEmpty() ? choice.because(slowness(choice, request)) : choice;
    }
    String limit = "takes at most %,d symbols".formatted(most);
    if (request.device().choice().equals(DeviceSpec.AUTO)) {
      return ofProcessor("auto, as %s %s".formatted(choice.device().index(), limit));
    }
    throw new InvalidInputException(
        Mistake.in(
            source,
            "the device %s (%s) %s, the end of a word among them; the words of %s have %,d;"
                    .formatted(
                        choice.device().index(),
                        choice.device().name(),
                        limit,
                        request.file(),
                        request.symbols())
                + " --device cpu takes any number"));
  }

  /// The devices that were asked for, however many symbols there are.
  private Choice any(Request request, String source) throws InvalidInputException, NotLoaded {
    return switch (request.device().choice()) {
      case DeviceSpec.CPU -> ofProcessor("");
      case DeviceSpec.AUTO -> automatic(request);
      default -> named(request.device(), source);
    };
  }

  /// Why devices are slow; empty where they are not.
  private static String slowness(Choice choice, Request request) {
    return choice.devices().stream()
            .anyMatch(device -> choice.backend().fastSymbols(device) < request.symbols())
        ? "some ten times slower for %,d symbols than for few".formatted(request.symbols())
        : "";
  }

  /// The devices of a cluster, one for each batch that it trains at the same time.
  ///
  /// @param address where the cluster is
  public Choice of(Cluster cluster, String address) {
    int places = cluster.places();
    List<Device> devices = Collections.nCopies(places, cluster.machine().device());
    String reason =
        "%,d %s at a time on %s".formatted(places, places == 1 ? "batch" : "batches", address);
    return new Choice(new ClusterBackend(devices), devices, reason, models);
  }

  /// The device for a batch that a cluster sent to this machine.
  ///
  /// @param wanted `cpu`, `gpu`, or `auto`: the GPU that the cluster lends, else the processor
  /// @param gpu which of the GPUs is lent, the first is 0; without one, `gpu` is the first
  /// @param symbols V, the most that any of its runs has
  /// @throws InvalidInputException if it is not there, or cannot train on so many symbols
  /// @throws NotLoaded if only a Java with the devices' options can tell
  Choice lent(String wanted, OptionalInt gpu, int symbols) throws InvalidInputException, NotLoaded {
    boolean isAuto = wanted.equals(DeviceSpec.AUTO);
    if (wanted.equals(DeviceSpec.CPU) || (isAuto && gpu.isEmpty())) {
      return ofProcessor("");
    }
    Optional<Backend> backend = search.backend(DeviceSpec.auto());
    List<Device> gpus =
        once(backend.map(Backend::devices).orElse(List.of())).stream()
            .filter(device -> device.kind() == Device.Kind.GPU)
            .toList();
    if (gpu.orElse(0) >= gpus.size()) {
      throw missing("gpu " + gpu.orElse(0), "a machine of the cluster");
    }
    int most = backend.orElseThrow().mostSymbols();
    if (symbols <= most) {
      Device device = gpus.get(gpu.orElse(0));
      return new Choice(backend.orElseThrow(), List.of(device), "", models);
    }
    if (isAuto) {
      return ofProcessor("");
    }
    throw new InvalidInputException(
        Mistake.in(
            "a machine of the cluster",
            "its GPU takes at most %,d symbols, the words have %,d".formatted(most, symbols)));
  }

  private Choice ofProcessor(String reason) {
    return new Choice(cpu, cpu.devices(), reason, models);
  }

  /// The device that ends first by what was measured of it; it is measured where the processor
  /// takes so long that another one may be worth its start.
  private Choice automatic(Request request) throws NotLoaded {
    Device processor = cpu.devices().getFirst();
    double seconds = models.secondsOfProcessor(processor, request.work());
    if (seconds < SMALL_SECONDS) {
      return ofProcessor("auto, for %s of work".formatted(Workload.about(seconds)));
    }
    Optional<Backend> backend = search.backend(request.device());
    List<Device> gpus =
        backend.stream()
            .flatMap(found -> once(found.devices()).stream())
            .filter(device -> device.kind() == Device.Kind.GPU)
            .toList();
    if (gpus.isEmpty()) {
      return ofProcessor(
          "auto, for %s of work, as there is no GPU".formatted(Workload.about(seconds)));
    }
    return fastest(backend.orElseThrow(), gpus, request);
  }

  private Choice fastest(Backend backend, List<Device> gpus, Request request) {
    List<Workload> work = request.work();
    Device best = cpu.devices().getFirst();
    models.measure(cpu, best, work);
    double least = models.secondsOfProcessor(best, work);
    List<String> estimates = new ArrayList<>();
    estimates.add("%s %s".formatted(best.index(), Workload.about(least)));
    for (Device gpu : gpus) {
      double seconds = Double.POSITIVE_INFINITY;
      try {
        models.measure(backend, gpu, work);
        seconds = models.seconds(gpu, work).orElseThrow();
        if (backend.fastSymbols(gpu) < request.symbols()) {
          seconds *= SLOWNESS;
        }
        estimates.add("%s %s".formatted(gpu.index(), Workload.about(seconds)));
      } catch (DeviceException e) {
        estimates.add("%s fails: %s".formatted(gpu.index(), e.getMessage()));
      }
      if (seconds < least) {
        least = seconds;
        best = gpu;
      }
    }
    String reason = "auto, estimated: " + String.join(", ", estimates);
    return best.equals(cpu.devices().getFirst())
        ? ofProcessor(reason)
        : new Choice(backend, List.of(best), reason, models);
  }

  private Choice named(DeviceSpec wanted, String source) throws InvalidInputException, NotLoaded {
    Optional<Backend> backend = search.backend(wanted);
    List<Device> there = backend.map(Backend::devices).orElse(List.of());
    List<Device> devices = new ArrayList<>();
    for (String name : wanted.names()) {
      List<Device> found =
          (DeviceSpec.isIndex(name) ? there : once(there))
              .stream()
                  .filter(device -> isNamed(device, name))
                  .limit(wanted.isOfEvery() ? Long.MAX_VALUE : 1)
                  .toList();
      if (found.isEmpty()) {
        throw missing(name, source);
      }
      if (!Collections.disjoint(devices, found)) {
        throw new InvalidInputException(Mistake.in(source, "names the device " + name + " twice"));
      }
      for (Device device : found) {
        if (device.kind() == Device.Kind.FPGA) {
          checkBitstream(device, wanted, source);
        }
      }
      devices.addAll(found);
    }
    return new Choice(backend.orElseThrow(), devices, "", models);
  }

  /// Each piece of hardware once, through the first backend that drives it.
  private static List<Device> once(List<Device> devices) {
    return Hardware.of(devices).stream().map(Hardware::device).toList();
  }

  private static boolean isNamed(Device device, String name) {
    return switch (name) {
      case DeviceSpec.GPU -> device.kind() == Device.Kind.GPU;
      case DeviceSpec.FPGA -> device.kind() == Device.Kind.FPGA;
      default -> device.index().equals(name);
    };
  }

  private InvalidInputException missing(String name, String source) throws NotLoaded {
    String there =
        all().stream()
            .map(one -> "%s (%s)".formatted(one.index(), one.name()))
            .collect(Collectors.joining(", "));
    return new InvalidInputException(
        Mistake.in(
            source,
            "there is no device %s; there are: %s%s"
                .formatted(name, there, reason().map(why -> "; " + why).orElse(""))));
  }

  /// TornadoVM 5.2.0 itself writes kernels with loops for FPGAs in a way that no compiler reads.
  private void checkBitstream(Device device, DeviceSpec wanted, String source)
      throws InvalidInputException {
    String name = "%s (%s)".formatted(device.index(), device.name());
    if (wanted.bitstream().isEmpty()) {
      throw new InvalidInputException(
          Mistake.in(
              source,
              name
                  + " needs kernels that were compiled before, as TornadoVM 5.2.0 cannot compile"
                  + " loops for FPGAs; name them in the file, device: {kind: fpga, bitstream:"
                  + " kernels.aocx}, see docs/devices.md"));
    }
    if (!search.isSetUpFor(wanted)) {
      throw new InvalidInputException(
          Mistake.in(
              source,
              name
                  + " is set up with the kernels of another experiment of this command; run one"
                  + " command for each"));
    }
  }
}
