package twister.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// All charts of a sweep.
public final class SweepCharts {
  private SweepCharts() {}

  /// A chart of a sweep.
  @FunctionalInterface
  private interface Drawing {
    void draw(Path experimentFolder, SweepTable table) throws IOException;
  }

  /// Draws what the data allow, all at once, and removes charts of what does not vary any more.
  ///
  /// @throws IOException if a file cannot be read, naming file and line, or the charts cannot be
  ///   written
  public static void draw(Path experimentFolder) throws IOException {
    SweepTable table = SweepTable.read(experimentFolder);
    List<Drawing> drawings = List.of(SweepLosses::draw, SweepHeatmap::draw, SweepKeys::draw);
    try {
      drawings.parallelStream().forEach(drawing -> draw(drawing, experimentFolder, table));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void draw(Drawing drawing, Path experimentFolder, SweepTable table) {
    try {
      drawing.draw(experimentFolder, table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
