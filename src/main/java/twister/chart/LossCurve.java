package twister.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import twister.tracking.Evaluation;
import twister.tracking.Metrics;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;

/// The loss of a run over its steps, beside the losses that the data itself sets as marks.
public final class LossCurve {
  private static final int POINTS = 2000;

  /// Of curves beside the loss, which are smooth or have few points.
  private static final int POINTS_BESIDE = 1000;

  /// Part of the steps to either side over which the losses of batches are smoothed.
  private static final double SMOOTHED = 0.02;

  private LossCurve() {}

  /// Draws the loss: reads `metrics.csv` and, if the run has them, `run.yaml`, `evaluation.csv` and
  /// `bigrams.csv` or `ngrams.csv`, writes `charts/loss.png` and `charts/loss.svg`.
  ///
  /// @throws IOException if a file cannot be read, naming file and line, or the charts cannot be
  ///   written
  public static void draw(Path runFolder) throws IOException {
    Data data = Data.read(runFolder);
    ChartFiles.write(runFolder, "loss", () -> data.picture(ChartSize.DEFAULT).recording());
  }

  /// The picture of a run.
  ///
  /// @throws IOException if a file cannot be read, naming file and line
  static LossPicture picture(Path runFolder, ChartSize size) throws IOException {
    return Data.read(runFolder).picture(size);
  }

  private record Data(List<LossPicture.Line> lines, List<LossPicture.Reference> references) {
    static Data read(Path runFolder) throws IOException {
      Metrics metrics = Metrics.read(runFolder.resolve("metrics.csv"));
      boolean isOfBatches = record(runFolder).filter(RunRecord::isOfBatches).isPresent();
      return new Data(
          LossCurve.lines(metrics, isOfBatches, dev(runFolder)), LossCurve.references(runFolder));
    }

    LossPicture picture(ChartSize size) {
      return new LossPicture(lines, references, size);
    }
  }

  /// @param isOfBatches whether each step's loss is of some examples only, and so jumps
  /// @param dev the losses on the dev words, without points if the run has none
  static List<LossPicture.Line> lines(Metrics metrics, boolean isOfBatches, Curve dev) {
    List<LossPicture.Line> lines = new ArrayList<>();
    Curve all = new Curve(metrics.steps(), metrics.losses());
    Curve loss = all.thinned(POINTS);
    if (isOfBatches) {
      lines.add(new LossPicture.Line("loss per batch", loss, CurveStyle.PALE));
      lines.add(
          new LossPicture.Line(
              "smoothed", all.smoothed(SMOOTHED).thinned(POINTS_BESIDE), CurveStyle.SMOOTH));
    } else if (metrics.isPenalized()) {
      lines.add(new LossPicture.Line("loss, with the L2 term", loss, CurveStyle.MAIN));
    } else {
      lines.add(new LossPicture.Line("loss", loss, CurveStyle.MAIN));
    }
    if (dev.size() > 0) {
      lines.add(
          new LossPicture.Line(
              "NLL on the dev words", dev.thinned(POINTS_BESIDE), CurveStyle.DASHED));
    } else if (metrics.isPenalized() && !isOfBatches) {
      Curve nll = new Curve(metrics.steps(), metrics.nlls());
      lines.add(new LossPicture.Line("NLL alone", nll.thinned(POINTS_BESIDE), CurveStyle.DASHED));
    }
    return lines;
  }

  /// The losses on the dev words. That of a step is taken after its update, where the loss of the
  /// step after it would be; the counts have no updates.
  static Curve dev(Path runFolder) throws IOException {
    Path evaluation = runFolder.resolve("evaluation.csv");
    if (!Files.exists(evaluation)) {
      return new Curve(new double[0], new double[0]);
    }
    boolean hasUpdates = record(runFolder).filter(RunRecord::isOfCounts).isEmpty();
    List<Evaluation> dev =
        Evaluation.read(evaluation).stream().filter(row -> row.split().equals("dev")).toList();
    return new Curve(
        dev.stream().mapToDouble(row -> row.step() + (hasUpdates ? 1 : 0)).toArray(),
        dev.stream().mapToDouble(Evaluation::loss).toArray());
  }

  static List<LossPicture.Reference> references(Path runFolder) throws IOException {
    Path bigrams = runFolder.resolve("bigrams.csv");
    if (Files.exists(bigrams)) {
      DataLosses data = DataLosses.read(bigrams, "previous");
      return references(data.symbols(), data.lowest());
    }
    Path ngrams = runFolder.resolve("ngrams.csv");
    if (!Files.exists(ngrams)) {
      return List.of();
    }
    DataLosses data = DataLosses.read(ngrams, "context");
    // The model also knows symbols that do not occur in the words learnt from.
    int symbols =
        record(runFolder)
            .map(run -> run.provenance().data().symbols())
            .filter(known -> known > 0)
            .orElse(data.symbols());
    return references(symbols, data.lowest());
  }

  private static Optional<RunRecord> record(Path runFolder) {
    return new RunFolder(runFolder).record();
  }

  /// The marks of the data, without those that it does not have.
  static List<LossPicture.Reference> references(int symbols, double lowest) {
    return List.of(
            new LossPicture.Reference("uniform, ln " + symbols, Math.log(symbols)),
            new LossPicture.Reference("lowest possible (counts)", lowest))
        .stream()
        .filter(reference -> Double.isFinite(reference.loss()))
        .toList();
  }
}
