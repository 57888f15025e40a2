package twister.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import twister.tracking.Metrics;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The curves of runs in one figure.
final class RunCurves {
  private RunCurves() {}

  /// Which losses are shown of several runs: those on the dev words where all have them.
  static LossView.Losses deciding(List<RunFolder> runs, LossView view) throws IOException {
    if (view.losses() != LossView.Losses.DECIDING) {
      return view.losses();
    }
    for (RunFolder run : runs) {
      if (LossCurve.dev(run.path()).size() == 0) {
        return LossView.Losses.TRAIN;
      }
    }
    return LossView.Losses.DEV;
  }

  /// All curves of a run.
  static List<LossPicture.Line> lines(RunFolder run, LossView view) throws IOException {
    return LossCurve.lines(run.path(), view);
  }

  /// The curve that stands for a run among others.
  static Curve main(RunFolder run, LossView view) throws IOException {
    return mean(List.of(run), view);
  }

  /// The curve that stands for equal runs among others: that of their mean. The counts have no
  /// steps: theirs is shown whatever steps are.
  static Curve mean(List<RunFolder> runs, LossView view) throws IOException {
    List<Curve> curves = new ArrayList<>();
    for (RunFolder run : runs) {
      curves.add(LossCurve.main(run.path(), view));
    }
    RunFolder first = runs.getFirst();
    LossView shown = isOfCounts(first) ? view.ofAllSteps() : view;
    return LossCurve.shown(Curve.mean(curves), LossCurve.isOfBatches(first.path(), view), shown);
  }

  /// What a caption says of curves without their noise; empty where there are none.
  static Optional<String> smoothed(List<RunFolder> runs, LossView view) {
    return view.smoothing() == 0
            && runs.stream().anyMatch(run -> LossCurve.isOfBatches(run.path(), view))
        ? Optional.of("Losses of batches are smoothed")
        : Optional.empty();
  }

  private static boolean isOfCounts(RunFolder run) {
    return run.record().filter(RunRecord::isOfCounts).isPresent();
  }

  /// The same lines beside each other: the counts, which have no steps, are levels from end to end
  /// of the others.
  ///
  /// @param runs one for each line
  static List<LossPicture.Line> beside(List<RunFolder> runs, List<LossPicture.Line> lines) {
    List<LossPicture.Line> trained = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!isOfCounts(runs.get(i)) && lines.get(i).curve().size() > 1) {
        trained.add(lines.get(i));
      }
    }
    if (trained.isEmpty()) {
      return lines;
    }
    double first = trained.stream().mapToDouble(line -> line.curve().step(0)).min().orElse(0);
    double last = LossAxes.lastStep(trained);
    List<LossPicture.Line> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      LossPicture.Line line = lines.get(i);
      boolean isLevel = line.curve().size() == 1 && isOfCounts(runs.get(i));
      all.add(isLevel ? line.level(first, last) : line);
    }
    return all;
  }

  /// Refuses what no run has.
  static void refuseUnfit(List<RunFolder> runs, List<LossPicture.Line> lines, LossView view)
      throws InvalidInputException, IOException {
    if (view.smoothing() > points(runs, view)) {
      throw new InvalidInputException(
          Mistake.in("--smooth " + view.smoothing(), "no curve has so many points"));
    }
    if (lines.stream().anyMatch(line -> line.curve().size() > 0)) {
      return;
    }
    List<LossPicture.Line> all = new ArrayList<>();
    for (RunFolder run : runs) {
      all.addAll(lines(run, LossView.DEFAULT.withLosses(view.losses())));
    }
    double last = LossAxes.lastStep(all);
    if (all.stream().anyMatch(line -> line.curve().size() > 0)) {
      throw new InvalidInputException(
          Mistake.in(
              "--steps",
              "no curve has a point there; their last one is at step " + Numbers.whole(last)));
    }
    if (view.losses() == LossView.Losses.DEV) {
      throw new InvalidInputException(
          Mistake.in("--dev", "there are no losses on dev words, for the words are not divided"));
    }
  }

  /// The number of points of the longest curve that can be smoothed; 1 where none is to be.
  private static int points(List<RunFolder> runs, LossView view) throws IOException {
    int points = 1;
    for (RunFolder run : view.smoothing() > 1 ? runs : List.<RunFolder>of()) {
      boolean isOfDev = view.losses() == LossView.Losses.DEV;
      int size = isOfDev ? LossCurve.dev(run.path()).size() : Metrics.read(run.metrics()).size();
      points = Math.max(points, size);
    }
    return points;
  }

  /// The losses that the data set as marks, where all runs have the same.
  static List<LossPicture.Reference> references(List<RunFolder> runs, LossView view)
      throws IOException {
    List<LossPicture.Reference> first = LossCurve.references(runs.getFirst().path(), view);
    for (RunFolder run : runs) {
      if (!LossCurve.references(run.path(), view).equals(first)) {
        return List.of();
      }
    }
    return first;
  }
}
