package twister.tracking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import twister.backend.cpu.CpuBackend;
import twister.spec.SpecWriter;

/// The name of a run: the same settings on the same data have the same name.
///
/// It begins with a letter: 767090630e56 would be a number to many programs. The letter is one that
/// hexadecimal numbers lack, which tells these names from the former ones.
public final class RunId {
  /// What a name looks like, also one of a version whose names were hexadecimal.
  private static final Pattern ANY = Pattern.compile("[0-9a-v][0-9a-f]{11}");

  private static final Pattern FORMER = Pattern.compile("[0-9a-f]{12}");
  private static final int LENGTH = 12;

  private RunId() {}

  /// The first 48 bits of the SHA-256 of the settings and the data's hash, in hexadecimal, but for
  /// the first four, which are a letter from `g` to `v`.
  ///
  /// Devices other than the processor compute in another precision, so that theirs are other runs.
  ///
  /// @param dataSha256 of the data file's bytes
  public static String of(RunSettings settings, String dataSha256, Provenance.UsedDevice device) {
    String hash = former(settings.yaml(), dataSha256, device);
    return (char) ('g' + Character.digit(hash.charAt(0), 16)) + hash.substring(1);
  }

  /// Whether a name looks like that of a run.
  public static boolean isOne(String name) {
    return ANY.matcher(name).matches();
  }

  /// Whether a name is one of a version whose names were hexadecimal.
  public static boolean isFormer(String name) {
    return FORMER.matcher(name).matches();
  }

  /// The name that a run had in a version whose names were hexadecimal.
  ///
  /// @param settings what [SpecWriter#formerSettings] writes
  /// @param dataSha256 of the data file's bytes
  public static String former(String settings, String dataSha256, Provenance.UsedDevice device) {
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
