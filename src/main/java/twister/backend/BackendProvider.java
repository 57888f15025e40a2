package twister.backend;

/// A backend that may be there: found by [java.util.ServiceLoader] when it was compiled in.
public interface BackendProvider {
  /// Looks for the backend on this machine. What it finds does not change afterwards.
  Availability availability();

  /// Whether a backend can be used.
  sealed interface Availability {

    /// It can.
    record Ready(Backend backend) implements Availability {}

    /// It cannot.
    ///
    /// @param reason one sentence for people: what is missing and what to do
    record Missing(String reason) implements Availability {}
  }
}
