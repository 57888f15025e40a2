package twister.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The loss of a run over its steps, beside the losses that the data itself sets as marks.
public final class LossCurve {
  private static final int POINTS = 2000;

  private LossCurve() {}

  /// Draws the loss: reads `metrics.csv` and, if the run has one, `bigrams.csv` or `ngrams.csv`,
  /// writes `charts/loss.png` and `charts/loss.svg`.
  ///
  /// @throws IOException if a file cannot be read, naming file and line, or the charts cannot be
  ///     written
  public static void draw(Path runFolder) throws IOException {
    Metrics metrics = Metrics.read(runFolder.resolve("metrics.csv"));
    List<LossPicture.Line> lines = lines(metrics);
    List<LossPicture.Reference> references = references(runFolder);
    ChartFiles.write(runFolder, "loss", () -> new LossPicture(lines, references));
  }

  private static List<LossPicture.Line> lines(Metrics metrics) {
    Curve loss = metrics.loss().thinned(POINTS);
    if (!metrics.isPenalized()) {
      return List.of(new LossPicture.Line("loss", loss));
    }
    return List.of(
        new LossPicture.Line("loss, with the L2 term", loss),
        new LossPicture.Line("NLL alone", metrics.nll().thinned(POINTS)));
  }

  private static List<LossPicture.Reference> references(Path runFolder) throws IOException {
    Path bigrams = runFolder.resolve("bigrams.csv");
    if (Files.exists(bigrams)) {
      return references(DataLosses.read(bigrams, "previous"));
    }
    Path ngrams = runFolder.resolve("ngrams.csv");
    return Files.exists(ngrams) ? references(DataLosses.read(ngrams, "context")) : List.of();
  }

  /// The marks of the data, without those that it does not have.
  static List<LossPicture.Reference> references(DataLosses data) {
    return List.of(
            new LossPicture.Reference("uniform, ln " + data.symbols(), data.uniform()),
            new LossPicture.Reference("lowest possible (counts)", data.lowest()))
        .stream()
        .filter(reference -> Double.isFinite(reference.loss()))
        .toList();
  }
}
