package twister.tracking;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  private static final Map<String, RunStatus> BY_WORD =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(RunStatus::word, status -> status));

  /// The status that stands in files as a word, if it is one.
  public static Optional<RunStatus> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /// All words that stand in files, as a message lists them.
  static String words() {
    return Stream.of(values()).map(RunStatus::word).collect(Collectors.joining(", "));
  }

  /// Whether the run was trained to an end that training again would only repeat.
  public boolean isComplete() {
    return this == FINISHED || this == DIVERGED;
  }

  /// Whether the files of the run are what came of it, be it complete or interrupted. A run in
  /// training has not all of them yet, and nothing of one that failed is believed.
  boolean isKept() {
    return isComplete() || this == INTERRUPTED;
  }

  /// The status as it stands in files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
