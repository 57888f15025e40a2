package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The checksum of `runs.csv`, in a hidden file beside it: a table that is another one is not
/// believed.
///
/// Before a table takes the place of another, the file has the checksums of both, so that one of
/// them is there whenever the process ends.
final class RunsSeal {
  static final String FILE = ".runs.csv.sum";

  private static final Pattern SUM = Pattern.compile("[0-9a-f]{8}");
  private static final int MOST_BYTES = 1000;

  private RunsSeal() {}

  /// Writes a table with its checksum.
  ///
  /// @param table its `runs.csv`
  /// @throws IOException if one of both cannot be written
  static void write(Path table, byte[] text) throws IOException {
    String sum = Checksums.of(text);
    List<String> sums = Stream.concat(Stream.of(sum), there(table).stream()).distinct().toList();
    byte[] lines = (String.join("\n", sums) + "\n").getBytes(StandardCharsets.UTF_8);
    WholeFile.write(table.resolveSibling(FILE), out -> out.write(lines));
    WholeFile.write(table, out -> out.write(text));
  }

  /// The checksum of the table that is there, if it is believed.
  private static Optional<String> there(Path table) {
    try {
      return PlainFile.isOne(table)
          ? Optional.of(Checksums.of(table)).filter(of(table)::contains)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The checksums that a table may have; none where there is no such file, or it is damaged.
  static List<String> of(Path table) {
    Path file = table.resolveSibling(FILE);
    try {
      return PlainFile.isOne(file)
          ? PlainFile.text(file, MOST_BYTES).lines().filter(SUM.asMatchPredicate()).toList()
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
