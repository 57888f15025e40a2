package twister.experiment;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import twister.backend.Backend;
import twister.backend.BackendProvider;
import twister.backend.BackendProvider.Availability;
import twister.spec.DeviceSpec;

/// The search for devices other than the processor, which happens once in a process, when they are
/// first asked for, and takes a second.
final class DeviceSearch {
  /// Said by the launcher: why it has no devices to offer.
  private static final String REASON = "TWISTER_NO_DEVICES";

  private final Function<DeviceSpec, Availability> search;
  private Optional<Availability> found = Optional.empty();

  /// With what the devices were set up.
  private DeviceSpec setUp = DeviceSpec.auto();

  DeviceSearch(Function<DeviceSpec, Availability> search) {
    this.search = search;
  }

  /// What the backend that was compiled in finds.
  static Availability ofBuild(DeviceSpec wanted) {
    return ServiceLoader.load(BackendProvider.class)
        .findFirst()
        .map(provider -> provider.availability(wanted))
        .orElseGet(
            () ->
                new Availability.Missing(
                    Optional.ofNullable(System.getenv(REASON))
                        .orElse("this Twister was built without TornadoVM, see docs/devices.md")));
  }

  /// The backend that drives devices, if there is one.
  ///
  /// @param wanted what the devices are set up for, if they are not yet
  /// @throws Devices.NotLoaded if only a Java with the devices' options can tell
  Optional<Backend> backend(DeviceSpec wanted) throws Devices.NotLoaded {
    return availability(wanted).whenReady();
  }

  /// Why there is none; empty where there is one.
  ///
  /// @throws Devices.NotLoaded if only a Java with the devices' options can tell
  Optional<String> reason() throws Devices.NotLoaded {
    return availability(DeviceSpec.auto()) instanceof Availability.Missing(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  /// Whether the devices were set up with the compiled kernels that are wanted.
  boolean isSetUpFor(DeviceSpec wanted) {
    return wanted.bitstream().equals(setUp.bitstream()) && wanted.config().equals(setUp.config());
  }

  private Availability availability(DeviceSpec wanted) throws Devices.NotLoaded {
    if (found.isEmpty()) {
      found = Optional.of(search.apply(wanted));
      setUp = wanted;
    }
    if (found.get() instanceof Availability.NotLoaded) {
      throw new Devices.NotLoaded();
    }
    return found.get();
  }
}
