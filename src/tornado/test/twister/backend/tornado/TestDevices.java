package twister.backend.tornado;

import twister.backend.BackendProvider.Availability;
import twister.spec.DeviceSpec;

/// The devices of this machine, looked for as the program does it.
final class TestDevices {
  static final TornadoBackend BACKEND =
      new TornadoBackendProvider().availability(DeviceSpec.auto())
              instanceof Availability.Ready(TornadoBackend backend)
          ? backend
          : noDevice();

  private TestDevices() {}

  private static TornadoBackend noDevice() {
    throw new IllegalStateException(
        "the tests of devices need one: "
            + new TornadoBackendProvider().availability(DeviceSpec.auto()));
  }
}
