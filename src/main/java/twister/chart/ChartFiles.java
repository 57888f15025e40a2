package twister.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import twister.tracking.WholeFile;

/// The files of a chart in the folder of a run: the picture as PNG and as SVG, and its caption.
public final class ChartFiles {
  /// What the names of the files of a chart end in.
  private static final List<String> ENDINGS = List.of(".png", ".svg", Figure.CAPTION);

  static {
    // Charts need no screen, and asking for one fails on servers and slows laptops down.
    System.setProperty("java.awt.headless", "true");
  }

  private ChartFiles() {}

  /// Whether all files of a chart are there.
  ///
  /// @param charts the folder of charts
  public static boolean areThere(Path charts, String name) {
    return ENDINGS.stream().allMatch(ending -> Files.exists(charts.resolve(name + ending)));
  }

  /// Writes `charts/<name>.png`, `charts/<name>.svg` and `charts/<name>.txt`, a caption, each whole
  /// or not at all.
  ///
  /// @param drawing lays out the picture, once it is certain that there are fonts
  /// @return what no font of this machine has
  /// @throws IOException if they cannot be written or the machine has no fonts
  static LackingLetters write(
      Path runFolder, String name, FigureStyle style, FigureStyle.Drawing drawing)
      throws IOException {
    Path folder = WholeFile.folder(runFolder.resolve("charts"));
    Figure figure = style.figure(drawing);
    CompletableFuture<Void> svg =
        CompletableFuture.runAsync(() -> writeSvg(figure, folder.resolve(name + ".svg")));
    try {
      figure.write(folder.resolve(name + ".png"), Figure.Format.PNG);
    } finally {
      join(svg);
    }
    return figure.lackingLetters();
  }

  /// Deletes the files of a chart, those that are there.
  static void delete(Path folder, String name) throws IOException {
    for (String ending : ENDINGS) {
      Files.deleteIfExists(folder.resolve("charts").resolve(name + ending));
    }
  }

  private static void writeSvg(Figure figure, Path file) {
    try {
      figure.writePicture(file, Figure.Format.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(CompletableFuture<Void> writing) throws IOException {
    try {
      writing.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException unchecked) {
        throw unchecked.getCause();
      }
      throw e;
    }
  }
}
