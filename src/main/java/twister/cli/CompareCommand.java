package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import twister.report.RunComparison;
import twister.report.TableFormat;
import twister.text.CommandName;
import twister.tracking.RunFolder;
import twister.tracking.RunSearch;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// `twister compare`: what two runs or more differ in.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Prints what differs between runs: settings, provenance, losses.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} compare j358 meb0",
      "  ${ROOT-COMMAND-NAME} compare j358 /mnt/results/bigram/j35882d4cdb9"
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description =
          "a run's id, the beginning of the id, or its folder; the others are compared with the"
              + " first")
  private List<String> runs;

  @Mixin private ResultsOption results;

  @Mixin private UnitOption unit;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv, spreadsheet, json, markdown or latex (default: table)",
      defaultValue = "table")
  private TableFormat format;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    PrintWriter out = command.commandLine().getOut();
    List<RunFolder> folders = folders();
    RunComparison comparison = RunComparison.of(folders, unit.unit());
    out.print(
        switch (format) {
          case CSV, SPREADSHEET, JSON -> format.text(comparison.sheet());
          case TABLE, MARKDOWN, LATEX -> comparison.text(format, Terminal.columns());
        });
    out.flush();
    return tellFailures(folders);
  }

  /// What is printed of runs that failed is what they were to be.
  private static int tellFailures(List<RunFolder> folders) throws IOException {
    int code = ExitCode.DONE;
    for (RunFolder run : folders) {
      Optional<String> failure = run.failure();
      if (failure.isPresent()) {
        Terminal.warn("%s: %s".formatted(run.path(), failure.get()));
        code = ExitCode.FAILED;
      }
    }
    return code;
  }

  private List<RunFolder> folders() throws InvalidInputException, IOException {
    List<RunFolder> folders = RunSearch.runs(results.folder(), "RUN", runs);
    if (folders.size() == 1) {
      throw new InvalidInputException(
          Mistake.in(
              "RUN " + runs.getFirst(),
              "is one run, allowed: two or more; %s compares the second with the first"
                  .formatted(CommandName.with("compare RUN RUN"))));
    }
    for (RunFolder run : folders) {
      run.refuseDamaged();
    }
    return folders;
  }
}
