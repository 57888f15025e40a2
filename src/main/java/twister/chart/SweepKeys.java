package twister.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The final losses of a sweep by each of the keys that vary; by the seed where nothing else does.
final class SweepKeys {
  private static final String NAME = "loss-by-";

  private SweepKeys() {}

  /// Draws the losses by each key: writes `charts/loss-by-<key>.png`, `.svg` and `.txt`, dots of
  /// the key as hyphens; removes those of other keys.
  ///
  /// @throws IOException if the file cannot be read, naming file and line, or the charts cannot be
  ///   written
  static void draw(Path experimentFolder, SweepTable table, FigureStyle style) throws IOException {
    try {
      table.keys().parallelStream()
          .forEach(
              key ->
                  write(
                      experimentFolder,
                      key,
                      style,
                      size -> new KeyPicture(table, KeyLines.of(table, key), size).recording()));
      if (table.keys().isEmpty()) {
        table
            .seeds()
            .ifPresent(
                seed ->
                    write(
                        experimentFolder,
                        seed,
                        style,
                        size -> new SeedPicture(table, seed, size).recording()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    deleteOthers(experimentFolder, table);
  }

  private static void write(
      Path experimentFolder, SweepKey key, FigureStyle style, FigureStyle.Drawing drawing) {
    try {
      ChartFiles.write(experimentFolder, name(key), style, drawing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(SweepKey key) {
    return NAME + key.name().replace('.', '-');
  }

  private static void deleteOthers(Path experimentFolder, SweepTable table) throws IOException {
    Set<String> names =
        table.keys().stream().map(SweepKeys::name).collect(Collectors.toCollection(TreeSet::new));
    if (table.keys().isEmpty()) {
      table.seeds().ifPresent(seed -> names.add(name(seed)));
    }
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
