package twister.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import twister.experiment.Devices;
import twister.experiment.Experiment;
import twister.experiment.FailureReason;
import twister.experiment.ResultsFolder;
import twister.report.Progress;
import twister.yaml.InvalidInputException;

/// `twister run`: trains what experiment files say and keeps it.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Trains what an experiment file says; keeps metrics, samples and charts.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} run experiments/bigram.yaml",
      "  ${ROOT-COMMAND-NAME} run experiments/bigram.yaml --set training.learning-rate=10",
      "  ${ROOT-COMMAND-NAME} run experiments/bigram.yaml --sweep training.l2=0,0.01,0.1",
      "  ${ROOT-COMMAND-NAME} run experiments/bigram.yaml --again --results /tmp/results",
      "  ${ROOT-COMMAND-NAME} run experiments/bigram.yaml --device gpu --profile"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private ExperimentFiles experiments;

  @Mixin private ResultsOption results;

  @Option(names = "--again", description = "trains finished runs again")
  private boolean again;

  @Option(names = "--no-charts", description = "draws no charts")
  private boolean noCharts;

  @Option(
      names = {"-q", "--quiet"},
      description = "prints only the folder of each run")
  private boolean quiet;

  @Mixin private DeviceOption device;

  @Option(
      names = "--profile",
      description =
          "measures where the time of a device other than cpu goes; writes a table and a chart")
  private boolean profile;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    List<Experiment> all = List.of();
    List<Devices.Choice> choices;
    try {
      device.check();
      all = experiments.read(device.overrides());
      List<ResultsFolder.Plan> plans = all.stream().map(ResultsFolder::plan).toList();
      ResultsFolder.check(results.folder(), plans);
      choices = device.choose(all.stream().map(Experiment::request).toList());
      ResultsFolder.checkSpace(results.folder(), plans, choices, again);
    } catch (Devices.NotLoaded e) {
      return DeviceOption.relaunch(
          command.root().commandLine().getParseResult().originalArgs(),
          all.stream()
              .collect(
                  Collectors.toMap(Experiment::name, Experiment::request, (first, _) -> first)),
          results.folder());
    }
    int code = ExitCode.DONE;
    try (Interruption interruption = new Interruption()) {
      for (int i = 0; i < all.size(); i++) {
        code = Math.max(code, run(all.get(i), choices.get(i), interruption));
      }
    }
    return code;
  }

  private int run(Experiment experiment, Devices.Choice choice, Interruption interruption) {
    if (profile && !experiment.sweep().isOne()) {
      Terminal.warn(
          "--profile is for single runs; the sweep %s is trained without it"
              .formatted(experiment.name()));
    }
    try {
      return experiment.sweep().isOne()
          ? new RunOnTerminal(
                  experiment.runs().getFirst(), choice, results.folder(), options(), interruption)
              .run()
          : new SweepOnTerminal(experiment, choice, results.folder(), options(), interruption)
              .run();
    } catch (IOException e) {
      Terminal.warn(FailureReason.of(e));
      return ExitCode.FAILED;
    }
  }

  private RunOnTerminal.Options options() {
    Progress.Style style =
        quiet
            ? Progress.Style.NONE
            : System.getProperty("twister.terminal") != null
                ? Progress.Style.TERMINAL
                : Progress.Style.LOG;
    return new RunOnTerminal.Options(
        again,
        !noCharts,
        quiet ? RunOnTerminal.Verbosity.FOLDER : RunOnTerminal.Verbosity.FULL,
        profile,
        style);
  }
}
