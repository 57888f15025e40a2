package twister.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import twister.chart.SweepCharts;
import twister.report.Leaderboard;
import twister.report.RunHeader;
import twister.report.RunSummary;
import twister.report.WrappedLines;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// The runs of a sweep: those that are not there yet are trained, and what came of all of them is
/// told.
///
/// Whatever ends the process in between, the next one deletes the drafts that it left, and goes on
/// with the runs that are missing.
final class SweepRun {
  private final Experiment sweep;
  private final Devices.Choice choice;
  private final ExperimentRun.Options options;
  private final Interruption interruption;
  private final ExperimentFolder experiment;

  SweepRun(
      Experiment sweep,
      Devices.Choice choice,
      Path results,
      ExperimentRun.Options options,
      Interruption interruption) {
    this.sweep = sweep;
    this.choice = choice;
    this.options = options;
    this.interruption = interruption;
    experiment = new ExperimentFolder(results.resolve(sweep.name()));
  }

  /// Trains the runs that are missing, and tells about all.
  ///
  /// @return the exit code
  int run() throws IOException {
    FileChannel lock =
        experiment
            .lock()
            .orElseThrow(
                () ->
                    new IOException(
                        experiment.path() + " is in use by another twister; wait until it ends"));
    try {
      return trainAndTell();
    } finally {
      lock.close();
    }
  }

  private int trainAndTell() throws IOException {
    experiment.deleteDrafts();
    SweepTraining training =
        new SweepTraining(
            sweep, choice, experiment, options.again(), options.progress(), interruption);
    say(
        WrappedLines.of(
            RunHeader.text(
                sweep.sweep(),
                training.size(),
                training.countComplete(),
                training.provenance(sweep.runs().getFirst()),
                choice.text()),
            Terminal.columns()));
    experiment.writeSpec(sweep.sweep().yaml());
    try {
      training.trainAll();
    } catch (SweepTraining.Interrupted e) {
      return tellInterrupted(training);
    } catch (IOException e) {
      throw stopped(e);
    }
    return conclude(training);
  }

  private IOException stopped(IOException problem) {
    return new IOException(
        "the sweep in %s stopped: %s; the same command goes on with it"
            .formatted(experiment.path(), Reason.of(problem)),
        problem);
  }

  private int tellInterrupted(SweepTraining training) {
    System.err.println(
        "twister: interrupted; %,d of %,d runs are kept in %s, the same command goes on with the rest"
            .formatted(training.countComplete(), training.size(), experiment.path()));
    return ExitCode.FAILED;
  }

  private int conclude(SweepTraining training) throws IOException {
    RunsTable table =
        RunsTable.read(experiment).where(row -> training.cell(row.text("run")).isPresent());
    Leaderboard board = Leaderboard.of(table);
    String all = "twister runs %s --limit 0".formatted(experiment.path());
    say("\n" + board.begin(Terminal.columns(), all) + "\n");
    Optional<Cell> best = board.best().flatMap(training::cell);
    if (best.isPresent() && !experiment.run(best.get().id()).hasModel()) {
      training.complete(best.get());
    }
    if (options.charts()) {
      draw(best, table);
    }
    Map<RunStatus, Long> statuses = RunsTable.statuses(table.rows());
    switch (options.voice()) {
      case FULL ->
          System.out.println(
              WrappedLines.of(
                  RunSummary.sweep(experiment, statuses, best.map(Cell::id)), Terminal.columns()));
      case FOLDER -> System.out.println(experiment.path());
      case NONE -> {}
    }
    return statuses.containsKey(RunStatus.DIVERGED)
        ? ExitCode.SOME_RUNS_ENDED_BADLY
        : ExitCode.DONE;
  }

  /// Draws the charts of the sweep, and of its best run.
  ///
  /// @throws IOException if a file of a run is damaged
  private void draw(Optional<Cell> best, RunsTable table) throws IOException {
    try {
      if (best.isPresent()) {
        RunCharts.draw(experiment.run(best.get().id()), best.get().inputs().spec().charts());
      }
      SweepCharts.draw(experiment.path(), table);
    } catch (IOException e) {
      throw new IOException(
          "no charts: %s; twister doctor %s finds damaged runs"
              .formatted(Reason.of(e), experiment.path()),
          e);
    }
  }

  private void say(String text) {
    if (options.voice() == ExperimentRun.Voice.FULL) {
      System.out.println(text);
    }
  }
}
