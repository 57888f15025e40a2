package twister.backend.tornado;

import java.util.Optional;
import twister.backend.Device;
import twister.backend.Profile;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/// What a session trains on.
///
/// @param hardware the device as TornadoVM knows it
/// @param memory that the session may use on it, in bytes
/// @param profile filled with the device's times, if they are wanted
record Target(Device device, TornadoDevice hardware, long memory, Optional<Profile> profile) {}
