package twister.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import twister.spec.ChartStyle;
import twister.spec.LossUnit;
import twister.tracking.DataLosses;
import twister.tracking.Evaluation;
import twister.tracking.Metrics;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;

/// The loss of a run over its steps, beside the losses that the data itself sets as marks.
public final class LossCurve {
  /// What a curve without noise is called.
  static final String SMOOTH = "smoothed";

  /// Part of the steps to either side over which the losses of batches are smoothed.
  private static final double SMOOTHED = 0.02;

  private LossCurve() {}

  /// Draws the loss: reads `metrics.csv` and, if the run has them, `run.yaml`, `evaluation.csv` and
  /// `bigrams.csv` or `ngrams.csv`, writes `charts/loss.png` and `charts/loss.svg`.
  ///
  /// @return what no font of this machine has
  /// @throws IOException if a file cannot be read, naming file and line, or the charts cannot be
  ///   written
  public static LackingLetters draw(Path runFolder, ChartStyle style) throws IOException {
    LossView view = LossView.of(style);
    List<LossPicture.Line> lines = lines(runFolder, view);
    List<LossPicture.Reference> references = references(runFolder, view);
    return ChartFiles.write(
        runFolder,
        "loss",
        FigureStyle.of(style),
        size -> new LossPicture(lines, references, view, size).recording());
  }

  /// The curves of a run.
  ///
  /// @throws IOException if a file cannot be read, naming file and line
  static List<LossPicture.Line> lines(Path runFolder, LossView view) throws IOException {
    Metrics metrics = Metrics.read(runFolder.resolve("metrics.csv"));
    boolean isOfBatches = record(runFolder).filter(RunRecord::isOfBatches).isPresent();
    return lines(metrics, isOfBatches, dev(runFolder), view);
  }

  /// @param isOfBatches whether each step's loss is of some examples only, and so jumps
  /// @param dev the losses on the dev words, without points if the run has none
  static List<LossPicture.Line> lines(
      Metrics metrics, boolean isOfBatches, Curve dev, LossView view) {
    List<LossPicture.Line> lines = new ArrayList<>();
    boolean isOfDev = view.losses() == LossView.Losses.DEV;
    boolean hasDev = dev.size() > 0 && view.losses() != LossView.Losses.TRAIN;
    if (!isOfDev) {
      lines.addAll(learnt(metrics, isOfBatches, view));
    }
    if (hasDev) {
      CurveStyle look = isOfDev ? CurveStyle.MAIN : CurveStyle.DASHED;
      lines.add(new LossPicture.Line("NLL on the dev words", view.shown(dev), look));
    } else if (!isOfDev && metrics.isPenalized() && !isOfBatches) {
      Curve nll = new Curve(metrics.steps(), metrics.nlls());
      lines.add(new LossPicture.Line("NLL alone", view.shown(nll), CurveStyle.DASHED));
    }
    return lines;
  }

  /// The loss that is minimized, and without its noise if it is of batches.
  private static List<LossPicture.Line> learnt(
      Metrics metrics, boolean isOfBatches, LossView view) {
    Curve all = new Curve(metrics.steps(), metrics.losses());
    if (!isOfBatches) {
      String name = metrics.isPenalized() ? "loss, with the L2 term" : "loss";
      return List.of(new LossPicture.Line(name, view.shown(all), CurveStyle.MAIN));
    }
    Curve raw = view.withSmoothing(1).shown(all);
    LossPicture.Line batches = new LossPicture.Line("loss per batch", raw, CurveStyle.PALE);
    if (view.smoothing() == 1) {
      return List.of(batches);
    }
    String name = view.smoothing() > 1 ? "mean of %d steps".formatted(view.smoothing()) : SMOOTH;
    return List.of(batches, new LossPicture.Line(name, shown(all, true, view), CurveStyle.SMOOTH));
  }

  /// What is shown of losses for which there is one curve.
  ///
  /// @param isOfBatches whether each is of some examples only, and so jumps
  static Curve shown(Curve nats, boolean isOfBatches, LossView view) {
    boolean isNoisy = isOfBatches && view.smoothing() == 0;
    return view.shown(isNoisy ? nats.smoothed(SMOOTHED, view.scale()) : nats);
  }

