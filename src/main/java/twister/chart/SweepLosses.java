package twister.chart;

import java.io.IOException;
import java.nio.file.Path;

/// The losses of all runs of a sweep over their steps: a family of curves, or how they are spread
/// where there are too many.
final class SweepLosses {
  private static final String NAME = "sweep-losses";

  private SweepLosses() {}

  /// Draws the losses: reads each run's `evaluation.csv` where the loss on the dev words decides,
  /// else its `metrics.csv`; writes `charts/sweep-losses.png`, `.svg` and `.txt`; removes them if
  /// no run is over.
  ///
  /// @return what no font of this machine has
  /// @throws IOException if a file cannot be read, naming file and line, or the charts cannot be
  ///   written
  static LackingLetters draw(Path experimentFolder, SweepTable table, FigureStyle style)
      throws IOException {
    if (table.runs().isEmpty()) {
      ChartFiles.delete(experimentFolder, NAME);
      return LackingLetters.NONE;
    }
    SweepCurves curves = SweepCurves.read(experimentFolder, table, SweepCurves.Kind.DECIDING);
    return ChartFiles.write(
        experimentFolder,
        NAME,
        style,
        size -> new SweepLossPicture(table, curves, size).recording());
  }
}
