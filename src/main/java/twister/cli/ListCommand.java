package twister.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import twister.report.ExperimentList;
import twister.report.TableFormat;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;

/// `twister list`: the experiments that have runs.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Lists the experiments that have runs.",
      "Shows how many runs each has, how far they are, the lowest mean loss of a",
      "setting, and when a run was started last."
    })
final class ListCommand implements Callable<Integer> {
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
    List<RunsTable> experiments = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (ExperimentFolder folder : ExperimentChoice.all(results.folder())) {
      try {
        RunsTable runs = RunsTable.read(folder);
        if (!runs.rows().isEmpty()) {
          experiments.add(runs);
        }
      } catch (IOException e) {
        problems.add(e.getMessage());
      }
    }
    PrintWriter out = command.commandLine().getOut();
    ExperimentList list = new ExperimentList(experiments, unit.unit());
    out.print(
        format == TableFormat.TABLE ? list.text(Terminal.columns()) : format.text(list.table()));
    out.flush();
    problems.forEach(problem -> command.commandLine().getErr().println("twister: " + problem));
    command.commandLine().getErr().flush();
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
