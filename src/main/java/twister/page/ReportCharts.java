package twister.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import twister.chart.ComparedExperiments;
import twister.chart.Figure;
import twister.chart.FigureKind;
import twister.chart.FigureStyle;
import twister.chart.LossFigure;
import twister.chart.LossView;
import twister.chart.RunFigure;
import twister.chart.SweepFigure;
import twister.ranking.ColumnNames;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;

/// The charts of an experiment in a report: those of all runs, where there are several, and those
/// of the best one.
final class ReportCharts {
  /// A chart for each key that varies, as long as there are not more.
  private static final int MOST_KEYS = 4;

  private static final SweepFigure.Keys NO_KEYS =
      new SweepFigure.Keys(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private final String prefix;
  private final LossView view;
  private final List<Chart> charts = new ArrayList<>();

  private ReportCharts(String prefix, LossView view) {
    this.prefix = prefix;
    this.view = view;
  }

  /// The charts of an experiment.
  ///
  /// @param prefix of their ids
  /// @param best the run that is shown by itself; empty where none has finished
  /// @throws IOException if a file cannot be read, naming file and line, or the machine has no
  ///   fonts
  static List<Chart> of(
      String prefix,
      ExperimentFolder folder,
      RunsTable runs,
      Optional<RunFolder> best,
      ReportOptions options)
      throws IOException {
    ReportCharts charts = new ReportCharts(prefix, LossView.DEFAULT.in(options.unit()));
    try {
      if (runs.rows().size() > 1) {
        charts.addSweep(SweepFigure.of(folder), runs);
      }
      if (best.isPresent()) {
        charts.addRun(best.get(), runs.rows().size() == 1);
      }
    } catch (InvalidInputException e) {
      throw new IOException(e.getMessage(), e);
    }
    return charts.charts;
  }

  /// The best settings of several experiments beside each other.
  static Chart compared(List<ExperimentFolder> experiments, ReportOptions options)
      throws IOException, InvalidInputException {
    LossView view = LossView.DEFAULT.in(options.unit());
    return new Chart("compare", ComparedExperiments.of(experiments, view, FigureStyle.DEFAULT));
  }

  private void addSweep(SweepFigure sweep, RunsTable runs)
      throws IOException, InvalidInputException {
    Set<FigureKind> kinds = sweep.kinds(NO_KEYS);
    for (FigureKind kind : List.of(FigureKind.LOSSES, FigureKind.HEATMAP, FigureKind.SEEDS)) {
      if (kinds.contains(kind)) {
        add(kind.word(), sweep.draw(kind, NO_KEYS, view.losses(), FigureStyle.DEFAULT));
      }
    }
    if (kinds.contains(FigureKind.BY_KEY)) {
      ColumnNames names = new ColumnNames(runs.settings());
      for (String key : sweep.keys().subList(0, Math.min(MOST_KEYS, sweep.keys().size()))) {
        SweepFigure.Keys keys =
            new SweepFigure.Keys(
                Optional.of(key), Optional.empty(), Optional.empty(), Optional.empty());
        add(
            "by-" + names.brief(key).replaceAll("[^a-z0-9]+", "-"),
            sweep.draw(FigureKind.BY_KEY, keys, view.losses(), FigureStyle.DEFAULT));
      }
    }
  }

  private void addRun(RunFolder run, boolean isOnly) throws IOException, InvalidInputException {
    Set<FigureKind> kinds = RunFigure.kinds(run);
    Set<FigureKind> shown =
        isOnly
            ? EnumSet.of(
                FigureKind.LOSS,
                FigureKind.RANGE,
                FigureKind.BIGRAMS,
                FigureKind.PROBABILITIES,
                FigureKind.PROFILE)
            : EnumSet.of(FigureKind.PROBABILITIES);
    shown.retainAll(kinds);
    for (FigureKind kind : shown) {
      add(
          kind.word(),
          kind == FigureKind.LOSS
              ? LossFigure.of(List.of(run), view, FigureStyle.DEFAULT)
              : RunFigure.of(kind, List.of(run), Optional.empty(), FigureStyle.DEFAULT));
    }
  }

  private void add(String name, Figure figure) {
    charts.add(new Chart(prefix + name, figure));
  }
}
