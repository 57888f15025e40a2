package twister.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import twister.backend.DeviceException;
import twister.chart.SweepCharts;
import twister.report.Leaderboard;
import twister.report.Progress;
import twister.report.RunSummary;
import twister.spec.DataSpec;
import twister.spec.InvalidInputException;
import twister.spec.SpecWriter;
import twister.tracking.ExperimentFolder;
import twister.tracking.GitCommit;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;
import twister.training.Search;

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

  /// The runs by their names; those of a search as they are asked for.
  private final Map<String, Cell> cells = new LinkedHashMap<>();

  /// Runs that are kept, but do not stand in the table yet.
  private final List<RunRecord> written = new ArrayList<>();

  /// The runs that need not be trained, by their names.
  private final Set<String> complete = new HashSet<>();

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
    if (!options.again()) {
      complete.addAll(experiment.complete());
    }
    boolean isGrid = isKnownBefore(sweep);
    if (isGrid) {
      Cell.of(sweep.runs(), choice.device()).forEach(cell -> cells.put(cell.id(), cell));
    }
    say(
        RunSummary.before(
            sweep.sweep(),
            isGrid ? cells.size() : sweep.size(),
            countComplete(),
            provenance(sweep.runs().getFirst()),
            choice.reason()));
    experiment.writeSpec(sweep.sweep().yaml());
    try {
      trainAll();
    } catch (Interrupted e) {
      return tellInterrupted();
    } catch (IOException e) {
      throw stopped(e);
    }
    return conclude();
  }

  /// Whether all runs are known before the first one is trained.
  static boolean isKnownBefore(Experiment sweep) {
    return !sweep.sweep().method().isSearch() && sweep.sweep().rungs().isEmpty();
  }

  private boolean isComplete(Cell cell) {
    return complete.contains(cell.id());
  }

  private int countComplete() {
    return Math.toIntExact(cells.values().stream().filter(this::isComplete).count());
  }

  private Provenance provenance(Inputs inputs) {
    return provenances.computeIfAbsent(
        inputs.spec().data(), _ -> inputs.provenance(choice.device(), commit.commit()));
  }

  /// Trains all runs that are missing, in whatever order the method has.
  private void trainAll() throws IOException {
    boolean isGrid = isKnownBefore(sweep);
    int all = isGrid ? cells.size() - countComplete() : sweep.size();
    Progress progress = Progress.ofRuns(System.err, options.progress(), all);
    Lowest lowest = new Lowest();
    tableAt = System.nanoTime();
    try {
      if (isGrid) {
        train(List.copyOf(cells.values()), progress, 0, lowest);
      } else if (sweep.sweep().method().isSearch()) {
        search(progress, lowest);
      } else {
        halve(progress, lowest);
      }
    } finally {
      progress.end();
      writeTable();
    }
  }

  /// Ends a sweep from within.
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// Trains those of some runs that are missing, in batches.
  ///
  /// @param done how many runs were trained before
  private void train(List<Cell> some, Progress progress, int done, Lowest lowest)
      throws IOException {
    int before = done;
    for (List<Cell> batch : batches(some.stream().filter(cell -> !isComplete(cell)).toList())) {
      train(batch, watch(progress, before, batch, lowest));
      before += batch.size();
    }
  }

  /// Searches for the setting with the lowest loss. Where the process was ended before, the search is the
  /// same again, and finds that its first runs are there.
  private void search(Progress progress, Lowest lowest) throws IOException {
    try {
      Search.minimise(
          sweep.sweep().method(),
          sweep.sweep().dimensions(),
          sweep.sweep().searchedSettings(),
          sweep.sweep().seed().orElse(0),
          point -> value(point, progress, lowest));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Successive halving (Jamieson and Talwalkar 2016): all settings are trained for few steps, the best of them
  /// for more, until the best of all are trained to the last step. Each rung begins anew, so that its runs are
  /// those of any other training of as many steps.
  private void halve(Progress progress, Lowest lowest) throws IOException {
    List<List<Inputs>> settings =
        List.copyOf(
            sweep.runs().stream()
                .collect(
                    Collectors.groupingBy(
                        run -> SpecWriter.settings(run.spec().withSeed(0)),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values());
    for (int steps : sweep.sweep().rungs()) {
      List<Climber> rung = new ArrayList<>();
      for (List<Inputs> setting : settings) {
        rung.add(new Climber(setting, Cell.of(withSteps(setting, steps), choice.device())));
      }
      List<Cell> all = rung.stream().flatMap(climber -> climber.cells().stream()).toList();
      int done = cells.size();
      all.forEach(cell -> cells.putIfAbsent(cell.id(), cell));
      train(all, progress, done, lowest);
      settings =
          rung.stream()
              .map(climber -> new Ranked(climber.setting(), mean(climber.cells())))
              .sorted(Comparator.comparingDouble(Ranked::loss))
              .map(Ranked::setting)
              .limit(Math.max(1, settings.size() / sweep.sweep().factor()))
              .toList();
    }
  }

  /// A setting on a rung.
  ///
  /// @param setting a run for each seed, of any length
  /// @param cells the same runs with the steps of the rung
  private record Climber(List<Inputs> setting, List<Cell> cells) {}

  private record Ranked(List<Inputs> setting, double loss) {}

  private static List<Inputs> withSteps(List<Inputs> seeds, int steps) throws IOException {
    List<Inputs> all = new ArrayList<>();
    for (Inputs inputs : seeds) {
      try {
        all.add(inputs.with(inputs.spec().withSteps(steps)));
      } catch (InvalidInputException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    return all;
  }

  private double value(double[] point, Progress progress, Lowest lowest) {
    try {
      List<Cell> seeds = Cell.of(sweep.at(point), choice.device());
      seeds.forEach(cell -> cells.putIfAbsent(cell.id(), cell));
      for (List<Cell> batch : batches(seeds.stream().filter(cell -> !isComplete(cell)).toList())) {
        train(batch, (_, _) -> {});
      }
      double mean = mean(seeds);
      progress.at(cells.size(), lowest.with(mean));
      return mean;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidInputException e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    }
  }

  /// The mean loss of a setting over its seeds. A loss above twice that of a model that knows nothing, or
  /// none at all, counts as that much: what lies beyond should not bend what a search learns.
  private double mean(List<Cell> seeds) {
    double most = 2 * provenance(seeds.getFirst().inputs()).data().uniformLoss();
    double sum = 0;
    for (Cell cell : seeds) {
      double loss = experiment.run(cell.id()).loss();
      sum += loss < most ? loss : most;
    }
    return sum / seeds.size();
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

  private void train(List<Cell> batch, ModelTraining.Watch watch) throws IOException {
    if (interruption.isWished() || !train(batch, sweep.keepsAll(), watch)) {
      throw new Interrupted();
    }
    batch.forEach(cell -> complete.add(cell.id()));
    if (System.nanoTime() - tableAt > TABLE_NANOSECONDS) {
      writeTable();
    }
  }

  /// Trains the runs of a batch and keeps them.
  ///
  /// @return false if it was interrupted, whereupon none of them is kept
  private boolean train(List<Cell> batch, boolean inFull, ModelTraining.Watch watch)
      throws IOException {
    List<ModelTraining.Run> runs = new ArrayList<>();
    for (Cell cell : batch) {
      RunRecord record =
          RunRecord.begun(cell.id(), cell.settings(), provenance(cell.inputs()));
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
    } catch (DeviceException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      for (ModelTraining.Run run : runs) {
        run.folder().delete();
      }
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

  private int tellInterrupted() {
    System.err.println(
        "twister: interrupted; %,d of %,d runs are kept in %s, the same command goes on with the rest"
            .formatted(
                countComplete(),
                isKnownBefore(sweep) ? cells.size() : sweep.size(),
                experiment.path()));
    return ExitCode.FAILED;
  }

  private int conclude() throws IOException {
    RunsTable table = RunsTable.read(experiment);
    List<RunsTable.Row> rows =
        table.rows().stream().filter(row -> cells.containsKey(row.text("run"))).toList();
    Optional<Cell> best = best(rows);
    if (best.isPresent() && !experiment.run(best.get().id()).hasModel()) {
      complete(best.get());
    }
    if (best.isPresent() && options.charts()) {
      RunCharts.draw(
          experiment.run(best.get().id()), best.get().inputs().spec().charts());
    }
    if (options.charts()) {
      SweepCharts.draw(experiment.path());
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
    return rows.stream()
        .filter(row -> Double.isFinite(row.number(figure)))
        .min(Comparator.comparingDouble((RunsTable.Row row) -> row.number(figure)))
        .map(row -> cells.get(row.text("run")));
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
