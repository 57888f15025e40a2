package twister.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import twister.spec.ChartStyle;
import twister.tracking.RunsTable;

/// All charts of a sweep.
public final class SweepCharts {
  private SweepCharts() {}

  /// A chart of a sweep.
  @FunctionalInterface
  private interface Drawing {
    LackingLetters draw(Path experimentFolder, SweepTable table, FigureStyle style)
        throws IOException;
  }

  /// Draws what the data allow, all at once, and removes charts of what does not vary any more.
  ///
  /// @param runs of the sweep, of which there may be others in the folder
  /// @param style how they look: sizes and font
  /// @return what no font of this machine has
  /// @throws IOException if a file cannot be read, naming file and line, or the charts cannot be
  ///   written
  public static LackingLetters draw(Path experimentFolder, RunsTable runs, ChartStyle style)
      throws IOException {
    FigureStyle look = FigureStyle.of(style);
    SweepTable table = SweepTable.of(runs);
    List<Drawing> drawings = List.of(SweepLosses::draw, SweepHeatmap::draw, SweepKeys::draw);
    try {
      return LackingLetters.of(
          drawings.parallelStream()
              .map(drawing -> draw(drawing, experimentFolder, table, look))
              .toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static LackingLetters draw(
      Drawing drawing, Path experimentFolder, SweepTable table, FigureStyle style) {
    try {
      return drawing.draw(experimentFolder, table, style);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
