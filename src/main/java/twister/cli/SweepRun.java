package twister.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import twister.backend.DeviceException;
import twister.report.Leaderboard;
import twister.report.Progress;
import twister.report.RunSummary;
import twister.spec.DataSpec;
import twister.tracking.ExperimentFolder;
import twister.tracking.GitCommit;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// The runs of a sweep: those that are not there yet are trained in batches, and what came of all of them is
/// told.
///
/// Each run is made in a draft, a hidden folder that takes its place when the run is complete. Whatever ends
/// the process in between, the next one deletes the drafts and goes on with the runs that are missing.
final class SweepRun {
  private static final long TABLE_NANOSECONDS = 10_000_000_000L;

  private final Experiment sweep;
  private final Devices.Choice choice;
  private final ExperimentRun.Options options;
  private final Interruption interruption;
  private final ExperimentFolder experiment;
  private final GitCommit commit;
  private final Map<DataSpec, Provenance> provenances = new HashMap<>();
  private final List<Cell> cells;

  /// Runs that are kept, but do not stand in the table yet.
  private final List<RunRecord> written = new ArrayList<>();

  private long tableAt;

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
    commit = new GitCommit(sweep.file().toAbsolutePath().resolveSibling("."));
    cells = Cell.of(sweep, choice.device());
  }

  /// Trains the runs that are missing, and tells about all.
  ///
  /// @return the exit code
  int run() throws IOException {
    FileChannel lock =
        experiment
            .lock()
            .orElseThrow(
                () -> new IOException(experiment.path() + " is in use by another twister"));
    try {
      return trainAndTell();
    } finally {
      lock.close();
    }
  }

  private int trainAndTell() throws IOException {
    experiment.deleteDrafts();
    Set<String> complete = options.again() ? Set.of() : experiment.complete();
    List<Cell> missing = cells.stream().filter(cell -> !complete.contains(cell.id())).toList();
    say(
        RunSummary.before(
            sweep.sweep(),
            cells.size(),
            cells.size() - missing.size(),
            provenance(cells.getFirst().inputs()),
            choice.reason()));
    experiment.writeSpec(sweep.sweep().yaml());
    try {
      boolean done = train(missing);
      if (!done) {
        return tellInterrupted(missing);
      }
    } catch (DeviceException e) {
      throw stopped(new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw stopped(e);
    }
    return conclude();
  }

  private Provenance provenance(Inputs inputs) {
    return provenances.computeIfAbsent(
        inputs.spec().data(), _ -> inputs.provenance(choice.device(), commit.commit()));
  }

  /// Trains runs in batches.
  ///
  /// @return whether all were trained, without an interruption
  private boolean train(List<Cell> missing) throws IOException {
    Progress progress = Progress.ofRuns(System.err, options.progress(), missing.size());
    Lowest lowest = new Lowest();
    tableAt = System.nanoTime();
    int done = 0;
    try {
      for (List<Cell> batch : batches(missing)) {
        if (interruption.isWished()
            || !train(batch, sweep.keepsAll(), watch(progress, done, batch, lowest))) {
          return false;
        }
        done += batch.size();
        if (System.nanoTime() - tableAt > TABLE_NANOSECONDS) {
          writeTable();
        }
      }
    } finally {
      progress.end();
      writeTable();
    }
    return true;
  }

  /// The batches in which runs are trained.
  static List<List<Cell>> batches(List<Cell> cells) {
    return SweepBatches.of(cells, Runtime.getRuntime().maxMemory() / 4);
  }

  /// The lowest loss seen.
  private static final class Lowest {
    private double loss = Double.POSITIVE_INFINITY;

    double with(double latest) {
      loss = latest < loss ? latest : loss;
      return loss;
    }
  }

  private static ModelTraining.Watch watch(
      Progress progress, int done, List<Cell> batch, Lowest lowest) {
    int steps =
        batch.getFirst().inputs().spec().training().map(training -> training.steps()).orElse(1);
    return (step, loss) ->
        progress.at(
            done + Math.toIntExact((long) batch.size() * step / steps), lowest.with(loss));
  }

  /// Trains the runs of a batch and keeps them.
  ///
  /// @return false if it was interrupted, whereupon none of them is kept
  private boolean train(List<Cell> batch, boolean inFull, ModelTraining.Watch watch)
      throws IOException {
    List<ModelTraining.Run> runs = new ArrayList<>();
    for (Cell cell : batch) {
      RunRecord record =
          RunRecord.begun(cell.id(), cell.inputs().spec(), provenance(cell.inputs()));
      RunFolder draft = experiment.run(cell.id()).draft();
      runs.add(new ModelTraining.Run(cell.inputs(), record, draft, inFull));
    }
    try {
      Parallel.forEach(
          runs.size(), i -> runs.get(i).folder().begin(batch.get(i).inputs().spec()));
      List<RunRecord> ended =
          new ModelTraining(runs, choice, false, watch, interruption).trained();
      if (ended.stream().anyMatch(record -> record.status() == RunStatus.INTERRUPTED)) {
        return false;
      }
      Parallel.forEach(runs.size(), i -> keep(runs.get(i).folder(), ended.get(i)));
      written.addAll(ended);
      return true;
    } finally {
      experiment.deleteDrafts();
    }
  }

  private void keep(RunFolder draft, RunRecord record) throws IOException {
    record.write(draft.run());
    experiment.run(record.id()).keep(draft);
  }

  private void writeTable() throws IOException {
    experiment.writeRuns(written);
    written.clear();
    tableAt = System.nanoTime();
  }

  private IOException stopped(IOException problem) {
    return new IOException(
        "the sweep in %s stopped: %s; the same command goes on with it"
            .formatted(experiment.path(), Reason.of(problem)),
        problem);
  }

  private int tellInterrupted(List<Cell> missing) throws IOException {
    Set<String> complete = experiment.complete();
    long left = missing.stream().filter(cell -> !complete.contains(cell.id())).count();
    System.err.println(
        "twister: interrupted; %,d of %,d runs are kept in %s, the same command goes on with the rest"
            .formatted(cells.size() - left, cells.size(), experiment.path()));
    return ExitCode.FAILED;
  }

  private int conclude() throws IOException {
    RunsTable table = RunsTable.read(experiment);
    Set<String> ids = cells.stream().map(Cell::id).collect(Collectors.toSet());
    List<RunsTable.Row> rows =
        table.rows().stream().filter(row -> ids.contains(row.text("run"))).toList();
    Optional<Cell> best = best(rows);
    if (best.isPresent() && !experiment.run(best.get().id()).hasModel()) {
      complete(best.get());
    }
    if (best.isPresent() && options.charts()) {
      RunCharts.draw(
          experiment.run(best.get().id()), best.get().inputs().spec().charts());
    }
    Leaderboard board = Leaderboard.of(table);
    String all = "twister runs %s --limit 0".formatted(experiment.path());
    say("\n" + board.begin(Terminal.columns(), all) + "\n");
    Map<RunStatus, Long> statuses = RunsTable.statuses(rows);
    switch (options.voice()) {
      case FULL -> System.out.println(RunSummary.sweep(experiment, statuses, best.map(Cell::id)));
      case FOLDER -> System.out.println(experiment.path());
      case NONE -> {}
    }
    return statuses.containsKey(RunStatus.DIVERGED)
        ? ExitCode.SOME_RUNS_ENDED_BADLY
        : ExitCode.DONE;
  }

  /// The run with the lowest loss, on the dev words where there are some.
  private Optional<Cell> best(List<RunsTable.Row> rows) {
    boolean hasDev = rows.stream().anyMatch(row -> !row.text("dev_loss").isEmpty());
    String figure = hasDev ? "dev_loss" : "loss";
    Map<String, Cell> byId =
        cells.stream().collect(Collectors.toMap(Cell::id, Function.identity()));
    return rows.stream()
        .filter(row -> Double.isFinite(row.number(figure)))
        .min(Comparator.comparingDouble((RunsTable.Row row) -> row.number(figure)))
        .map(row -> byId.get(row.text("run")));
  }

  /// Trains a run again, to the same numbers, and keeps all its files.
  private void complete(Cell best) throws IOException {
    if (train(List.of(best), true, (_, _) -> {})) {
      writeTable();
    }
  }

  private void say(String text) {
    if (options.voice() == ExperimentRun.Voice.FULL) {
      System.out.println(text);
    }
  }
}
