package twister.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import twister.spec.ChartSize;

/// The final losses of a sweep by each of the keys that vary; by the seed where nothing else does.
final class SweepKeys {
  private static final String NAME = "loss-by-";

  private SweepKeys() {}

  /// Draws the losses by each key: writes `charts/loss-by-<key>.png`, `.svg` and `.txt`, dots of
  /// the key as hyphens; removes those of other keys.
  ///
  /// @return what no font of this machine has
  /// @throws IOException if the file cannot be read, naming file and line, or the charts cannot be
  ///   written
  static LackingLetters draw(Path experimentFolder, SweepTable table, FigureStyle style)
      throws IOException {
    List<SweepKey> keys = keys(table);
    try {
      List<LackingLetters> lacking =
          keys.parallelStream()
              .map(key -> write(experimentFolder, key, style, size -> recording(table, key, size)))
              .toList();
      deleteOthers(experimentFolder, keys);
      return LackingLetters.of(lacking);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<SweepKey> keys(SweepTable table) {
    return table.keys().isEmpty() ? table.seeds().stream().toList() : table.keys();
  }

  private static Recording recording(SweepTable table, SweepKey key, ChartSize size) {
    return table.keys().isEmpty()
        ? new SeedPicture(table, key, size).recording()
        : new KeyPicture(table, KeyLines.of(table, key), size).recording();
  }

  private static LackingLetters write(
      Path experimentFolder, SweepKey key, FigureStyle style, FigureStyle.Drawing drawing) {
    try {
      return ChartFiles.write(experimentFolder, name(key), style, drawing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(SweepKey key) {
    return NAME + key.name().replace('.', '-');
  }

  private static void deleteOthers(Path experimentFolder, List<SweepKey> keys) throws IOException {
    Set<String> names =
        keys.stream().map(SweepKeys::name).collect(Collectors.toCollection(TreeSet::new));
    Path charts = experimentFolder.resolve("charts");
    if (Files.isDirectory(charts)) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(charts, NAME + "*.{png,svg,txt}")) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          if (!names.contains(name.substring(0, name.length() - ".png".length()))) {
            Files.delete(file);
          }
        }
      }
    }
  }
}
