package twister.experiment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import twister.backend.Device;
import twister.backend.DeviceException;
import twister.ranking.DecidingLoss;
import twister.spec.DataSpec;
import twister.tracking.ExperimentFolder;
import twister.tracking.GitCommit;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunsTable;

/// Trains the runs of a sweep that are missing, in batches, on all devices that were chosen.
///
/// Which device trains a batch follows the clock, which changes nothing of a run where the devices
/// are equal. Each run is made in a draft, a hidden folder that takes its place when the run is
/// complete. While it is open, no other process trains in the sweep's folder; whatever ended the
/// process in between, the next one goes on with the runs that are missing: from the checkpoints in
/// their drafts, if there are any, or from the beginning.
public final class SweepTraining implements AutoCloseable {
  private final Experiment sweep;
  private final Devices.Choice choice;
  private final ExperimentListener listener;
  private final ExperimentFolder experiment;
  private final GitCommit commit;
  private final SweepRuns runs;
  private final DeviceQueue queue;
  private final RunsTableWriter table;
  private final BatchTraining trainer;
  private final FileChannel lock;
  private final Map<DataSpec, Provenance> provenances = new HashMap<>();

  private SweepTraining(
      Experiment sweep,
      Devices.Choice choice,
      Optional<Cluster> cluster,
      ExperimentFolder experiment,
      boolean again,
      ExperimentListener listener,
      FileChannel lock)
      throws IOException {
    this.sweep = sweep;
    this.choice = choice;
    this.experiment = experiment;
    this.listener = listener;
    this.lock = lock;
    commit = new GitCommit(sweep.file());
    runs = new SweepRuns(choice.devices(), again ? Set.of() : complete());
    queue = new DeviceQueue(choice.devices(), listener::deviceFailed);
    table = new RunsTableWriter(experiment);
    trainer =
        cluster.isPresent()
            ? new ClusterBatches(cluster.get(), experiment, commit, listener)
            : new LocalBatches(
                choice, experiment, this::provenance, sweep.keepsAll(), again, listener);
    if (sweep.isKnownBefore()) {
      runs.add(sweep.runs());
    }
  }

  /// The runs that need not be trained. A process that was killed right after it kept one has left
  /// its checkpoint.
  private Set<String> complete() throws IOException {
    Set<String> complete = experiment.complete();
    for (String id : complete) {
      experiment.run(id).deleteCheckpoint();
    }
    boolean drawsAlong =
        sweep.runs().stream().anyMatch(run -> run.spec().samples().along().isPresent());
    return drawsAlong
        ? complete.stream()
            .filter(id -> !samples(sweep.runs().getFirst(), id).needTraining())
            .collect(Collectors.toSet())
        : complete;
  }

  private NewSamples samples(RunInputs inputs, String id) {
    return new NewSamples(inputs, experiment.run(id));
  }

  /// Draws names of runs that were there before anew, where other ones are wanted now and the
  /// models are kept.
  private void drawSamples() throws IOException {
    List<PlannedRun> kept = sweep.keepsAll() ? runs.complete() : List.of();
    Parallel.forEach(kept.size(), number -> drawSamples(kept.get(number)));
  }

  private boolean drawSamples(PlannedRun run) throws IOException {
    return samples(run.inputs(), run.id()).draw(run.settings());
  }

  /// Opens a sweep that is trained here.
  ///
  /// @param results the folder of all experiments
  /// @param again whether runs that are complete are trained anew
  /// @throws IOException if another process trains in the sweep's folder, or it cannot be read
  public static SweepTraining open(
      Experiment sweep,
      Devices.Choice choice,
      Path results,
      boolean again,
      ExperimentListener listener)
      throws IOException {
    return open(sweep, choice, Optional.empty(), results, again, listener);
  }

