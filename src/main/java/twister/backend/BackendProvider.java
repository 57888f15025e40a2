package twister.backend;

import java.util.Optional;
import twister.spec.DeviceSpec;

/// A backend that may be there: found by [java.util.ServiceLoader] when it was compiled in.
public interface BackendProvider {
  /// The exit code of a process that a backend ended, as a device did not answer.
  int NO_ANSWER = 70;

  /// Looks for the backend on this machine. It is asked once in a process.
  ///
  /// @param device what was asked for, for devices that are set up before they are looked for
  Availability availability(DeviceSpec device);

  /// Whether a backend can be used.
  sealed interface Availability {

    /// It can.
    record Ready(Backend backend) implements Availability {}

    /// It could in a Java that was started with its options, which this one was not.
    record NotLoaded() implements Availability {}

    /// It cannot.
    ///
    /// @param reason one sentence for people: what is missing and what to do
    record Missing(String reason) implements Availability {}

    /// The backend, if it can be used.
    default Optional<Backend> whenReady() {
      return this instanceof Ready(Backend backend) ? Optional.of(backend) : Optional.empty();
    }
  }
}
