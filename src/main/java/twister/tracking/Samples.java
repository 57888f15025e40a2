package twister.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A set of names in a run's `samples.csv`.
///
/// @param step the number of the step after whose update the names were drawn
/// @param names in the order in which they were drawn, each with the boundary that ends it
public record Samples(long step, List<String> names) {
  private static final List<String> COLUMNS = List.of("step", "name");

  public Samples {
    names = List.copyOf(names);
  }

  /// Reads the sets of a file, in its order; a torn last line is passed over.
  ///
  /// @throws IOException naming file and line if it cannot be read
  public static List<Samples> read(Path file) throws IOException {
    List<Samples> sets = new ArrayList<>();
    List<String> names = new ArrayList<>();
    long[] step = {0};
    new CsvRows(file, COLUMNS)
        .forEach(
            row -> {
              if (row.count(0) != step[0] && !names.isEmpty()) {
                sets.add(new Samples(step[0], names));
                names.clear();
              }
              step[0] = row.count(0);
              names.add(row.text(1));
            });
    if (!names.isEmpty()) {
      sets.add(new Samples(step[0], names));
    }
    return sets;
  }
}
