package twister.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import twister.report.Progress;
import twister.spec.DataSpec;
import twister.spec.InvalidInputException;
import twister.spec.SpecWriter;
import twister.tracking.ExperimentFolder;
import twister.tracking.GitCommit;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;
import twister.training.Search;

/// Trains the runs of a sweep that are missing, in batches, in whatever order its method has.
///
/// Each run is made in a draft, a hidden folder that takes its place when the run is complete.
final class SweepTraining {
  private static final long TABLE_NANOSECONDS = 10_000_000_000L;

  private final Experiment sweep;
  private final Devices.Choice choice;
  private final Progress.Style style;
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

  /// @param experiment the folder of the sweep, which this process has locked
  /// @param again whether runs that are complete are trained anew
  SweepTraining(
      Experiment sweep,
      Devices.Choice choice,
      ExperimentFolder experiment,
      boolean again,
      Progress.Style style,
      Interruption interruption)
      throws IOException {
    this.sweep = sweep;
    this.choice = choice;
    this.experiment = experiment;
    this.style = style;
    this.interruption = interruption;
    commit = new GitCommit(sweep.file().toAbsolutePath().resolveSibling("."));
    if (!again) {
      complete.addAll(experiment.complete());
    }
    if (isKnownBefore(sweep)) {
      Cell.of(sweep.runs(), choice.device()).forEach(cell -> cells.put(cell.id(), cell));
    }
  }

  /// The run with a name, if it is one of the sweep.
  Optional<Cell> cell(String id) {
    return Optional.ofNullable(cells.get(id));
  }

  /// How many runs there are, or will be at the end of a search, at most.
  int size() {
    return isKnownBefore(sweep) ? cells.size() : sweep.size();
  }

  /// Whether all runs are known before the first one is trained.
  static boolean isKnownBefore(Experiment sweep) {
    return !sweep.sweep().method().isSearch() && sweep.sweep().rungs().isEmpty();
  }

  private boolean isComplete(Cell cell) {
    return complete.contains(cell.id());
  }

  /// How many runs need not be trained.
  int countComplete() {
    return Math.toIntExact(cells.values().stream().filter(this::isComplete).count());
  }

  /// What a run is made from.
  Provenance provenance(Inputs inputs) {
    return provenances.computeIfAbsent(
        inputs.spec().data(), _ -> inputs.provenance(choice.device(), commit.commit()));
  }

  /// Trains all runs that are missing.
  ///
  /// @throws Interrupted if the user ends it
  void trainAll() throws IOException {
    boolean isGrid = isKnownBefore(sweep);
    int all = isGrid ? cells.size() - countComplete() : sweep.size();
    Progress progress = Progress.ofRuns(System.err, style, all);
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
  static final class Interrupted extends RuntimeException {
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

  /// Trains a run again, to the same numbers, and keeps all its files.
  void complete(Cell best) throws IOException {
    if (train(List.of(best), true, (_, _) -> {})) {
      writeTable();
    }
  }
}
