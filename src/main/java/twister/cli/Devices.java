package twister.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import twister.backend.Backend;
import twister.backend.BackendProvider;
import twister.backend.BackendProvider.Availability;
import twister.backend.Device;
import twister.backend.cpu.CpuBackend;
import twister.spec.DeviceSpec;
import twister.spec.InvalidInputException;
import twister.spec.Mistake;

/// What there is to train on, and the choice among it. Devices other than the processor are looked
/// for when they are first asked for, which takes a second.
final class Devices {
  /// Said by the launcher: why it has no devices to offer.
  private static final String REASON = "TWISTER_NO_DEVICES";

  private final Backend cpu = new CpuBackend();
  private Optional<Availability> others = Optional.empty();

  /// With what the others were set up, which happens once in a process.
  private DeviceSpec setUp = DeviceSpec.auto();

  /// A device to train on.
  ///
  /// @param reason why this one, where nobody asked for it by name
  record Choice(Backend backend, Device device, String reason) {}

  /// What training wants a device.
  ///
  /// @param file the experiment file
  record Wish(Path file, DeviceSpec device, Work work) {}

  /// Thrown where only another Java, one started with the devices' options, can answer.
  static final class NotLoaded extends Exception {
    private static final long serialVersionUID = 1;

    NotLoaded() {
      super("the devices need a Java that was started with their options");
    }
  }

  /// The processor, and all other devices there are.
  List<Device> all() throws NotLoaded {
    List<Device> devices = new ArrayList<>(cpu.devices());
    others(DeviceSpec.auto()).whenReady().ifPresent(backend -> devices.addAll(backend.devices()));
    return devices;
  }

  /// Why there is nothing besides the processor; empty when there is.
  Optional<String> reason() throws NotLoaded {
    return others(DeviceSpec.auto()) instanceof Availability.Missing(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  /// The device that was asked for.
  ///
  /// @param source where it was asked for
  /// @throws InvalidInputException if it is not there; with the list of those that are
  Choice choose(DeviceSpec wanted, Work work, String source)
      throws InvalidInputException, NotLoaded {
    return switch (wanted.choice()) {
      case DeviceSpec.CPU -> new Choice(cpu, cpu.devices().getFirst(), "");
      case DeviceSpec.AUTO -> automatic(wanted, work);
      default -> named(wanted, source);
    };
  }

  private Choice automatic(DeviceSpec wanted, Work work) throws NotLoaded {
    Device processor = cpu.devices().getFirst();
    if (work.isSmall()) {
      return new Choice(
          cpu, processor, "auto, for %s of work".formatted(work));
    }
    Availability found = others(wanted);
    Optional<Device> gpu =
        found.whenReady().flatMap(backend -> first(backend, Device.Kind.GPU));
    return gpu.isPresent()
        ? new Choice(
            found.whenReady().orElseThrow(),
            gpu.get(),
            "auto, as the processor would take %s".formatted(work))
        : new Choice(cpu, processor, "auto, for %s of work, as there is no GPU".formatted(work));
  }

  private Choice named(DeviceSpec wanted, String source)
      throws InvalidInputException, NotLoaded {
    Optional<Backend> backend = others(wanted).whenReady();
    Optional<Device> device =
        backend.flatMap(
            found ->
                switch (wanted.choice()) {
                  case DeviceSpec.GPU -> first(found, Device.Kind.GPU);
                  case DeviceSpec.FPGA -> first(found, Device.Kind.FPGA);
                  default -> byIndex(found, wanted.choice());
                });
    if (device.isPresent()) {
      if (device.get().kind() == Device.Kind.FPGA) {
        checkBitstream(device.get(), wanted, source);
      }
      return new Choice(backend.orElseThrow(), device.get(), "");
    }
    String there =
        all().stream()
            .map(one -> "%s (%s)".formatted(one.index(), one.name()))
            .collect(Collectors.joining(", "));
    throw new InvalidInputException(
        Mistake.in(
            source,
            "there is no device %s; there are: %s%s"
                .formatted(
                    wanted.choice(), there, reason().map(why -> "; " + why).orElse(""))));
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
                  + " needs kernels that were compiled before, as TornadoVM 5.2.0 cannot compile loops for"
                  + " FPGAs; name them in the file, device: {kind: fpga, bitstream: kernels.aocx}, see"
                  + " docs/devices.md"));
    }
    if (!wanted.bitstream().equals(setUp.bitstream()) || !wanted.config().equals(setUp.config())) {
      throw new InvalidInputException(
          Mistake.in(
              source,
              name
                  + " is set up for another experiment of the same command; run those with other files of"
                  + " an FPGA one by one"));
    }
  }

  private static Optional<Device> first(Backend backend, Device.Kind kind) {
    return backend.devices().stream().filter(device -> device.kind() == kind).findFirst();
  }

  private static Optional<Device> byIndex(Backend backend, String index) {
    return backend.devices().stream().filter(device -> device.index().equals(index)).findFirst();
  }

  private Availability others(DeviceSpec wanted) throws NotLoaded {
    if (others.isEmpty()) {
      others = Optional.of(look(wanted));
      setUp = wanted;
    }
    if (others.get() instanceof Availability.NotLoaded) {
      throw new NotLoaded();
    }
    return others.get();
  }

  private static Availability look(DeviceSpec wanted) {
    return ServiceLoader.load(BackendProvider.class)
        .findFirst()
        .map(provider -> provider.availability(wanted))
        .orElseGet(
            () ->
                new Availability.Missing(
                    Optional.ofNullable(System.getenv(REASON))
                        .orElse("this Twister was built without TornadoVM, see docs/devices.md")));
  }
}
