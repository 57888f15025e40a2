package twister.chart;

import java.io.IOException;
import java.nio.file.Path;
import twister.spec.ChartStyle;
import twister.tracking.BigramTable;

/// The bigram table of a run as a heatmap: a cell per pair of symbols, a row per previous symbol.
/// With few enough symbols each cell names its pair and its value.
public final class BigramHeatmap {
  private BigramHeatmap() {}

  /// Draws how often each pair occurs: reads `bigrams.csv`, writes `charts/bigrams.png`, `.svg` and
  /// `.txt`.
  ///
  /// @return what no font of this machine has
  /// @throws IOException if the file cannot be read, naming file and line, or the charts cannot be
  ///   written
  public static LackingLetters drawCounts(Path runFolder, ChartStyle style) throws IOException {
    return draw(runFolder, "bigrams", HeatmapQuantity.COUNTS, style);
  }

  /// Draws the model's probability of each symbol after each other: reads `bigrams.csv`, writes
  /// `charts/bigram-probabilities.png`, `.svg` and `.txt`.
  ///
  /// @return what no font of this machine has
  /// @throws IOException if the file cannot be read, naming file and line, or the charts cannot be
  ///   written
  public static LackingLetters drawProbabilities(Path runFolder, ChartStyle style)
      throws IOException {
    return draw(runFolder, "bigram-probabilities", HeatmapQuantity.PROBABILITIES, style);
  }

  private static LackingLetters draw(
      Path runFolder, String name, HeatmapQuantity quantity, ChartStyle style) throws IOException {
    BigramTable table = BigramTable.read(runFolder.resolve("bigrams.csv"));
    return ChartFiles.write(
        runFolder,
        name,
        FigureStyle.of(style).forSymbols(table.symbols().size()),
        size -> new HeatmapPicture(Heatmap.of(table, quantity, style.colours()), size).recording());
  }
}
