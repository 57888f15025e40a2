package twister.cli;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import twister.experiment.FailureReason;

/// What this process prints to.
final class StandardOutput {
  private static final Path FILE = Path.of(System.getProperty("twister.output", "/dev/stdout"));

  /// The bits of a file's mode that say what it is, and what they are for a pipe and a socket
  /// (POSIX, sys/stat.h).
  private static final int TYPE = 0170000;

  private static final Set<Integer> PIPES = Set.of(0010000, 0140000);

  private StandardOutput() {}

  /// Has the program print where the launcher says, as drivers print to the standard output
  /// themselves.
  static void open() {
    Optional<String> other = Optional.ofNullable(System.getProperty("twister.output"));
    if (other.isPresent()) {
      try {
        FileOutputStream file = new FileOutputStream(other.get(), true);
        System.setOut(new PrintStream(file, true, System.out.charset()));
      } catch (FileNotFoundException e) {
        Terminal.warn(FailureReason.of(e));
      }
    }
  }

  /// Whether something that was wanted could not be printed. A pipe cannot be written to once its
  /// reader is gone, such as `head`, which wants no more; what Java says of it depends on the
  /// locale.
  static boolean isBroken() {
    return System.out.checkError() && !isPipe();
  }

  private static boolean isPipe() {
    try {
      return Files.getAttribute(FILE, "unix:mode") instanceof Integer mode
          && PIPES.contains(mode & TYPE);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false; // A system that does not say: the message is then the safe answer.
    }
  }
}
