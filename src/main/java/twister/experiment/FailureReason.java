package twister.experiment;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/// Why a file could not be read or written, in words.
public final class FailureReason {
  private FailureReason() {}

  /// The message of a problem. The JDK's file exceptions say only which file; their type says what
  /// is wrong with it.
  public static String of(IOException problem) {
    String message = String.valueOf(problem.getMessage());
    return switch (problem) {
      case AccessDeniedException e -> message + ": permission denied";
      case NoSuchFileException e -> message + ": no such file or folder";
      case FileAlreadyExistsException e -> message + ": exists and is no folder";
      default -> message;
    };
  }
}
