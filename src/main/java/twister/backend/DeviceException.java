package twister.backend;

/// A device that could not do its work: out of memory, a kernel that does not compile, a device
/// that is gone. The message is one sentence for people.
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param message what could not be done, on which device, and why
  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }

  /// @param message what could not be done, on which device, and why
  public DeviceException(String message) {
    super(message);
  }
}
