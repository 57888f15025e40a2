package twister.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
      "  twister run experiments/bigram.yaml --again --results /tmp/results"
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

  @Override
  public Integer call() {
    List<Inputs> all = new ArrayList<>();
    try {
      readAll(all);
      ResultsFolder.check(results, all);
    } catch (InvalidInputException e) {
      System.err.println(e.getMessage());
      return ExitCode.WRONG_INPUT;
    }
    int code = ExitCode.DONE;
    try (Interruption interruption = new Interruption()) {
      for (Inputs inputs : all) {
        code = Math.max(code, run(inputs, interruption));
      }
    }
    return code;
  }

  private void readAll(List<Inputs> all) throws InvalidInputException {
    List<Mistake> mistakes = new ArrayList<>();
    for (Path file : experiments.files()) {
      try {
        all.add(Inputs.read(file, experiments.overrides()));
      } catch (InvalidInputException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
  }

  private int run(Inputs inputs, Interruption interruption) {
    try {
      return new ExperimentRun(inputs, results, options(), interruption).run();
    } catch (IOException e) {
      System.err.println("twister: " + Reason.of(e));
      return ExitCode.FAILED;
    }
  }

  private ExperimentRun.Options options() {
    Progress.Style style =
        quiet
            ? Progress.Style.NONE
            : Boolean.getBoolean("twister.terminal") ? Progress.Style.TERMINAL : Progress.Style.LOG;
    return new ExperimentRun.Options(again, !noCharts, quiet, style);
  }
}
