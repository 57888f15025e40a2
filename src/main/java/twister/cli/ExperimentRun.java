package twister.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import twister.backend.DeviceException;
import twister.backend.cpu.CpuBackend;
import twister.chart.LearningRateRange;
import twister.expect.Expectations;
import twister.expect.Findings;
import twister.report.Progress;
import twister.report.RunHeader;
import twister.report.RunSummary;
import twister.report.WrappedLines;
import twister.spec.ExperimentSpec;
import twister.spec.LearningRate;
import twister.spec.SpecWriter;
import twister.spec.TrainingSpec;
import twister.tracking.ExperimentFolder;
import twister.tracking.GitCommit;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;

/// One run of one experiment, from its inputs to its charts.
final class ExperimentRun {

  /// How a run is done and told.
  ///
  /// @param again whether a finished run is trained anew
  /// @param charts whether charts are drawn
  /// @param voice how much is printed
  /// @param profile whether the device's times are taken
  record Options(
      boolean again, boolean charts, Voice voice, boolean profile, Progress.Style progress) {}

  /// What is printed of a run.
  enum Voice {
    /// What is run, and what came of it.
    FULL,
    /// The folder of the run.
    FOLDER,
    /// Nothing but what went wrong.
    NONE
  }

  private final Inputs inputs;
  private final ExperimentSpec spec;
  private final Options options;
  private final Interruption interruption;
  private final Devices.Choice choice;
  private final GitCommit commit;
  private final ExperimentFolder experiment;
  private final Cell cell;
  private final RunFolder folder;
  private Expectations expectations = new Expectations(List.of());

  ExperimentRun(
      Inputs inputs,
      Devices.Choice choice,
      Path results,
      Options options,
      Interruption interruption) {
    this.inputs = inputs;
    this.choice = choice.first();
    this.options = options;
    this.interruption = interruption;
    spec = inputs.spec();
    commit = new GitCommit(inputs.file().toAbsolutePath().resolveSibling("."));
    experiment = new ExperimentFolder(results.resolve(spec.name()));
    cell = Cell.of(inputs, this.choice.device());
    folder = experiment.run(cell.id());
  }

  /// Trains the run, unless it is finished, and tells about it.
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
      return isWanted() ? train() : tellFinished();
    } finally {
      lock.close();
    }
  }

  private boolean isWanted() {
    boolean lacksProfile =
        options.profile()
            && !choice.device().backend().equals(CpuBackend.NAME)
            && !Files.exists(folder.profile());
    boolean lacksModel = Double.isFinite(folder.loss()) && !folder.hasModel();
    return !folder.isComplete() || options.again() || lacksProfile || lacksModel;
  }

  private int tellFinished() throws IOException {
    experiment.writeRuns(List.of());
    String run = spec.name() + ": run " + cell.id();
    if (folder.field("status").equals(RunStatus.DIVERGED.word())) {
      System.err.println(
          "twister: %s has diverged at step %s; --again trains it anew"
              .formatted(run, folder.field("steps")));
      return conclude(ExitCode.SOME_RUNS_ENDED_BADLY);
    }
    say(run + " is finished; --again trains it anew");
    return conclude(ExitCode.DONE);
  }

  private int train() throws IOException {
    Provenance provenance = inputs.provenance(choice.device(), commit.commit());
    say(WrappedLines.of(RunHeader.text(spec, provenance, choice.text()), Terminal.columns()));
    RunRecord run = RunRecord.begun(cell.id(), cell.settings(), provenance);
    RunRecord ended;
    try {
      folder.begin(spec);
      run.write(folder.run());
      experiment.writeSpec(SpecWriter.yaml(spec));
      experiment.writeRuns(List.of(run));
      ended = trained(run);
      ended.write(folder.run());
      experiment.writeRuns(List.of(ended));
    } catch (DeviceException e) {
      throw failed(run, new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw failed(run, e);
    }
    return tell(ended);
  }

  private RunRecord trained(RunRecord run) throws IOException {
    int steps = spec.training().map(TrainingSpec::steps).orElse(1);
    Progress progress = Progress.ofSteps(System.err, options.progress(), steps);
    try {
      return new ModelTraining(
              List.of(new ModelTraining.Run(inputs, run, folder, true)),
              choice,
              options.profile(),
              progress::at,
              interruption)
          .trained()
          .getFirst();
    } finally {
      progress.end();
    }
  }

  /// Marks a run as failed, and says so. Where even that cannot be written, the run stays
  /// `running`, as if the process had been killed, and will be trained anew; one that had not yet
  /// begun leaves nothing.
  private IOException failed(RunRecord run, IOException problem) {
    RunRecord.Outcome outcome =
        new RunRecord.Outcome(
            Instant.now(), 0, 0, Double.NaN, Double.NaN, Map.of(), Reason.of(problem));
    IOException failure =
        new IOException("the run in " + folder.path() + " failed: " + Reason.of(problem), problem);
    try {
      RunRecord ended = run.ended(RunStatus.FAILED, outcome);
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

  private int tell(RunRecord run) throws IOException {
    return switch (run.status()) {
      case FINISHED -> {
        say(RunSummary.losses(run));
        if (!message(run).isEmpty()) {
          say("  ended     " + message(run));
        }
        Map<String, Double> splits = run.outcome().orElseThrow().splits();
        if (!splits.isEmpty()) {
          say(RunSummary.splits(splits));
        }
        if (spec.samples().count() > 0) {
          say(RunSummary.samples(folder.samples()));
        }
        yield conclude(ExitCode.DONE);
      }
      case DIVERGED -> {
        System.err.println("twister: diverged: " + message(run));
        yield conclude(ExitCode.SOME_RUNS_ENDED_BADLY);
      }
      case INTERRUPTED, FAILED, RUNNING -> {
        System.err.println("twister: " + message(run) + "; kept in " + folder.path());
        yield ExitCode.FAILED;
      }
    };
  }

  private static String message(RunRecord run) {
    return run.outcome().orElseThrow().message();
  }

  private Findings findings() {
    return new Findings(
        folder, inputs.corpus(), inputs.ngrams(), new NgramModels(inputs, folder), inputs.tables());
  }

  /// Whether the run was begun and interrupted.
  boolean isInterrupted() {
    return folder.field("status").equals(RunStatus.INTERRUPTED.word());
  }

  /// What was expected beside what was found; nothing before the end of the run.
  Expectations expectations() {
    return expectations;
  }

  /// Draws the charts, compares with what was expected, names the folder.
  private int conclude(int code) throws IOException {
    if (isRangeTest()) {
      say("  rates     " + LearningRateRange.suggestion(folder.metrics()).text());
    }
    if (options.charts()) {
      RunCharts.draw(folder, spec.charts());
    }
    expectations = findings().against(spec.expect());
    if (!expectations.rows().isEmpty()) {
      say("  expected  " + expectations.text());
    }
    switch (options.voice()) {
      case FULL -> System.out.println(RunSummary.files(folder));
      case FOLDER -> System.out.println(folder.path());
      case NONE -> {}
    }
    return expectations.areMet() ? code : Math.max(code, ExitCode.FAILED);
  }

  private boolean isRangeTest() {
    return spec.training()
        .filter(training -> training.learningRate() instanceof LearningRate.RangeTest)
        .isPresent();
  }

  private void say(String text) {
    if (options.voice() == Voice.FULL) {
      System.out.println(text);
    }
  }
}
