package twister.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The files of a folder, byte for byte but for the times in them.
final class Snapshot {
  private static final List<String> TIMES = List.of("started", "training_seconds");

  /// Locks, and a checksum over times.
  private static final List<String> LEFT_OUT = List.of(".lock", ".runs.csv.sum");

  private Snapshot() {}

  /// The contents of all files by their paths, locks aside.
  static Map<String, String> of(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!LEFT_OUT.contains(file.getFileName().toString())) {
          files.put(folder.relativize(file).toString(), content(file));
        }
      }
    }
    return files;
  }

  /// The names of the files that are not the same in both.
  static Set<String> differences(Map<String, String> some, Map<String, String> others) {
    Set<String> names = new TreeSet<>(some.keySet());
    names.addAll(others.keySet());
    names.removeIf(name -> Objects.equals(some.get(name), others.get(name)));
    return names;
  }

  private static String content(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    return switch (file.getFileName().toString()) {
      case "run.yaml" ->
          text.lines()
              .filter(line -> !line.matches("(started|ended|training-seconds|  run.yaml): .*"))
              .collect(Collectors.joining("\n"));
      case "runs.csv" -> withoutTimes(text);
      default -> text;
    };
  }

  private static String withoutTimes(String table) {
    List<String> header = List.of(table.lines().findFirst().orElseThrow().split(","));
    return table
        .lines()
        .map(
            line -> {
              String[] cells = line.split(",", -1);
              return IntStream.range(0, cells.length)
                  .filter(i -> !TIMES.contains(header.get(i)))
                  .mapToObj(i -> cells[i])
                  .collect(Collectors.joining(","));
            })
        .collect(Collectors.joining("\n"));
  }
}
