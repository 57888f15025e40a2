package twister.tracking;

import java.nio.file.Path;

/// The draft of a run: a hidden folder in which it is made, which takes the run's place in one
/// step.
final class Draft {
  private static final String SUFFIX = ".draft";

  private Draft() {}

  /// The draft of a run.
  ///
  /// @param run its folder
  static Path of(Path run) {
    return run.resolveSibling("." + run.getFileName() + SUFFIX);
  }

  /// The name of the run that a draft becomes.
  static String run(Path draft) {
    String name = String.valueOf(draft.getFileName());
    return name.substring(1, name.length() - SUFFIX.length());
  }

  /// Whether a folder is a draft.
  static boolean isOne(Path folder) {
    String name = String.valueOf(folder.getFileName());
    return name.length() > SUFFIX.length()
        && name.startsWith(".")
        && name.endsWith(SUFFIX)
        && RunId.isOne(name.substring(1, name.length() - SUFFIX.length()));
  }

  /// Whether a file is in a draft.
  static boolean holds(Path file) {
    Path folder = file.getParent();
    return folder != null && isOne(folder);
  }
}
