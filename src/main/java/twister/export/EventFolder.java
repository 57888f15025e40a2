package twister.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import twister.tracking.WholeFile;

/// A folder with the one event file of a run, or of what all runs have in common. All other files
/// in it are somebody's own.
///
/// @param path where it is, or will be
record EventFolder(Path path) {
  /// As TensorFlow names event files: the time, the machine, the process, a number. The time is
  /// that of the run; another number is that of a file which took the place of one that was stale,
  /// so that TensorBoard does not read on in it where it was in the former.
  private static final Pattern NAME =
      Pattern.compile("events\\.out\\.tfevents\\.([0-9]{1,11})\\.twister\\.0\\.([0-9]{1,9})");

  private record Own(Path file, long seconds, int number) {}

  /// Writes the events that are not there yet.
  ///
  /// @param seconds when the run began, since 1970; a file that is there keeps the time it began
  ///   with
  /// @param records of the events, by the time that all of them have
  /// @throws IOException if they cannot be read or written, or something that is no file or no
  ///   folder has their place
  void write(long seconds, Function<Events, EventFile.Records> records) throws IOException {
    WholeFile.folder(path);
    WholeFile.deleteLeftIn(path);
    Optional<Own> there = own();
    if (there.isEmpty()) {
      write(new Own(file(seconds, 0), seconds, 0), records);
      return;
    }
    Own old = there.get();
    if (!EventFile.append(old.file, records.apply(new Events(old.seconds)))) {
      int number = old.number + 1;
      write(new Own(file(old.seconds, number), old.seconds, number), records);
      Files.delete(old.file);
    }
  }

  private static void write(Own own, Function<Events, EventFile.Records> records)
      throws IOException {
    WholeFile.write(own.file, out -> records.apply(new Events(own.seconds)).writeTo(out::write));
  }

  private Path file(long seconds, int number) {
    return path.resolve("events.out.tfevents.%d.twister.0.%d".formatted(seconds, number));
  }

  /// The file that is there, the newest of several.
  private Optional<Own> own() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      List<Path> all = files.toList();
      return all.stream()
          .flatMap(file -> own(file).stream())
          .max(Comparator.comparingInt(Own::number).thenComparing(Own::file));
    }
  }

  private static Optional<Own> own(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        ? Optional.of(new Own(file, Long.parseLong(name.group(1)), Integer.parseInt(name.group(2))))
        : Optional.empty();
  }
}
