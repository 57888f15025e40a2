package twister.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import twister.report.Progress;
import twister.spec.InvalidInputException;
import twister.spec.Mistake;

/// `twister run`: trains what experiment files say and keeps it.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Trains what an experiment file says; keeps metrics, samples and charts.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  twister run experiments/bigram.yaml",
      "  twister run experiments/bigram.yaml --set training.learning-rate=10",
      "  twister run experiments/bigram.yaml --again --results /tmp/results",
      "  twister run experiments/bigram.yaml --device gpu --profile"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private ExperimentFiles experiments;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where runs are kept (default: ${DEFAULT-VALUE})",
      defaultValue = "results")
  private Path results;

  @Option(names = "--again", description = "trains runs anew that are finished already")
  private boolean again;

  @Option(names = "--no-charts", description = "draws no charts")
  private boolean noCharts;

  @Option(
      names = {"-q", "--quiet"},
      description = "prints nothing but the folder of each run")
  private boolean quiet;

  @Mixin private DeviceOption device;

  @Option(
      names = "--profile",
      description = "takes the times of a device other than cpu, for a table and a chart")
  private boolean profile;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    List<Inputs> all = new ArrayList<>();
    List<Devices.Choice> choices;
    try {
      device.check();
      readAll(all);
      ResultsFolder.check(results, all);
      choices = device.choose(all);
    } catch (InvalidInputException e) {
      System.err.println(e.getMessage());
      return ExitCode.WRONG_INPUT;
    } catch (Devices.NotLoaded e) {
      return DeviceOption.relaunch(
          command.root().commandLine().getParseResult().originalArgs(), all, results);
    }
    int code = ExitCode.DONE;
    try (Interruption interruption = new Interruption()) {
      for (int i = 0; i < all.size(); i++) {
        code = Math.max(code, run(all.get(i), choices.get(i), interruption));
      }
    }
    return code;
  }

  /// What replaces keys of the files, the device among it.
  private List<String> overrides() {
    return Stream.concat(experiments.overrides().stream(), device.overrides().stream()).toList();
  }

  private void readAll(List<Inputs> all) throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    for (Path file : experiments.files()) {
      try {
        all.add(Inputs.read(file, overrides()));
      } catch (InvalidInputException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
  }

  private int run(Inputs inputs, Devices.Choice choice, Interruption interruption) {
    try {
      return new ExperimentRun(inputs, choice, results, options(), interruption).run();
    } catch (IOException e) {
      System.err.println("twister: " + Reason.of(e));
      return ExitCode.FAILED;
    }
  }

  private ExperimentRun.Options options() {
    Progress.Style style =
        quiet
            ? Progress.Style.NONE
            : System.getProperty("twister.terminal") != null
                ? Progress.Style.TERMINAL
                : Progress.Style.LOG;
    return new ExperimentRun.Options(
        again,
        !noCharts,
        quiet ? ExperimentRun.Voice.FOLDER : ExperimentRun.Voice.FULL,
        profile,
        style);
  }
}
