package twister.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;

/// The loss curves of several experiments, for a report.
public final class ComparedExperiments {
  private ComparedExperiments() {}

  /// Draws the mean losses of the best setting of each experiment over the steps, over its seeds.
  ///
  /// @param experiments from 1 to [LossFigure#MOST_RUNS], each with a run that is over
  /// @throws InvalidInputException if none has what is to be shown
  /// @throws IOException if a file cannot be read, naming file and line, or the machine has no
  ///   fonts
  public static Figure of(List<ExperimentFolder> experiments, LossView view, FigureStyle style)
      throws InvalidInputException, IOException {
    List<Best> best = new ArrayList<>();
    for (ExperimentFolder experiment : experiments) {
      best.add(Best.of(experiment));
    }
    List<RunFolder> all = best.stream().flatMap(each -> each.runs().stream()).toList();
    List<RunFolder> firsts = best.stream().map(each -> each.runs().getFirst()).toList();
    LossView shown = view.withLosses(RunCurves.deciding(all, view));
    List<LossPicture.Line> lines = new ArrayList<>();
    List<String> names = names(experiments);
    List<CurveStyle> looks = RunPlaces.looks(firsts);
    for (int i = 0; i < best.size(); i++) {
      Curve mean = RunCurves.mean(best.get(i).runs(), shown);
      lines.add(new LossPicture.Line(names.get(i), mean, looks.get(i)));
    }
    RunCurves.refuseUnfit(all, lines, shown);
    List<LossPicture.Reference> references = RunCurves.references(all, shown);
    List<String> remarks = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      remarks.add(names.get(i) + ": " + best.get(i).words());
    }
    RunCurves.smoothed(all, shown).ifPresent(remarks::add);
    remarks.addAll(LossFigure.remarks(view));
    return LossFigure.figure(
        RunCurves.beside(firsts, lines),
        references,
        view,
        style,
        best.size() == 1
            ? LossFigure.losses(shown) + " of an experiment over the steps"
            : "%s of %d experiments over the steps"
                .formatted(LossFigure.losses(shown), best.size()),
        remarks);
  }

  /// The names of experiments, with the folders that they lie in where names are equal.
  private static List<String> names(List<ExperimentFolder> experiments) {
    List<String> names =
        experiments.stream()
            .map(each -> String.valueOf(each.path().toAbsolutePath().normalize().getFileName()))
            .toList();
    List<String> paths =
        experiments.stream().map(each -> each.path().normalize().toString()).toList();
    boolean areTold = names.stream().distinct().count() == paths.stream().distinct().count();
    return areTold ? names : paths;
  }

  /// The setting of an experiment with the lowest loss.
  ///
  /// @param settings in what it differs from others; empty if there are none
  private record Best(List<RunFolder> runs, String settings) {
    static Best of(ExperimentFolder experiment) throws IOException {
      SweepTable table = SweepTable.of(RunsTable.read(experiment));
      SweepSetting best =
          table.settings().stream()
              .min(Comparator.comparingDouble(SweepSetting::badness))
              .orElseThrow(() -> new IllegalArgumentException("runs: expected one that is over"));
      return new Best(
          best.runs().stream().map(run -> experiment.run(run.id())).toList(),
          new SweepWords(table).settings(best));
    }

    String words() {
      String mean = runs.size() == 1 ? "1 run" : "mean over %d seeds".formatted(runs.size());
      return settings.isEmpty() ? mean : "the best setting, %s, %s".formatted(settings, mean);
    }
  }
}
