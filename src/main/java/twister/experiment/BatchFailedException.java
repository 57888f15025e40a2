package twister.experiment;

/// Thrown where one batch of a sweep cannot be trained, while others can.
public final class BatchFailedException extends Exception {
  private static final long serialVersionUID = 1;

  /// @param message why, in words
  public BatchFailedException(String message) {
    super(message);
  }
}