  /// The losses that stand for a run among others, as they were measured, in nats per character.
  ///
  /// @throws IOException if a file cannot be read, naming file and line
  static Curve main(Path runFolder, LossView view) throws IOException {
    if (view.losses() == LossView.Losses.DEV) {
      return dev(runFolder);
    }
    Metrics metrics = Metrics.read(runFolder.resolve("metrics.csv"));
    return new Curve(metrics.steps(), metrics.losses());
  }

  /// Whether the losses that stand for a run jump from step to step.
  static boolean isOfBatches(Path runFolder, LossView view) {
    return view.losses() != LossView.Losses.DEV
        && record(runFolder).filter(RunRecord::isOfBatches).isPresent();
  }

  /// The losses on the dev words. That of a step is taken after its update, where the loss of the
  /// step after it would be; the counts have no updates.
  static Curve dev(Path runFolder) throws IOException {
    Path evaluation = runFolder.resolve("evaluation.csv");
    return new RunFolder(runFolder).has(evaluation)
        ? dev(runFolder, record(runFolder).filter(RunRecord::isOfCounts).isEmpty())
        : Curve.EMPTY;
  }

  /// The same, of a run whose record need not be read.
  ///
  /// @param hasUpdates whether its model has any
  static Curve dev(Path runFolder, boolean hasUpdates) throws IOException {
    Path evaluation = runFolder.resolve("evaluation.csv");
    if (!new RunFolder(runFolder).has(evaluation)) {
      return Curve.EMPTY;
    }
    List<Evaluation> dev =
        Evaluation.read(evaluation).stream().filter(row -> row.split().equals("dev")).toList();
    return new Curve(
        dev.stream().mapToDouble(row -> row.step() + (hasUpdates ? 1 : 0)).toArray(),
        dev.stream().mapToDouble(Evaluation::loss).toArray());
  }

  /// The losses that the data of a run set as marks: that of a model that knows nothing and, where
  /// losses on the words learnt from are shown, the lowest of these.
  ///
  /// @throws IOException if a file cannot be read, naming file and line
  static List<LossPicture.Reference> references(Path runFolder, LossView view) throws IOException {
    Path bigrams = runFolder.resolve("bigrams.csv");
    if (new RunFolder(runFolder).has(bigrams)) {
      DataLosses data = DataLosses.read(bigrams, "previous");
      return references(data.symbols(), lowest(runFolder, data, view), view.unit());
    }
    Path ngrams = runFolder.resolve("ngrams.csv");
    if (!new RunFolder(runFolder).has(ngrams)) {
      return List.of();
    }
    DataLosses data = DataLosses.read(ngrams, "context");
    // The model also knows symbols that do not occur in the words learnt from.
    int symbols =
        record(runFolder)
            .map(run -> run.provenance().data().symbols())
            .filter(known -> known > 0)
            .orElse(data.symbols());
    return references(symbols, lowest(runFolder, data, view), view.unit());
  }

  /// Losses on other words than those learnt from may be lower.
  private static Optional<LossPicture.Reference> lowest(
      Path runFolder, DataLosses data, LossView view) throws IOException {
    boolean hasDev = view.losses() == LossView.Losses.DECIDING && dev(runFolder).size() > 0;
    String name = hasDev ? "lowest possible (train words)" : "lowest possible (counts)";
    return view.losses() == LossView.Losses.DEV
        ? Optional.empty()
        : Optional.of(new LossPicture.Reference(name, view.unit().of(data.lowest())));
  }

  private static Optional<RunRecord> record(Path runFolder) {
    return new RunFolder(runFolder).record();
  }

  /// The marks of the data, without those that it does not have.
  static List<LossPicture.Reference> references(
      int symbols, Optional<LossPicture.Reference> lowest, LossUnit unit) {
    LossPicture.Reference uniform =
        new LossPicture.Reference(unit.uniform(symbols), unit.of(Math.log(symbols)));
    return Stream.concat(Stream.of(uniform), lowest.stream())
        .filter(reference -> Double.isFinite(reference.loss()))
        .toList();
  }
}
