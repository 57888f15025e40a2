package twister.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import twister.spec.ChartSize;

/// The final losses of a sweep over the two keys with numbers that vary most: the cells of a grid,
/// or dots where the values were drawn at random.
final class SweepHeatmap {
  private static final String NAME = "sweep-heatmap";

  private SweepHeatmap() {}

  /// Draws the losses: writes `charts/sweep-heatmap.png`, `.svg` and `.txt`; removes them if fewer
  /// than two keys with numbers vary.
  ///
  /// @return what no font of this machine has
  /// @throws IOException if the file cannot be read, naming file and line, or the charts cannot be
  ///   written
  static LackingLetters draw(Path experimentFolder, SweepTable table, FigureStyle style)
      throws IOException {
    Optional<SweepCells> cells = SweepCells.of(table);
    if (cells.isEmpty()) {
      ChartFiles.delete(experimentFolder, NAME);
      return LackingLetters.NONE;
    }
    return ChartFiles.write(
        experimentFolder, NAME, style, size -> picture(table, cells.get(), size));
  }

  /// The cells of a grid, or dots.
  static Recording picture(SweepTable table, SweepCells cells, ChartSize size) {
    return cells.isGrid()
        ? new SweepHeatPicture(table, cells, size).recording()
        : new SweepScatterPicture(table, cells, size).recording();
  }
}
