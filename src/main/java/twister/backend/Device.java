package twister.backend;

/// A piece of hardware that a backend trains on.
///
/// @param index how the command line names it: `cpu`, or the numbers of TornadoVM's backend and
///   device, such as `0:1`
/// @param kind what it is
/// @param backend what drives it: `cpu`, `cuda`, `ptx`, `opencl`
/// @param name the device as its maker calls it
/// @param memory in bytes, as far as a training may use it
/// @param driver name and version of what lies between the backend and the device
public record Device(
    String index, Kind kind, String backend, String name, long memory, String driver) {

  /// What a device is.
  public enum Kind {
    /// A processor.
    CPU,
    /// A graphics processor.
    GPU,
    /// A field-programmable gate array.
    FPGA
  }
}
