package twister.tracking;

import java.util.Locale;

/// How far a run has come.
public enum RunStatus {
  /// In training, or its process was killed.
  RUNNING,
  /// Trained to its last step.
  FINISHED,
  /// Ended by a loss that is not a finite number.
  DIVERGED,
  /// Ended by an error.
  FAILED,
  /// Ended by the user.
  INTERRUPTED;

  /// The status as it stands in files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
