package twister.tracking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import twister.spec.ExperimentSpec;
import twister.spec.SpecWriter;

/// The name of a run: the same settings on the same data have the same name.
public final class RunId {
  private static final int LENGTH = 12;

  private RunId() {}

  /// The first 48 bits of the SHA-256 of the settings and the data's hash, in hexadecimal.
  ///
  /// @param dataSha256 of the data file's bytes
  public static String of(ExperimentSpec spec, String dataSha256) {
    String text = SpecWriter.settings(spec) + "data: " + dataSha256 + "\n";
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
