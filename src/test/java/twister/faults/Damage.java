package twister.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Random damage of the files below a folder, as disks, people and other programs do it.
public final class Damage {
  private static final List<String> VALUES =
      List.of(
          "null",
          "*m",
          "&m 1",
          "&m [*m]",
          "!!int x",
          "[[[[[]]]]]",
          "{a: {b: *c}}",
          "\"\\U80000000\"",
          "'\u0000'",
          ".nan",
          "1e999",
          "-1",
          "99999999999999999999",
          "\u202e",
          "\u001b[2J",
          "true",
          "finished",
          "---",
          "%YAML 9",
          "x".repeat(100_000));

  private final Path root;
  private final Path elsewhere;
  private final long largest;
  private final Random random;

  /// @param root the folder below which something is damaged
  /// @param elsewhere a folder with files, to which links lead
  /// @param largest the bytes of a file that is much too large
  public Damage(Path root, Path elsewhere, long largest, Random random) {
    this.root = root;
    this.elsewhere = elsewhere;
    this.largest = largest;
    this.random = random;
  }

  /// Does some damage.
  ///
  /// @return what was done, in words
  public String once() throws IOException, InterruptedException {
    Path place = any(places());
    String name = root.relativize(place).toString();
    boolean isFile = Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS);
    boolean isEmpty = isFile && Files.size(place) == 0;
    int kind = random.nextInt(isFile && !isEmpty ? 20 : 7);
    return switch (kind) {
      case 0 -> gone(place, name + " deleted");
      case 1 -> folder(place, name);
      case 2 -> link(place, name, elsewhere.resolve("kept.txt"));
      case 3 -> link(place, name, elsewhere);
      case 4 -> link(place, name, elsewhere.resolve("nothing"));
      case 5 -> pipe(place, name);
      case 6 -> moved(place, name);
      case 7 -> written(place, new byte[0], name + " emptied");
      case 8 -> large(place, name);
      case 9 -> cut(place, name);
      case 10, 11, 12 -> flipped(place, name);
      case 13, 14, 15 -> digit(place, name);
      case 16, 17 -> line(place, name);
      default -> value(place, name);
    };
  }

  private List<Path> places() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !path.equals(root)).sorted().toList();
    }
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String gone(Path place, String what) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    return what;
  }

  private String folder(Path place, String name) throws IOException {
    gone(place, name);
    Files.createDirectory(place);
    if (random.nextBoolean()) {
      Files.writeString(place.resolve("mine.txt"), "mine");
    }
    return name + " a folder";
  }

  private static String link(Path place, String name, Path target) throws IOException {
    gone(place, name);
    Files.createSymbolicLink(place, target);
    return "%s a link to %s".formatted(name, target.getFileName());
  }

  private static String pipe(Path place, String name) throws IOException, InterruptedException {
    gone(place, name);
    boolean isMade = new ProcessBuilder("mkfifo", place.toString()).start().waitFor() == 0;
    return name + (isMade ? " a pipe" : " deleted");
  }

  private String moved(Path place, String name) throws IOException {
    Path other =
        place.resolveSibling(
            any(List.of("copy", "g0123456789a", ".g0123456789a.draft", ".g0123456789a.change")));
    if (Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
      return name + " left";
    }
    Files.move(place, other);
    return "%s moved to %s".formatted(name, other.getFileName());
  }

  private static String written(Path place, byte[] bytes, String what) throws IOException {
    Files.write(place, bytes);
    return what;
  }

  private String large(Path place, String name) throws IOException {
    try (RandomAccessFile hole = new RandomAccessFile(place.toFile(), "rw")) {
      hole.setLength(largest);
    }
    return name + " of %,d bytes".formatted(largest);
  }

  private String cut(Path place, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(place);
    int length = random.nextInt(bytes.length);
    return written(place, Arrays.copyOf(bytes, length), name + " cut to " + length);
  }

  private String flipped(Path place, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(place);
    int at = random.nextInt(bytes.length);
    int bit = random.nextInt(8);
    bytes[at] ^= (byte) (1 << bit);
    return written(place, bytes, "%s bit %d of byte %d".formatted(name, bit, at));
  }

  private String digit(Path place, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(place);
    int from = random.nextInt(bytes.length);
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] >= '0' && bytes[at] <= '9') {
        bytes[at] = (byte) ('0' + (bytes[at] - '0' + 1 + random.nextInt(9)) % 10);
        return written(place, bytes, "%s digit at byte %d".formatted(name, at));
      }
    }
    return cut(place, name);
  }

  private String line(Path place, String name) throws IOException {
    List<String> lines = lines(place);
    int at = random.nextInt(lines.size());
    if (random.nextBoolean()) {
      lines.remove(at);
      return written(place, lines, "%s without line %d".formatted(name, at + 1));
    }
    lines.add(at, any(lines));
    return written(place, lines, "%s with a line before %d".formatted(name, at + 1));
  }

  private String value(Path place, String name) throws IOException {
    List<String> lines = lines(place);
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    int colon = Math.max(line.indexOf(':'), line.indexOf(','));
    String value = any(VALUES);
    lines.set(at, line.substring(0, colon + 1) + " " + value);
    String brief = value.substring(0, Math.min(20, value.length()));
    return written(place, lines, "%s line %d: %s".formatted(name, at + 1, brief));
  }

  private static List<String> lines(Path place) throws IOException {
    String text = new String(Files.readAllBytes(place), StandardCharsets.ISO_8859_1);
    return new ArrayList<>(List.of(text.split("\n")));
  }

  private static String written(Path place, List<String> lines, String what) throws IOException {
    String text = String.join("\n", lines) + "\n";
    return written(place, text.getBytes(StandardCharsets.ISO_8859_1), what);
  }
}
