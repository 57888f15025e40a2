package twister.experiment;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import twister.spec.CheckpointInterval;
import twister.spec.SamplesSpec;
import twister.tracking.Checkpoint;
import twister.tracking.CheckpointFile;
import twister.tracking.Provenance;
import twister.tracking.RunRecord;
import twister.training.RunProgress;

/// Keeps where runs are that are trained together, every now and then, so that a training that is
/// killed goes on there.
///
/// What is trained from a checkpoint on has the bits of a training that was never killed, on an
/// equal device by the same program: its origin says which these are.
final class Checkpoints {
  /// What is not worth a file when a training is ended.
  private static final double SHORT_SECONDS = 1;

  private final List<ModelTraining.Run> runs;
  private final RunLogs logs;
  private final ExperimentListener listener;
  private final double interval;
  private final long start = System.nanoTime();
  private volatile long latest = start;

  /// @param runs that begin, or go on from their checkpoints, now
  Checkpoints(List<ModelTraining.Run> runs, RunLogs logs, ExperimentListener listener) {
    this.runs = List.copyOf(runs);
    this.logs = logs;
    this.listener = listener;
    interval =
        runs.stream()
            .map(run -> run.training().checkpoint())
            .mapToDouble(CheckpointInterval::seconds)
            .min()
            .orElseThrow();
  }

  /// What the rest of a run must have in common with what came before its checkpoint.
  ///
  /// @param isInFull whether every loss is kept
  static String origin(RunRecord run, SamplesSpec samples, boolean isInFull) {
    Provenance provenance = run.provenance();
    return String.join(
        "\n",
        run.id(),
        provenance.twister().toString(),
        provenance.platform().toString(),
        provenance.device().backend(),
        provenance.device().name(),
        provenance.device().driver(),
        provenance.data().sha256(),
        isInFull ? "every loss" : "some losses",
        samples.along().isPresent() ? samples.toString() : "names at the end");
  }

  /// Runs that are trained together, as they go on from the checkpoints in their folders, or begin
  /// where these do not go together. In either case their folders are made ready.
  ///
  /// @param runs that begin
  /// @param isAnew whether no checkpoint counts
  /// @throws IOException if a file cannot be written
  static List<ModelTraining.Run> ready(List<ModelTraining.Run> runs, boolean isAnew)
      throws IOException {
    List<Checkpoint> there =
        isAnew ? List.of() : runs.parallelStream().flatMap(run -> of(run).stream()).toList();
    boolean goOn =
        there.size() == runs.size()
            && there.stream().map(checkpoint -> checkpoint.progress().steps()).distinct().count()
                == 1;
    ModelTraining.Run[] ready = new ModelTraining.Run[runs.size()];
    Parallel.forEach(
        ready.length,
        i -> {
          ModelTraining.Run run = runs.get(i);
          String sha256 = run.inputs().corpus().sha256();
          if (goOn) {
            run.folder().goOn(run.inputs().spec(), sha256);
          } else {
            run.folder().begin(run.inputs().spec(), sha256);
          }
          ready[i] = goOn ? run.from(there.get(i)) : run;
        });
    return List.of(ready);
  }

  /// After how many steps a run is that can go on; 0 where it begins.
  static int steps(ModelTraining.Run run) {
    return of(run).map(there -> there.progress().steps()).orElse(0);
  }

  private static Optional<Checkpoint> of(ModelTraining.Run run) {
    return CheckpointFile.read(run.folder().checkpoint())
        .filter(there -> there.origin().equals(run.origin()));
  }

  /// Whether it is time for the next ones.
  ///
  /// @param isLast whether the training ends before its last step
  boolean areWanted(boolean isLast) {
    double seconds = (System.nanoTime() - latest) / 1e9;
    return seconds >= (isLast && Double.isFinite(interval) ? SHORT_SECONDS : interval);
  }

  /// How long the training of a run took so far, its share of all.
  double seconds(int run) {
    double before = runs.get(run).from().map(Checkpoint::seconds).orElse(0.0);
    return before + (System.nanoTime() - start) / 1e9 / runs.size();
  }

  /// Writes where all runs are. One that cannot be written stops no training.
  ///
  /// @throws IOException if what grows with a run cannot be written
  void write(List<RunProgress> progress) throws IOException {
    latest = System.nanoTime();
    Checkpoint[] checkpoints = new Checkpoint[runs.size()];
    Parallel.forEach(runs.size(), run -> checkpoints[run] = checkpoint(run, progress.get(run)));
    try {
      Parallel.forEach(
          runs.size(),
          run -> CheckpointFile.write(runs.get(run).folder().checkpoint(), checkpoints[run]));
    } catch (IOException e) {
      listener.checkpointFailed(FailureReason.of(e));
    }
  }

  private Checkpoint checkpoint(int number, RunProgress progress) throws IOException {
    ModelTraining.Run run = runs.get(number);
    RunLog log = logs.get(number);
    return new Checkpoint(
        run.origin(), run.record().started(), seconds(number), log.drawn(), log.flush(), progress);
  }
}