  /// Opens a sweep.
  ///
  /// @param choice the devices, each of which trains a batch at a time
  /// @param cluster what trains the batches; nothing where this process does
  /// @param results the folder of all experiments
  /// @param again whether runs that are complete are trained anew
  /// @throws IOException if another process trains in the sweep's folder, or it cannot be read
  public static SweepTraining open(
      Experiment sweep,
      Devices.Choice choice,
      Optional<Cluster> cluster,
      Path results,
      boolean again,
      ExperimentListener listener)
      throws IOException {
    ExperimentFolder experiment = new ExperimentFolder(results.resolve(sweep.name()));
    FileChannel lock = ExperimentLock.of(experiment);
    try {
      return new SweepTraining(sweep, choice, cluster, experiment, again, listener, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// The folder of the sweep.
  public ExperimentFolder folder() {
    return experiment;
  }

  /// The runs of the sweep that are there, without others of the experiment.
  ///
  /// @throws IOException naming file and line if `runs.csv` cannot be read
  public RunsTable table() throws IOException {
    return RunsTable.read(experiment).where(row -> run(row.text("run")).isPresent());
  }

  /// The run with a name, if it is one of the sweep.
  public Optional<PlannedRun> run(String id) {
    return runs.named(id);
  }

  /// How many runs there are, or will be at the end of a search, at most.
  public int size() {
    return sweep.isKnownBefore() ? runs.size() : sweep.size();
  }

  /// How many runs need not be trained.
  public int countComplete() {
    return runs.countComplete();
  }

  /// What a run on the first device is made from.
  public Provenance provenance(RunInputs inputs) {
    return provenance(inputs, choice.device());
  }

  private synchronized Provenance provenance(RunInputs inputs, Device device) {
    return provenances
        .computeIfAbsent(
            inputs.spec().data(), _ -> inputs.provenance(choice.device(), commit.commit()))
        .on(device);
  }

  /// Trains all runs that are missing.
  ///
  /// @throws Interrupted if the user ends it
  public void trainAll() throws IOException {
    boolean isGrid = sweep.isKnownBefore();
    int all = isGrid ? runs.size() - countComplete() : sweep.size();
    SweepProgress progress =
        new SweepProgress(
            listener, choice::secondsPerRun, choice.devices().size(), System::nanoTime);
    progress.expect(
        isGrid
            ? Experiment.work(
                runs.missing(runs.firstNames()).stream().map(PlannedRun::inputs).toList())
            : sweep.work());
    experiment.writeSpec(sweep.sweep().yaml());
    listener.trainingBegins(all);
    try {
      if (isGrid) {
        train(runs.firstNames(), progress);
      } else {
        new SweepSearch(sweep, settings -> losses(settings, progress)).search();
      }
      drawSamples();
    } finally {
      listener.trainingEnded();
      table.write();
    }
  }

  /// Ends a sweep from within.
  public static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// Trains those of some runs that are missing, in batches.
  ///
  /// @param firstNames on the first device
  private void train(List<String> firstNames, SweepProgress progress) throws IOException {
    queue.train(
        batches(runs.missing(firstNames)), (batch, device) -> train(batch, device, progress));
  }

  /// Trains settings, those of their runs that are missing.
  ///
  /// @param settings a run for each seed
  /// @return the mean loss of each setting
  private List<Double> losses(List<List<RunInputs>> settings, SweepProgress progress)
      throws IOException {
    List<List<String>> firstNames = settings.stream().map(runs::add).toList();
    progress.skip(
        firstNames.stream()
            .flatMap(List::stream)
            .map(runs::run)
            .filter(runs::isComplete)
            .map(PlannedRun::inputs)
            .toList());
    List<String> all = firstNames.stream().flatMap(List::stream).toList();
    train(all, progress);
    int failed = runs.missing(all).size();
    if (failed > 0) {
      throw new IOException(
          "%,d runs failed, without which the search cannot go on".formatted(failed));
    }
    return firstNames.stream().map(this::mean).toList();
  }

  /// The mean loss of a setting over its seeds: infinite where one of them is, NaN where one
  /// diverged.
  ///
  /// @param seeds by their names on the first device
  private double mean(List<String> seeds) {
    return seeds.stream()
        .mapToDouble(
            seed ->
                experiment
                    .run(runs.run(seed).id())
                    .record()
                    .map(DecidingLoss::of)
                    .orElse(Double.NaN))
        .map(loss -> loss / seeds.size())
        .sum();
  }

  /// The batches in which missing runs are trained: those that are halfway first, each with others
  /// that are as far.
  private List<List<PlannedRun>> batches(List<PlannedRun> missing) {
    NavigableMap<Integer, List<PlannedRun>> bySteps = new TreeMap<>();
    for (PlannedRun run : missing) {
      bySteps.computeIfAbsent(trainer.steps(run), _ -> new ArrayList<>()).add(run);
    }
    return bySteps.descendingMap().values().stream()
        .flatMap(some -> SweepBatches.of(some, trainer.bytes(), choice).stream())
        .toList();
  }

  /// The batches in which runs are trained that begin.
  public static List<List<PlannedRun>> batches(List<PlannedRun> cells, Devices.Choice choice) {
    return SweepBatches.of(cells, Runtime.getRuntime().maxMemory() / 4, choice);
  }

  private void train(List<PlannedRun> batch, Device device, SweepProgress progress)
      throws IOException {
    List<PlannedRun> own = batch.stream().map(run -> run.on(device)).toList();
    int trained = 0;
    try {
      progress.begin(batch);
      BatchTraining.Told told =
          new BatchTraining.Told(
              step -> progress.goOn(batch, step), (step, _) -> progress.at(batch, step));
      List<RunRecord> ended =
          listener.isStopWanted()
              ? List.of()
              : trainer.train(new BatchTraining.Batch(own, device, sweep.keepsAll()), told);
      if (ended.isEmpty()) {
        throw new Interrupted();
      }
      table.add(ended);
      ended.forEach(run -> progress.take(DecidingLoss.of(run)));
      trained = batch.size();
      for (int i = 0; i < trained; i++) {
        runs.keep(batch.get(i), own.get(i));
      }
    } catch (BatchFailedException e) {
      fail(own, device, String.valueOf(e.getMessage()));
    } finally {
      progress.end(batch, trained);
    }
    table.writeNowAndThen();
  }

  /// Records that runs failed, which are trained again by the next command.
  private void fail(List<PlannedRun> batch, Device device, String why) throws IOException {
    listener.batchFailed(batch.size(), why);
    List<RunRecord> failed = new ArrayList<>();
    for (PlannedRun run : batch) {
      RunRecord record =
          RunRecord.begun(run.id(), run.settings(), provenance(run.inputs(), device)).failed(why);
      RunFolder folder = experiment.run(run.id());
      RunFolder draft = folder.draft();
      draft.begin(run.inputs().spec(), run.inputs().corpus().sha256());
      record.write(draft.run());
      folder.keep(draft);
      failed.add(record);
    }
    table.add(failed);
  }

  /// Sees that a run has all its files: trains it again, to the same numbers, where its model was
  /// not kept.
  ///
  /// @throws IOException if a file cannot be written, or the device that trained it failed
  public void complete(PlannedRun best) throws IOException {
    if (experiment.run(best.id()).hasModel()) {
      if (drawSamples(best)) {
        table.write();
      }
      return;
    }
    Device equal =
        queue.devices().stream()
            .filter(best::isOf)
            .findFirst()
            .orElseThrow(() -> new IOException("the device that trained the best run failed"));
    try {
      List<RunRecord> ended =
          trainer.train(
              new BatchTraining.Batch(List.of(best), equal, true), BatchTraining.Told.NOBODY);
      table.add(ended);
      if (!ended.isEmpty()) {
        table.write();
      }
    } catch (DeviceException | BatchFailedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
