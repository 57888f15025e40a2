package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// The checksums of a complete run: those of its files, the charts aside, stand at the end of its
/// `run.yaml`, and below them that of all lines of `run.yaml` above it.
///
/// They are CRC-32C (Castagnoli, Bräuer and Herrmann 1993): every change of up to 32 bits in a row,
/// such as another digit, is found for certain, any other one all but once in 2^32 times. They are
/// taken of the files as they lie in the folder when the run is complete, so that one list says
/// both what is there and what is in it.
final class Checksums {
  private static final String KEY = "checksums";
  private static final String RECORD = "run.yaml";

  /// What a list in the record cannot hold, and what may change.
  private static final Set<String> UNSEALED = Set.of(RECORD, RunNotes.FILE);

  private static final Pattern LAST = Pattern.compile("  run\\.yaml: '([0-9a-f]{8})'\n");
  private static final int LENGTH_OF_LAST = "  run.yaml: '01234567'\n".length();

  private Checksums() {}

  /// The text of a record with the checksums at its end.
  ///
  /// @param fields of the record, without checksums
  /// @param folder of the run, with all its other files
  static byte[] sealed(Map<String, Object> fields, Path folder) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (Path file : files(folder)) {
      files.put(file.getFileName().toString(), of(Files.readAllBytes(file)));
    }
    Map<String, Object> all = new LinkedHashMap<>(fields);
    all.put(KEY, files);
    String text = Yaml.text(all);
    String last = "  run.yaml: '%s'\n".formatted(of(text.getBytes(StandardCharsets.UTF_8)));
    return (text + last).getBytes(StandardCharsets.UTF_8);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !isHidden(file) && !UNSEALED.contains(file.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  private static String of(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /// Whether a key of a record has the checksums below it.
  static boolean isKey(String key) {
    return key.equals(KEY);
  }

  /// Whether a record has checksums; those of older versions have none.
  static boolean isSealed(Map<?, ?> fields) {
    return fields.get(KEY) instanceof Map<?, ?>;
  }

  /// Which file of a run is not what was written, if any.
  ///
  /// @param fields of its record, which has checksums
  static Optional<String> damage(RunFolder run, Map<?, ?> fields) throws IOException {
    if (!isWhole(Files.readAllBytes(run.run()))) {
      return Optional.of("run.yaml is not what was written");
    }
    if (fields.get(KEY) instanceof Map<?, ?> files) {
      for (Map.Entry<?, ?> entry : files.entrySet()) {
        String name = entry.getKey().toString();
        Optional<String> damage =
            name.equals(RECORD)
                ? Optional.empty()
                : damage(run.path().resolve(name), String.valueOf(entry.getValue()));
        if (damage.isPresent()) {
          return damage.map(problem -> name + " " + problem);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> damage(Path file, String checksum) throws IOException {
    if (!Files.exists(file)) {
      return Optional.of("is missing");
    }
    if (!Files.isRegularFile(file)) {
      return Optional.of("is no file");
    }
    return of(Files.readAllBytes(file)).equals(checksum)
        ? Optional.empty()
        : Optional.of("is not what was written");
  }

  private static boolean isWhole(byte[] record) {
    int end = Math.max(0, record.length - LENGTH_OF_LAST);
    String last = new String(record, end, record.length - end, StandardCharsets.UTF_8);
    Matcher sum = LAST.matcher(last);
    return sum.matches() && sum.group(1).equals(of(Arrays.copyOf(record, end)));
  }
}
