package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.expect.Expectations;
import twister.experiment.Devices;
import twister.experiment.FailureReason;
import twister.experiment.ResultsFolder;
import twister.experiment.RunInputs;
import twister.report.Progress;
import twister.report.Reproduction;
import twister.spec.SpecReader;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister reproduce`: runs experiments that say what they expect, and compares.
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Runs experiments that say what they expect; prints published against measured.",
      "",
      "The table has the experiments of this command only. It is also written as",
      "reproduction.csv and reproduction.md, in place of the table before.",
      "",
    },
    footerHeading = "%nExample:%n",
    footer = "  ${ROOT-COMMAND-NAME} reproduce experiments/published")
final class ReproduceCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "experiment files, or folders, whose files with a section expect are run")
  private List<Path> files = List.of();

  @Mixin private ResultsOption results;

  @Mixin private DeviceOption device;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    List<RunInputs> all = new ArrayList<>();
    List<Devices.Choice> choices;
    try {
      device.check();
      readAll(all);
      List<ResultsFolder.Plan> plans = all.stream().map(ResultsFolder::plan).toList();
      ResultsFolder.check(results.folder(), plans);
      choices = device.choose(all.stream().map(RunInputs::request).toList());
      ResultsFolder.checkSpace(results.folder(), plans, choices, false);
    } catch (Devices.NotLoaded e) {
      return DeviceOption.relaunch(
          command.root().commandLine().getParseResult().originalArgs(),
          all.stream()
              .collect(
                  Collectors.toMap(
                      inputs -> inputs.spec().name(), RunInputs::request, (first, _) -> first)),
          results.folder());
    }
    return reproduce(all, choices);
  }

  private void readAll(List<RunInputs> all) throws InvalidInputException, IOException {
    List<Mistake> mistakes = new ArrayList<>();
    for (Path file : files) {
      List<RunInputs> found = new ArrayList<>();
      List<Mistake> wrong = new ArrayList<>();
      for (Path experiment : experiments(file, wrong)) {
        try {
          read(experiment).ifPresent(found::add);
        } catch (InvalidInputException e) {
          wrong.addAll(e.mistakes());
        }
      }
      if (found.isEmpty() && wrong.isEmpty()) {
        wrong.add(nothingExpected(file));
      }
      all.addAll(found);
      mistakes.addAll(wrong);
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
  }

  /// An experiment, if it expects anything; a sweep cannot.
  private Optional<RunInputs> read(Path file) throws InvalidInputException, IOException {
    if (!SpecReader.sweep(file, List.of(), List.of()).isOne()) {
      return Optional.empty();
    }
    RunInputs inputs = RunInputs.read(file, List.of(), FetchedOnTerminal.source());
    if (inputs.spec().expect().isEmpty()) {
      return Optional.empty();
    }
    boolean trains = inputs.spec().training().isPresent();
    return Optional.of(trains ? RunInputs.read(file, device.overrides()) : inputs);
  }

  private static Mistake nothingExpected(Path file) {
    String what =
        Files.isDirectory(file) ? "holds no experiment that expects anything" : "expects nothing";
    return Mistake.in(
        file.toString(),
        what
            + ", so there is nothing to compare; a section expect, such as expect: {loss: {0:"
            + " 3.7590}}, says what a run must find (docs/expect.md)");
  }

  /// The file itself, or the experiment files in a folder by name.
  private static List<Path> experiments(Path file, List<Mistake> mistakes) {
    if (!Files.isDirectory(file)) {
      return List.of(file);
    }
    try (Stream<Path> inside = Files.list(file)) {
      List<Path> experiments =
          inside.filter(path -> path.toString().endsWith(".yaml")).sorted().toList();
      if (experiments.isEmpty()) {
        mistakes.add(Mistake.in(file.toString(), "holds no experiment files, allowed: *.yaml"));
      }
      return experiments;
    } catch (IOException e) {
      mistakes.add(Mistake.in(file.toString(), "cannot be read: " + FailureReason.of(e)));
      return List.of();
    }
  }

  private int reproduce(List<RunInputs> all, List<Devices.Choice> choices) throws IOException {
    RunOnTerminal.Options options =
        new RunOnTerminal.Options(
            true, false, RunOnTerminal.Verbosity.NONE, false, Progress.Style.NONE);
    Reproduction reproduction = new Reproduction();
    int code = ExitCode.DONE;
    try (Interruption interruption = new Interruption()) {
      for (int i = 0; i < all.size(); i++) {
        if (interruption.isWished()) {
          return interrupted(i, all.size());
        }
        RunInputs inputs = all.get(i);
        RunOnTerminal run =
            new RunOnTerminal(inputs, choices.get(i), results.folder(), options, interruption);
        String document = inputs.spec().expect().document().orElse(inputs.spec().name());
        String device = choices.get(i).device().index();
        try {
          code = Math.max(code, run.run());
          if (run.isInterrupted()) {
            return interrupted(i, all.size());
          }
          reproduction.add(document, device, run.expectations());
        } catch (IOException e) {
          Terminal.warn(FailureReason.of(e));
          reproduction.add(document, device, Expectations.ofFailure(inputs.spec().name()));
        }
      }
      reproduction.write(results.folder());
    }
    PrintWriter out = command.commandLine().getOut();
    out.print(reproduction.text(Terminal.columns()));
    out.println(table() + ", " + results.folder().resolve("reproduction.md"));
    out.flush();
    return reproduction.isMet() ? code : Math.max(code, ExitCode.FAILED);
  }

  private Path table() {
    return results.folder().resolve("reproduction.csv");
  }

  /// The table of some of the experiments would look like one of all of them.
  private int interrupted(int done, int all) {
    Terminal.warn(
        "interrupted after %,d of %,d experiments; %s %s"
            .formatted(
                done, all, table(), Files.exists(table()) ? "is as it was" : "was not written"));
    return ExitCode.FAILED;
  }
}
