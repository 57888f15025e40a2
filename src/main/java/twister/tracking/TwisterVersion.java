package twister.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/// Which Twister it was.
///
/// @param number of the version; `development` outside of a jar
/// @param commit that it was built from; empty where it was built outside of git
public record TwisterVersion(String number, Optional<Provenance.Commit> commit) {
  private static final TwisterVersion CURRENT =
      new TwisterVersion(
          Optional.ofNullable(TwisterVersion.class.getPackage().getImplementationVersion())
              .orElse("development"),
          built());

  /// This one.
  public static TwisterVersion current() {
    return CURRENT;
  }

  /// The commit that the build wrote beside this class.
  private static Optional<Provenance.Commit> built() {
    try (InputStream file = TwisterVersion.class.getResourceAsStream("build.properties")) {
      Properties build = new Properties();
      if (file != null) {
        build.load(file);
      }
      return commit(build);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The commit that properties of a build name.
  static Optional<Provenance.Commit> commit(Properties build) {
    return Optional.ofNullable(build.getProperty("git.commit.id.full"))
        .map(hash -> new Provenance.Commit(hash, !"false".equals(build.getProperty("git.dirty"))));
  }
}
