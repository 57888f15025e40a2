package twister.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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
import java.util.zip.CheckedInputStream;
import java.util.zip.Checksum;

/// The checksums of a run that has ended: those of its files, the charts aside, stand at the end of
/// its `run.yaml`, and below them that of all lines of `run.yaml` above it. Such a run is sealed.
///
/// Of a run that failed, only `run.yaml` has one: nothing else in its folder is believed. A run in
/// training has none yet.
///
/// They are CRC-32C (Castagnoli, Bräuer and Herrmann 1993): every change of up to 32 bits in a row,
/// such as another digit, is found for certain, any other one all but once in 2^32 times. They are
/// taken of the files as they lie in the folder when the run has ended, so that one list says both
/// what is there and what is in it.
///
/// Whoever reads a file of a run reads it through its checksum.
final class Checksums {
  private static final String KEY = "checksums";
  private static final String RECORD = "run.yaml";
  private static final String CHANGED = "is not what was written";
  private static final String TRAINS_AGAIN =
      "; twister run trains the run again to the same numbers";

  /// What a list in the record cannot hold, and what may change.
  private static final Set<String> UNSEALED = Set.of(RECORD, RunNotes.FILE, RunFolder.CHECKPOINT);

  /// Far more than Twister writes.
  private static final int MOST_BYTES = 10_000_000;

  private static final Pattern ENTRY =
      Pattern.compile("^  ([^\\n:]+): '?([0-9a-f]{8})'?\\n", Pattern.MULTILINE);
  private static final Pattern FAILED = Pattern.compile("^status: failed$", Pattern.MULTILINE);
  private static final Pattern LAST = Pattern.compile("  run\\.yaml: '([0-9a-f]{8})'\\n\\z");

  private Checksums() {}

  /// The text of a record with the checksums at its end.
  ///
  /// @param fields of the record, without checksums
  /// @param sums of the files of the run, by their names
  static byte[] sealed(Map<String, Object> fields, Map<String, String> sums) {
    Map<String, Object> all = new LinkedHashMap<>(fields);
    if (!sums.isEmpty()) {
      all.put(KEY, sums);
    }
    String text = Yaml.text(all) + (sums.isEmpty() ? KEY + ":\n" : "");
    String last = "  run.yaml: '%s'\n".formatted(of(text.getBytes(StandardCharsets.UTF_8)));
    return (text + last).getBytes(StandardCharsets.UTF_8);
  }

