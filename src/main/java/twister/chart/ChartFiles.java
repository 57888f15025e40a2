package twister.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import twister.tracking.WholeFile;

/// Writes a picture into the charts folder of a run, as PNG and as SVG.
final class ChartFiles {
  static {
    // Charts need no screen, and asking for one fails on servers and slows laptops down.
    System.setProperty("java.awt.headless", "true");
  }

  private ChartFiles() {}

  /// Writes `charts/<name>.png` and `charts/<name>.svg`, each whole or not at all.
  ///
  /// @param drawing lays out the picture, once it is certain that there are fonts
  /// @throws IOException if they cannot be written or the machine has no fonts
  static void write(Path runFolder, String name, Supplier<Recording> drawing) throws IOException {
    Path folder = Files.createDirectories(runFolder.resolve("charts"));
    Lettering.requireFonts();
    Recording picture = drawing.get();
    CompletableFuture<Void> svg =
        CompletableFuture.runAsync(() -> writeSvg(folder.resolve(name + ".svg"), picture));
    try {
      WholeFile.write(
          folder.resolve(name + ".png"),
          out -> Png.write(pixels(picture), picture.size().dpi(), out));
    } finally {
      join(svg);
    }
  }

  /// Deletes both files of a chart, if they are there.
  static void delete(Path folder, String name) throws IOException {
    Files.deleteIfExists(folder.resolve("charts").resolve(name + ".png"));
    Files.deleteIfExists(folder.resolve("charts").resolve(name + ".svg"));
  }

  private static void writeSvg(Path file, Recording picture) {
    try {
      WholeFile.write(file, out -> Svg.write(picture, out));
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

  /// The pixels of a picture.
  static BufferedImage pixels(Recording picture) {
    double scale = picture.size().pixelsPerUnit();
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(scale * picture.width()),
            (int) Math.round(scale * picture.height()),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    // The picture may end within the last pixels.
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    g.scale(scale, scale);
    picture.paint(g);
    g.dispose();
    return image;
  }
}
