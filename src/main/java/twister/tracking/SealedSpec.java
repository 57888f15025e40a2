package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The `spec.yaml` that an experiment was run from. Its last line is a comment with the checksum of
/// the lines above it; the `spec.yaml` of a run has its checksum in `run.yaml`.
///
/// One that somebody changed is another experiment, and none that was run.
public final class SealedSpec {
  private static final String NAME = "spec.yaml";
  private static final String CHANGED = "is not what was written";
  private static final Pattern LAST =
      Pattern.compile("^# checksum of the lines above: ([0-9a-f]{8})$", Pattern.MULTILINE);
  private static final int MOST_BYTES = 10_000_000;

  private SealedSpec() {}

  /// An experiment as YAML, with its checksum.
  static byte[] sealed(String yaml) {
    String last =
        "# checksum of the lines above: %s\n"
            .formatted(Checksums.of(yaml.getBytes(StandardCharsets.UTF_8)));
    return (yaml + last).getBytes(StandardCharsets.UTF_8);
  }

  /// What is wrong with the `spec.yaml` of an experiment; nothing where it has no checksum, as
  /// those of older versions.
  ///
  /// @throws IOException if it cannot be read
  static Optional<String> damage(Path file) throws IOException {
    String text = PlainFile.text(file, MOST_BYTES);
    Matcher last = LAST.matcher(text);
    if (!last.find()) {
      return Optional.empty();
    }
    byte[] above = text.substring(0, last.start()).getBytes(StandardCharsets.UTF_8);
    boolean isWhole =
        text.substring(last.end()).equals("\n") && last.group(1).equals(Checksums.of(above));
    return isWhole ? Optional.empty() : Optional.of(CHANGED);
  }

  /// Refuses an experiment file that Twister wrote into results and somebody changed: its runs
  /// would be taken for those that it was written of.
  ///
  /// @param file any experiment file
  /// @throws InvalidInputException if it is such a one
  public static void refuseChanged(Path file) throws InvalidInputException {
    Path name = file.getFileName();
    if (name == null || !name.toString().equals(NAME) || !PlainFile.isOne(file)) {
      return;
    }
    RunFolder run = new RunFolder(file.toAbsolutePath().normalize().resolveSibling(""));
    boolean isChanged;
    try {
      isChanged =
          Files.exists(run.run()) ? run.damageOfSpec().isPresent() : damage(file).isPresent();
    } catch (IOException e) {
      return; // Whoever reads it says why it cannot be read.
    }
    if (isChanged) {
      throw new InvalidInputException(
          Mistake.in(
              file.toString(),
              CHANGED
                  + ", so that it does not repeat what was run; save it elsewhere, under another"
                  + " name, to run it as an experiment of its own"));
    }
  }
}
