package twister.tracking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import twister.backend.cpu.CpuBackend;
import twister.spec.SpecWriter;

/// The name of a run: the same settings on the same data have the same name.
public final class RunId {
  private static final int LENGTH = 12;

  private RunId() {}

  /// The first 48 bits of the SHA-256 of the settings and the data's hash, in hexadecimal.
  ///
  /// Devices other than the processor compute in another precision, so that theirs are other runs.
  ///
  /// @param settings what [SpecWriter#settings] writes
  /// @param dataSha256 of the data file's bytes
  public static String of(String settings, String dataSha256, Provenance.UsedDevice device) {
    String place =
        device.backend().equals(CpuBackend.NAME)
            ? ""
            : "device: " + device.backend() + " " + device.name() + "\n";
    String text = settings + "data: " + dataSha256 + "\n" + place;
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
