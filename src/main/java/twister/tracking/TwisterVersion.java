package twister.tracking;

import java.util.Optional;

/// Which Twister this is.
public final class TwisterVersion {
  private TwisterVersion() {}

  /// The version, as its jar says; `development` outside of a jar.
  public static String number() {
    return Optional.ofNullable(TwisterVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
