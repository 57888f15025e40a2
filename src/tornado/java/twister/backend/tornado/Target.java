package twister.backend.tornado;

import java.util.Optional;
import twister.backend.Device;
import twister.backend.Profile;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/// What a session trains on.
///
/// @param hardware the device as TornadoVM knows it
/// @param memory that the session may use on it, in bytes
/// @param kernels that suit it
/// @param profile filled with the device's times, if they are wanted
record Target(
    Device device,
    TornadoDevice hardware,
    long memory,
    Kernels kernels,
    Optional<Profile> profile) {

  /// Whether the driver can record a launch, with its copies, and repeat it at a fraction of the
  /// cost.
  boolean replays() {
    TornadoVMBackendType backend = hardware.getTornadoVMBackend();
    return backend == TornadoVMBackendType.CUDA || backend == TornadoVMBackendType.PTX;
  }
}
