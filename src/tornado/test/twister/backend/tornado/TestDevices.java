package twister.backend.tornado;

import java.util.Optional;
import twister.backend.BackendProvider.Availability;
import twister.backend.Device;
import twister.spec.DeviceSpec;

/// The devices of this machine, looked for as the program does it.
final class TestDevices {
  /// The kernels to test on all devices, by `-Dtwister.kernels=GPU`; those that suit each where it
  /// is not set.
  static final Optional<Kernels> KERNELS =
      Optional.ofNullable(System.getProperty("twister.kernels")).map(Kernels::valueOf);

  static final TornadoBackend BACKEND =
      new TornadoBackendProvider().availability(DeviceSpec.auto())
              instanceof Availability.Ready(TornadoBackend backend)
          ? KERNELS.isEmpty() ? backend : withMemory(1L << 30)
          : noDevice();

  private TestDevices() {}

  /// Whether the first device is tested with the kernels for GPUs.
  static boolean areKernelsForGpus() {
    return KERNELS
        .map(kernels -> kernels == Kernels.GPU)
        .orElse(BACKEND.devices().getFirst().kind() == Device.Kind.GPU);
  }

  /// The same devices with another limit of memory, in bytes.
  static TornadoBackend withMemory(long limit) {
    return new TornadoBackend(limit, KERNELS);
  }

  private static TornadoBackend noDevice() {
    throw new IllegalStateException(
        "the tests of devices need one: "
            + new TornadoBackendProvider().availability(DeviceSpec.auto()));
  }
}
