package twister.experiment;

import java.nio.file.Path;
import java.util.Optional;

/// The folder of what Twister keeps for a user and could make anew.
final class UserCache {
  private UserCache() {}

  /// The folder, which need not be there.
  static Path folder() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("twister");
  }
}