  /// The checksums of the files that lie in the folder of a run.
  static Map<String, String> ofFiles(RunFolder run) throws IOException {
    Map<String, String> sums = new LinkedHashMap<>();
    for (Path file : files(run.path())) {
      sums.put(file.getFileName().toString(), of(file));
    }
    return sums;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> PlainFile.isOne(file))
          .filter(file -> !isHidden(file) && !UNSEALED.contains(file.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  /// The checksum of some bytes.
  static String of(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return word(sum);
  }

  /// The checksum of a file.
  static String of(Path file) throws IOException {
    CRC32C sum = new CRC32C();
    try (InputStream in = PlainFile.open(file)) {
      byte[] part = new byte[1 << 16];
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        sum.update(part, 0, length);
      }
    }
    return word(sum);
  }

  /// A checksum as it is written.
  static String word(Checksum sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /// Whether a record has checksums; those of older versions have none.
  ///
  /// @param text of the record
  private static boolean isSealed(String text) {
    return text.contains("\n" + KEY + ":\n") || LAST.matcher(text).find();
  }

  /// Refuses a record that is not what was written.
  ///
  /// One of which a line was damaged, even `checksums:` itself, is still known as one that was
  /// sealed: by its last line, or by the version in a mapping, since when every run is that has
  /// ended.
  ///
  /// @param text of the record
  /// @param fields of the record
  /// @throws IOException naming the file
  static void refuseDamaged(Path record, String text, Map<String, Object> fields)
      throws IOException {
    boolean hasEnded =
        RunStatus.of(String.valueOf(fields.get("status")))
            .filter(status -> status != RunStatus.RUNNING)
            .isPresent();
    boolean wasSealed = isSealed(text) || (hasEnded && fields.get("twister") instanceof Map<?, ?>);
    if (wasSealed && !isWhole(text)) {
      throw new IOException(record + ": " + CHANGED);
    }
  }

  private static boolean isWhole(String text) {
    Matcher last = LAST.matcher(text);
    return last.find()
        && last.group(1)
            .equals(of(text.substring(0, last.start()).getBytes(StandardCharsets.UTF_8)));
  }

  /// The text of a record, which is whole where it is sealed.
  private static String text(Path record) throws IOException {
    PlainFile.refuseOther(record);
    String text = PlainFile.text(record, MOST_BYTES);
    if (isSealed(text) && !isWhole(text)) {
      throw new IOException(record + ": " + CHANGED);
    }
    return text;
  }

  /// @param text of a record
  private static Map<String, String> sums(String text) {
    Map<String, String> sums = new LinkedHashMap<>();
    if (isSealed(text)) {
      Matcher entry = ENTRY.matcher(text.substring(text.indexOf("\n" + KEY + ":\n")));
      while (entry.find()) {
        sums.put(entry.group(1), entry.group(2));
      }
      sums.remove(RECORD);
    }
    return sums;
  }

  /// The checksums of the files of a run, by their names, as its record has them; empty where it is
  /// not sealed.
  ///
  /// @throws IOException if the record is sealed and is not what was written
  static Map<String, String> ofRun(RunFolder run) throws IOException {
    return Files.exists(run.run(), LinkOption.NOFOLLOW_LINKS) ? sums(text(run.run())) : Map.of();
  }

  /// Whether a run is sealed.
  ///
  /// @throws IOException if its record cannot be read, or is sealed and is not what was written
  static boolean isSealed(RunFolder run) throws IOException {
    return isSealed(text(run.run()));
  }

  /// Which file of a run is not what was written, if any; none where it is not sealed.
  ///
  /// @return the name of the file, and what is wrong with it
  static Optional<String> damage(RunFolder run) throws IOException {
    for (Map.Entry<String, String> entry : ofRun(run).entrySet()) {
      Optional<String> damage = damage(run, entry.getKey(), entry.getValue());
      if (damage.isPresent()) {
        return damage;
      }
    }
    return Optional.empty();
  }

  /// Whether a file of a run is not what was written; nothing where the run is not sealed.
  ///
  /// @return the name of the file, and what is wrong with it
  static Optional<String> damage(RunFolder run, Path file) throws IOException {
    String name = file.getFileName().toString();
    String sum = ofRun(run).get(name);
    return sum == null ? Optional.empty() : damage(run, name, sum);
  }

  private static Optional<String> damage(RunFolder run, String name, String sum)
      throws IOException {
    return damage(run.path().resolve(name), sum).map(problem -> name + " " + problem);
  }

  private static Optional<String> damage(Path file, String checksum) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("is missing");
    }
    if (!PlainFile.isOne(file)) {
      return Optional.of("is %s, where a file should be".formatted(PlainFile.kind(file)));
    }
    return of(file).equals(checksum) ? Optional.empty() : Optional.of(CHANGED);
  }

  /// Opens a file of a run, whose reader is refused at its end if it is not what was written.
  ///
  /// @throws IOException naming the file if it cannot be read, the run failed, its record is
  ///   missing or not what was written, or a link has the place of its folder
  static InputStream open(Path file) throws IOException {
    PlainFile.refuseNoFolder(file.resolveSibling(""));
    Path record = file.resolveSibling(RECORD);
    if (Files.notExists(record, LinkOption.NOFOLLOW_LINKS)) {
      return openWithout(record, file);
    }
    String text = text(record);
    if (FAILED.matcher(text).find()) {
      throw new IOException(file + ": is of a run that failed" + TRAINS_AGAIN);
    }
    String sum = sums(text).get(String.valueOf(file.getFileName()));
    if (isSealed(text) && sum == null) {
      throw new IOException(file + ": has no checksum in run.yaml" + TRAINS_AGAIN);
    }
    InputStream in = PlainFile.open(file);
    return sum == null ? in : new Checked(file, in, sum);
  }

  /// Tables are read that are of no run.
  private static InputStream openWithout(Path record, Path file) throws IOException {
    Path folder = record.toAbsolutePath().normalize().resolveSibling("");
    if (RunId.isOne(String.valueOf(folder.getFileName()))) {
      throw new IOException(record + ": is missing" + TRAINS_AGAIN);
    }
    return PlainFile.open(file);
  }

  private static final class Checked extends CheckedInputStream {
    private final Path file;
    private final String expected;

    Checked(Path file, InputStream in, String expected) {
      super(in, new CRC32C());
      this.file = file;
      this.expected = expected;
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      return next < 0 ? end() : next;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = super.read(bytes, from, length);
      return count < 0 ? end() : count;
    }

    private int end() throws IOException {
      if (!word(getChecksum()).equals(expected)) {
        throw new IOException(file + ": " + CHANGED + TRAINS_AGAIN);
      }
      return -1;
    }
  }
}
