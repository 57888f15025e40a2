package twister.experiment;

import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import twister.backend.Device;
import twister.tracking.ExperimentFolder;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;

/// Trains batches in this process, each in the drafts of its runs, where they go on from their
/// checkpoints.
final class LocalBatches implements BatchTraining {
  private final Devices.Choice choice;
  private final ExperimentFolder experiment;
  private final BiFunction<RunInputs, Device, Provenance> provenance;
  private final boolean keepsAll;
  private final boolean again;
  private final ExperimentListener listener;

  /// @param keepsAll whether each run of the sweep keeps all its files
  /// @param again whether no checkpoint counts
  LocalBatches(
      Devices.Choice choice,
      ExperimentFolder experiment,
      BiFunction<RunInputs, Device, Provenance> provenance,
      boolean keepsAll,
      boolean again,
      ExperimentListener listener) {
    this.choice = choice;
    this.experiment = experiment;
    this.provenance = provenance;
    this.keepsAll = keepsAll;
    this.again = again;
    this.listener = listener;
  }

  @Override
  public List<RunRecord> train(Batch batch, Told told) throws IOException {
    boolean isKept = false;
    try {
      List<ModelTraining.Run> made =
          Checkpoints.ready(
              batch.runs().stream()
                  .map(run -> begun(run, batch.device(), batch.isInFull()))
                  .toList(),
              again);
      made.getFirst()
          .from()
          .ifPresent(checkpoint -> told.goesOn().accept(checkpoint.progress().steps()));
      List<RunRecord> ended =
          new ModelTraining(made, choice.on(batch.device()), false, told.watch(), listener)
              .trained();
      if (ended.stream().anyMatch(record -> record.status() == RunStatus.INTERRUPTED)) {
        return List.of();
      }
      Parallel.forEach(made.size(), i -> keep(made.get(i).folder(), ended.get(i)));
      isKept = true;
      return ended;
    } finally {
      if (!isKept) {
        for (PlannedRun run : batch.runs()) {
          experiment.run(run.id()).draft().deleteUnlessHalfway();
        }
      }
    }
  }

  private ModelTraining.Run begun(PlannedRun run, Device device, boolean inFull) {
    RunRecord record =
        RunRecord.begun(run.id(), run.settings(), provenance.apply(run.inputs(), device));
    RunFolder draft = experiment.run(run.id()).draft();
    return new ModelTraining.Run(run.inputs(), record, draft, inFull);
  }

  private void keep(RunFolder draft, RunRecord record) throws IOException {
    record.write(draft.run());
    RunFolder folder = experiment.run(record.id());
    folder.keep(draft);
    folder.deleteCheckpoint();
  }

  @Override
  public int steps(PlannedRun run) {
    return again ? 0 : Checkpoints.steps(begun(run, choice.device(), keepsAll));
  }

  @Override
  public long bytes() {
    return Runtime.getRuntime().maxMemory() / 4;
  }
}
