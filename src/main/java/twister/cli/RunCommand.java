package twister.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import twister.experiment.Cluster;
import twister.experiment.Devices;
import twister.experiment.Experiment;
import twister.experiment.FailureReason;
import twister.experiment.ResultsFolder;
import twister.experiment.Shard;
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
      "  ${ROOT-COMMAND-NAME} run experiments/bigram.yaml --device gpu --profile",
      "  ${ROOT-COMMAND-NAME} run experiments/bigram.yaml --sweep seeds=1000 \\",
      "      --on spark://host:7077"
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

  @Mixin private ClusterOption cluster;

  @Option(
      names = "--shard",
      paramLabel = "PART",
      description =
          "trains a part of a sweep, such as 3/16, the third of sixteen; what the parts leave,"
              + " copied together, is the sweep")
  private Optional<String> shard = Optional.empty();

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
      cluster.check();
      all = parts(experiments.read(device.overrides()));
      cluster.checkThatItCanTrain(all);
      List<ResultsFolder.Plan> plans = all.stream().map(ResultsFolder::plan).toList();
      ResultsFolder.check(results.folder(), plans);
      // What a cluster trains on is known when it is asked.
      List<Experiment> here = all.stream().filter(one -> !cluster.trains(one)).toList();
      choices = device.choose(here.stream().map(Experiment::request).toList());
      checkSpace(here, choices);
    } catch (Devices.NotLoaded e) {
      return DeviceOption.relaunch(
          command.root().commandLine().getParseResult().originalArgs(),
          all.stream()
              .collect(
                  Collectors.toMap(Experiment::name, Experiment::request, (first, _) -> first)),
          results.folder());
    }
    return trained(all, choices.iterator());
  }

  /// Trains experiments.
  ///
  /// @param here the devices of those that no cluster trains
  private int trained(List<Experiment> all, Iterator<Devices.Choice> here)
      throws InvalidInputException {
    int code = ExitCode.DONE;
    try (Interruption interruption = new Interruption()) {
      for (Experiment one : all) {
        code =
            Math.max(
                code,
                cluster.trains(one)
                    ? runElsewhere(one, interruption)
                    : run(one, here.next(), interruption));
      }
    }
    return code;
  }

  private List<Experiment> parts(List<Experiment> whole) throws InvalidInputException {
    if (shard.isEmpty()) {
      return whole;
    }
    List<Experiment> parts = new ArrayList<>();
    for (Experiment experiment : whole) {
      parts.add(experiment.part(Shard.of(shard.get())));
    }
    return parts;
  }

  private void checkSpace(List<Experiment> experiments, List<Devices.Choice> choices)
      throws InvalidInputException {
    ResultsFolder.checkSpace(
        results.folder(), experiments.stream().map(ResultsFolder::plan).toList(), choices, again);
  }

  private int runElsewhere(Experiment experiment, Interruption interruption)
      throws InvalidInputException {
    warnOfProfile(experiment);
    try (Cluster connected = cluster.connect(experiment)) {
      Devices.Choice choice = new Devices(Terminal::warn).of(connected, cluster.address());
      checkSpace(List.of(experiment), List.of(choice));
      return new SweepOnTerminal(
              experiment, choice, Optional.of(connected), results.folder(), options(), interruption)
          .run();
    } catch (IOException e) {
      Terminal.warn(FailureReason.of(e));
      return ExitCode.FAILED;
    }
  }

  private void warnOfProfile(Experiment experiment) {
    if (profile && !experiment.sweep().isOne()) {
      Terminal.warn(
          "--profile is for single runs; the sweep %s is trained without it"
              .formatted(experiment.name()));
    }
  }

  private int run(Experiment experiment, Devices.Choice choice, Interruption interruption) {
    warnOfProfile(experiment);
    cluster.tellWhyHere(experiment);
    try {
      return experiment.sweep().isOne()
          ? new RunOnTerminal(
                  experiment.runs().getFirst(), choice, results.folder(), options(), interruption)
              .run()
          : new SweepOnTerminal(
                  experiment, choice, Optional.empty(), results.folder(), options(), interruption)
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
