package twister.experiment;

import java.io.Serializable;
import twister.backend.Device;

/// What a machine of a cluster says of itself, in plain values.
///
/// @param index of the device that it trains on, as all other components but the last two
/// @param deviceBytes the memory of the device
/// @param javaBytes the memory that Java may take there
/// @param problem why it cannot train; empty if it can
public record Machine(
    String index,
    String kind,
    String backend,
    String name,
    String driver,
    long deviceBytes,
    long javaBytes,
    String problem)
    implements Serializable {
  private static final long serialVersionUID = 1;

  static Machine of(Device device) {
    return new Machine(
        device.index(),
        device.kind().name(),
        device.backend(),
        device.name(),
        device.driver(),
        device.memory(),
        Runtime.getRuntime().maxMemory(),
        "");
  }

  static Machine unable(String problem) {
    return new Machine("", "", "", "", "", 0, 0, problem);
  }

  Device device() {
    return new Device(index, Device.Kind.valueOf(kind), backend, name, deviceBytes, driver);
  }
}
