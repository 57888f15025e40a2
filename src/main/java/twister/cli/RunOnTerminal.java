package twister.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import twister.chart.LearningRateRange;
import twister.expect.Expectations;
import twister.experiment.Devices;
import twister.experiment.RunInputs;
import twister.experiment.SingleRun;
import twister.report.Progress;
import twister.report.RunHeader;
import twister.report.RunSummary;
import twister.report.WrappedLines;
import twister.spec.LearningRate;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;

/// One run of one experiment: it is trained if it is missing, and what came of it is told and
/// drawn.
final class RunOnTerminal {

  /// How a run is done and told.
  ///
  /// @param again whether a finished run is trained anew
  /// @param charts whether charts are drawn
  /// @param verbosity how much is printed
  /// @param profile whether the device's times are taken
  record Options(
      boolean again,
      boolean charts,
      Verbosity verbosity,
      boolean profile,
      Progress.Style progress) {}

  /// What is printed of a run.
  enum Verbosity {
    /// What is run, and what came of it.
    FULL,
    /// The folder of the run.
    FOLDER,
    /// Nothing but what went wrong.
    NONE
  }

  private final RunInputs inputs;
  private final Devices.Choice choice;
  private final Path results;
  private final Options options;
  private final Interruption interruption;
  private Expectations expectations = new Expectations(List.of());
  private boolean isInterrupted;

  RunOnTerminal(
      RunInputs inputs,
      Devices.Choice choice,
      Path results,
      Options options,
      Interruption interruption) {
    this.inputs = inputs;
    this.choice = choice;
    this.results = results;
    this.options = options;
    this.interruption = interruption;
  }

  /// Trains the run, unless it is finished, and tells about it.
  ///
  /// @return the exit code
  int run() throws IOException {
    TerminalListener listener =
        new TerminalListener(options.progress(), false, interruption, this::say);
    SingleRun.Options wanted = new SingleRun.Options(options.again(), options.profile());
    try (SingleRun run = SingleRun.open(inputs, choice, results, wanted, listener)) {
      return run.isWanted() ? train(run) : tellFinished(run);
    }
  }

  private int tellFinished(SingleRun run) throws IOException {
    boolean isDrawn = run.keep();
    String name = inputs.spec().name() + ": run " + run.id();
    RunRecord found = RunRecord.read(run.folder().run());
    if (found.status() == RunStatus.DIVERGED) {
      Terminal.warn(
          "%s diverged at step %d; --again trains it again"
              .formatted(name, found.outcome().map(RunRecord.Outcome::steps).orElse(0)));
      return conclude(run, ExitCode.SOME_RUNS_ENDED_BADLY);
    }
    say(
        name
            + (isDrawn
                ? " is finished; its names are drawn anew\n" + samples(run)
                : " is finished; --again trains it again"));
    return conclude(run, ExitCode.DONE);
  }

  private int train(SingleRun run) throws IOException {
    say(
        WrappedLines.of(
            RunHeader.text(inputs.spec(), run.provenance(), run.choice().text()),
            Terminal.columns()));
    return tell(run, run.train());
  }

  private int tell(SingleRun run, RunRecord ended) throws IOException {
    return switch (ended.status()) {
      case FINISHED -> {
        say(RunSummary.losses(ended));
        if (!message(ended).isEmpty()) {
          say("  ended     " + message(ended));
        }
        Map<String, Double> splits = ended.outcome().orElseThrow().splits();
        if (!splits.isEmpty()) {
          say(RunSummary.splits(splits));
        }
        if (inputs.spec().samples().count() > 0) {
          say(samples(run));
        }
        yield conclude(run, ExitCode.DONE);
      }
      case DIVERGED -> {
        Terminal.warn("diverged: " + message(ended));
        yield conclude(run, ExitCode.SOME_RUNS_ENDED_BADLY);
      }
      case INTERRUPTED, FAILED, RUNNING -> {
        isInterrupted = ended.status() == RunStatus.INTERRUPTED;
        Terminal.warn(
            message(ended)
                + "; kept in "
                + run.folder().path()
                + (Files.exists(run.folder().checkpoint())
                    ? "; run the same command again to go on"
                    : ""));
        yield ExitCode.FAILED;
      }
    };
  }

  private String samples(SingleRun run) throws IOException {
    return RunSummary.samples(
        run.folder().samples(),
        inputs.spec().data().format().boundary(),
        inputs.spec().samples().lengthLimit());
  }

  private static String message(RunRecord ended) {
    return ended.outcome().orElseThrow().message();
  }

  /// Whether the run was begun and interrupted.
  boolean isInterrupted() {
    return isInterrupted;
  }

  /// What was expected beside what was found; nothing before the end of the run.
  Expectations expectations() {
    return expectations;
  }

  /// Draws the charts, compares with what was expected, names the folder.
  private int conclude(SingleRun run, int code) throws IOException {
    if (isRangeTest()) {
      say("  rates     " + LearningRateRange.suggestion(run.folder().metrics()).text());
    }
    if (options.charts()) {
      RunCharts.draw(run.folder(), inputs.spec().charts()).warning().ifPresent(Terminal::warn);
    }
    expectations = run.expectations();
    if (!expectations.rows().isEmpty()) {
      say("  expected  " + expectations.text());
    }
    switch (options.verbosity()) {
      case FULL -> System.out.println(RunSummary.files(run.folder()));
      case FOLDER -> System.out.println(run.folder().path());
      case NONE -> {}
    }
    return expectations.areMet() ? code : Math.max(code, ExitCode.FAILED);
  }

  private boolean isRangeTest() {
    return inputs
        .spec()
        .training()
        .filter(training -> training.learningRate() instanceof LearningRate.RangeTest)
        .isPresent();
  }

  private void say(String text) {
    if (options.verbosity() == Verbosity.FULL) {
      System.out.println(text);
    }
  }
}
