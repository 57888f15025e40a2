package twister.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The `profile.csv` of a run: where the time of a device went.
///
/// @param parts in the order of the file
/// @param launches how many there were; each copies something in
public record ProfileTable(List<Part> parts, long launches) {
  private static final List<String> COLUMNS =
      List.of("part", "seconds", "compile_seconds", "launches");

  private static final String COPIES_IN = "copies in";

  public ProfileTable {
    parts = List.copyOf(parts);
  }

  /// A part of a training.
  ///
  /// @param seconds without those of its compilation
  public record Part(String name, double seconds, double compileSeconds) {
    /// Tasks are named as methods are; what else there is has other names.
    private static final List<String> NO_TASKS = List.of(COPIES_IN, "copies out", "waiting");

    /// Whether it is a task of the device.
    public boolean isTask() {
      return !NO_TASKS.contains(name);
    }

    /// All of its seconds.
    public double total() {
      return seconds + compileSeconds;
    }
  }

  /// Reads a profile.
  ///
  /// @throws IOException naming file and line if it cannot be read
  public static ProfileTable read(Path file) throws IOException {
    List<Part> parts = new ArrayList<>();
    long[] launches = new long[1];
    new CsvRows(file, COLUMNS)
        .forEach(
            row -> {
              parts.add(new Part(row.text(0), row.number(1), row.number(2)));
              if (row.text(0).equals(COPIES_IN)) {
                launches[0] = (long) row.number(3);
              }
            });
    return new ProfileTable(parts, launches[0]);
  }
}
