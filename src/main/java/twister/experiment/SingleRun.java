package twister.experiment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import twister.backend.DeviceException;
import twister.backend.cpu.CpuBackend;
import twister.expect.Expectations;
import twister.expect.Findings;
import twister.ranking.DecidingLoss;
import twister.spec.SpecWriter;
import twister.spec.TrainingSpec;
import twister.tracking.ExperimentFolder;
import twister.tracking.GitCommit;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;

/// One run of one experiment. While it is open, no other process trains in the experiment's folder.
public final class SingleRun implements AutoCloseable {
  private final RunInputs inputs;
  private final Devices.Choice choice;
  private final Options options;
  private final ExperimentListener listener;
  private final ExperimentFolder experiment;
  private final PlannedRun plan;
  private final Provenance provenance;
  private final RunFolder folder;
  private final FileChannel lock;

  /// How a run is trained.
  ///
  /// @param again whether a run that is complete is trained anew
  /// @param profiles whether the device's times are taken
  public record Options(boolean again, boolean profiles) {}

  private SingleRun(
      RunInputs inputs,
      Devices.Choice choice,
      ExperimentFolder experiment,
      Options options,
      ExperimentListener listener)
      throws IOException {
    this.inputs = inputs;
    this.choice = choice.first();
    this.options = options;
    this.listener = listener;
    this.experiment = experiment;
    GitCommit commit = new GitCommit(inputs.file());
    plan = there(experiment, PlannedRun.of(inputs, this.choice.device()));
    provenance = inputs.provenance(this.choice.device(), commit.commit());
    folder = experiment.run(plan.id());
    lock = ExperimentLock.of(experiment);
  }

  /// The run by the name that it has in a folder, if it is there.
  private static PlannedRun there(ExperimentFolder experiment, PlannedRun run) {
    return Files.exists(experiment.run(run.id()).run())
        ? run
        : run.former().filter(old -> Files.exists(experiment.run(old.id()).run())).orElse(run);
  }

  /// Opens a run.
  ///
  /// @param choice the devices, of which it is trained on the first
  /// @param results the folder of all experiments
  /// @throws IOException if another process trains in the experiment's folder
  public static SingleRun open(
      RunInputs inputs,
      Devices.Choice choice,
      Path results,
      Options options,
      ExperimentListener listener)
      throws IOException {
    ExperimentFolder experiment = new ExperimentFolder(results.resolve(inputs.spec().name()));
    return new SingleRun(inputs, choice, experiment, options, listener);
  }

  /// The name of the run.
  public String id() {
    return plan.id();
  }

  /// The device that it is trained on.
  public Devices.Choice choice() {
    return choice;
  }

  /// What it is made from.
  public Provenance provenance() {
    return provenance;
  }

  /// Where its files are, or will be.
  public RunFolder folder() {
    return folder;
  }

  /// Whether there is anything to train: nothing if the run is complete and has all that is wanted.
  public boolean isWanted() {
    boolean lacksProfile =
        options.profiles()
            && !choice.device().backend().equals(CpuBackend.NAME)
            && !Files.exists(folder.profile());
    Optional<RunRecord> complete = folder.record().filter(run -> run.status().isComplete());
    return complete.isEmpty()
        || folder.isDamaged()
        || options.again()
        || lacksProfile
        || lacksModel(complete.get())
        || samples().needTraining();
  }

  private boolean lacksModel(RunRecord run) {
    return Double.isFinite(DecidingLoss.of(run)) && !folder.hasModel();
  }

  private NewSamples samples() {
    return new NewSamples(inputs, folder);
  }

  /// Puts a run that is complete into the table of runs, if it is not there, mends the experiment's
  /// `spec.yaml`, deletes the checkpoint that a kill has left, and draws names anew, if other ones
  /// are wanted now.
  ///
  /// @return whether names were drawn
  /// @throws IOException if a file cannot be read or written
  public boolean keep() throws IOException {
    folder.deleteCheckpoint();
    boolean isDrawn = samples().draw(plan.settings());
    experiment.mendSpec(SpecWriter.yaml(inputs.spec()));
    experiment.writeRuns(List.of());
    return isDrawn;
  }

  /// Trains the run, anew if it is there already.
  ///
  /// @return the run as it ended, which is kept
  /// @throws IOException if it failed; then it is kept as `failed`
  public RunRecord train() throws IOException {
    RunRecord run = RunRecord.begun(plan.id(), plan.settings(), provenance);
    try {
      ModelTraining.Run begun =
          Checkpoints.ready(
                  List.of(new ModelTraining.Run(inputs, run, folder, true)),
                  options.again() || options.profiles())
              .getFirst();
      run = begun.record();
      run.write(folder.run());
      experiment.writeSpec(SpecWriter.yaml(inputs.spec()));
      experiment.writeRuns(List.of(run));
      RunRecord ended = trained(begun);
      ended.write(folder.run());
      if (ended.status().isComplete()) {
        folder.deleteCheckpoint();
      }
      experiment.writeRuns(List.of(ended));
      return ended;
    } catch (DeviceException e) {
      throw failed(run, new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw failed(run, e);
    }
  }

  private RunRecord trained(ModelTraining.Run run) throws IOException {
    int steps = inputs.spec().training().map(TrainingSpec::steps).orElse(1);
    listener.trainingBegins(steps);
    try {
      return new ModelTraining(
              List.of(run), choice, options.profiles(), listener::progress, listener)
          .trained()
          .getFirst();
    } finally {
      listener.trainingEnded();
    }
  }

  /// Marks a run as failed, and says so. Where even that cannot be written, the run stays
  /// `running`, as if the process had been killed, and will be trained anew; one that had not yet
  /// begun leaves nothing.
  private IOException failed(RunRecord run, IOException problem) {
    IOException failure =
        new IOException(
            "the run in " + folder.path() + " failed: " + FailureReason.of(problem), problem);
    try {
      RunRecord ended = run.failed(FailureReason.of(problem));
      ended.write(folder.run());
      experiment.writeRuns(List.of(ended));
    } catch (IOException e) {
      failure.addSuppressed(e);
      deleteUnlessBegun(failure);
    }
    return failure;
  }

  private void deleteUnlessBegun(IOException failure) {
    try {
      if (!Files.exists(folder.run())) {
        folder.delete();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /// What the run found beside what its experiment expects.
  ///
  /// @throws IOException if a file of the run cannot be read
  public Expectations expectations() throws IOException {
    return new Findings(
            folder,
            inputs.corpus(),
            inputs.ngrams(),
            new NgramModels(inputs, folder),
            inputs.tables())
        .against(inputs.spec().expect());
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
