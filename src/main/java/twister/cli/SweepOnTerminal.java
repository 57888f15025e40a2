package twister.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import twister.chart.LackingLetters;
import twister.chart.SweepCharts;
import twister.experiment.Cluster;
import twister.experiment.Devices;
import twister.experiment.Experiment;
import twister.experiment.FailureReason;
import twister.experiment.PlannedRun;
import twister.experiment.Shard;
import twister.experiment.SweepTraining;
import twister.report.Leaderboard;
import twister.report.RunHeader;
import twister.report.RunSummary;
import twister.report.WrappedLines;
import twister.spec.ChartStyle;
import twister.text.CommandName;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// The runs of a sweep: those that are not there yet are trained, and what came of all of them is
/// told.
final class SweepOnTerminal {
  private final Experiment sweep;
  private final Devices.Choice choice;
  private final Optional<Cluster> cluster;
  private final Path results;
  private final RunOnTerminal.Options options;
  private final Interruption interruption;

  /// @param cluster what trains the batches; nothing where this process does
  SweepOnTerminal(
      Experiment sweep,
      Devices.Choice choice,
      Optional<Cluster> cluster,
      Path results,
      RunOnTerminal.Options options,
      Interruption interruption) {
    this.sweep = sweep;
    this.choice = choice;
    this.cluster = cluster;
    this.results = results;
    this.options = options;
    this.interruption = interruption;
  }

  /// Trains the runs that are missing, and tells about all.
  ///
  /// @return the exit code
  int run() throws IOException {
    TerminalListener listener =
        new TerminalListener(options.progress(), true, interruption, this::say);
    try (SweepTraining training =
        SweepTraining.open(sweep, choice, cluster, results, options.again(), listener)) {
      return trainAndTell(training);
    }
  }

  private int trainAndTell(SweepTraining training) throws IOException {
    say(
        WrappedLines.of(
            RunHeader.text(
                sweep.sweep(),
                training.size(),
                training.countComplete(),
                training.provenance(sweep.runs().getFirst()),
                choice.text()),
            Terminal.columns()));
    sweep.shard().ifPresent(this::sayPart);
    try {
      training.trainAll();
    } catch (SweepTraining.Interrupted e) {
      return tellInterrupted(training);
    } catch (IOException e) {
      throw stopped(training.folder(), e);
    }
    return conclude(training);
  }

  private void sayPart(Shard part) {
    say(
        String.format(
            Locale.ROOT, "  shard     %s of all %,d runs", part, sweep.sweep().runs().size()));
  }

  private static IOException stopped(ExperimentFolder experiment, IOException problem) {
    return new IOException(
        "the sweep in %s stopped: %s; run the same command again to go on"
            .formatted(experiment.path(), FailureReason.of(problem)),
        problem);
  }

  private int tellInterrupted(SweepTraining training) {
    Terminal.warn(
        "interrupted; %,d of %,d runs are kept in %s; run the same command again to go on"
            .formatted(training.countComplete(), training.size(), training.folder().path()));
    return ExitCode.FAILED;
  }

  private int conclude(SweepTraining training) throws IOException {
    ExperimentFolder experiment = training.folder();
    RunsTable table = training.table();
    Leaderboard board = Leaderboard.of(table);
    String all = CommandName.with("runs %s --limit 0".formatted(experiment.path()));
    say("\n" + board.begin(Terminal.columns(), all) + "\n");
    Optional<PlannedRun> best = board.best().flatMap(training::run);
    if (best.isPresent() && sweep.shard().isEmpty()) {
      training.complete(best.get());
    }
    if (options.charts()) {
      draw(experiment, table, best, sweep.sweep().first().charts().style());
    }
    Map<RunStatus, Long> statuses = RunsTable.statuses(table.rows());
    switch (options.verbosity()) {
      case FULL ->
          System.out.println(
              WrappedLines.of(
                  RunSummary.sweep(experiment, statuses, best.map(PlannedRun::id)),
                  Terminal.columns()));
      case FOLDER -> System.out.println(experiment.path());
      case NONE -> {}
    }
    if (statuses.containsKey(RunStatus.FAILED)) {
      Terminal.warn("run the same command again to train the runs that failed");
      return ExitCode.FAILED;
    }
    return statuses.containsKey(RunStatus.DIVERGED)
        ? ExitCode.SOME_RUNS_ENDED_BADLY
        : ExitCode.DONE;
  }

  /// Draws the charts of the sweep, and of its best run.
  ///
  /// @throws IOException if a file of a run is damaged
  private static void draw(
      ExperimentFolder experiment, RunsTable table, Optional<PlannedRun> best, ChartStyle style)
      throws IOException {
    try {
      List<LackingLetters> lacking = new ArrayList<>();
      if (best.isPresent()) {
        lacking.add(
            RunCharts.draw(experiment.run(best.get().id()), best.get().inputs().spec().charts()));
      }
      lacking.add(SweepCharts.draw(experiment.path(), table, style));
      LackingLetters.of(lacking).warning().ifPresent(Terminal::warn);
    } catch (IOException e) {
      throw new IOException(
          "no charts: %s; %s %s finds damaged runs"
              .formatted(FailureReason.of(e), CommandName.with("doctor"), experiment.path()),
          e);
    }
  }

  private void say(String text) {
    if (options.verbosity() == RunOnTerminal.Verbosity.FULL) {
      System.out.println(text);
    }
  }
}
