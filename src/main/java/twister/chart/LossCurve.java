package twister.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The loss of a run over its steps, beside the losses that the data itself sets as marks.
public final class LossCurve {
  private static final int POINTS = 2000;

  /// How many means a curve of batches is drawn by, which jump from step to step.
  private static final int MEANS = 400;

  private LossCurve() {}

  /// Draws the loss: reads `metrics.csv` and, if the run has them, `evaluation.csv` and `bigrams.csv`
  /// or `ngrams.csv`, writes `charts/loss.png` and `charts/loss.svg`.
  ///
  /// @throws IOException if a file cannot be read, naming file and line, or the charts cannot be
  ///     written
  public static void draw(Path runFolder) throws IOException {
    Metrics metrics = Metrics.read(runFolder.resolve("metrics.csv"));
    List<LossPicture.Line> lines = lines(metrics, runFolder.resolve("evaluation.csv"));
    List<LossPicture.Reference> references = references(runFolder);
    ChartFiles.write(runFolder, "loss", () -> new LossPicture(lines, references));
  }

  /// @param evaluation the losses on parts of the words, if the run has any
  static List<LossPicture.Line> lines(Metrics metrics, Path evaluation) throws IOException {
    Curve loss = metrics.loss().thinned(POINTS);
    if (Files.exists(evaluation)) {
      Curve dev = dev(evaluation);
      if (dev.size() > 0) {
        int steps = Math.ceilDiv(metrics.loss().size(), MEANS);
        String name =
            steps == 1 ? "loss" : String.format(Locale.ROOT, "loss, mean of %,d steps", steps);
        return List.of(
            new LossPicture.Line(name, metrics.loss().means(steps)),
            new LossPicture.Line("NLL on the dev words", dev));
      }
    }
    if (!metrics.isPenalized()) {
      return List.of(new LossPicture.Line("loss", loss));
    }
    return List.of(
        new LossPicture.Line("loss, with the L2 term", loss),
        new LossPicture.Line("NLL alone", metrics.nll().thinned(POINTS)));
  }

  private static Curve dev(Path evaluation) throws IOException {
    List<Double> steps = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    new CsvRows(evaluation, List.of("step", "split", "loss"))
        .forEach(
            row -> {
              if (row.text(1).equals("dev")) {
                steps.add(row.number(0));
                losses.add(row.number(2));
              }
            });
    return new Curve(
        steps.stream().mapToDouble(Double::doubleValue).toArray(),
        losses.stream().mapToDouble(Double::doubleValue).toArray());
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
