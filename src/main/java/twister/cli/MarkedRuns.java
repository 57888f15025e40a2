package twister.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import twister.ranking.Condition;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;
import twister.tracking.RunNotes;
import twister.tracking.RunSearch;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// The arguments of the commands that say something of runs: one run, or those of an experiment
/// that meet a condition.
final class MarkedRuns {
  @Parameters(
      index = "0",
      paramLabel = "RUN|EXPERIMENT",
      description =
          "a run's id, the beginning of the id, or its folder; with --where an experiment's "
              + "name, its folder, or its file")
  private String name;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description = "takes the runs of the experiment that meet a condition, as of runs")
  private Optional<String> where = Optional.empty();

  @Mixin private ResultsOption results;

  /// Their folders.
  ///
  /// @throws InvalidInputException if there is none
  List<RunFolder> folders() throws InvalidInputException, IOException {
    if (where.isEmpty()) {
      refuseExperiment();
      return List.of(RunSearch.run(results.folder(), "RUN", name));
    }
    ExperimentFolder experiment = ExperimentChoice.of(results.folder(), name);
    RunsTable runs = RunNotes.in(RunsTable.read(experiment), experiment);
    Condition condition = Condition.of(where.get(), runs);
    List<RunFolder> found =
        runs.where(condition::holds).rows().stream()
            .map(row -> experiment.run(row.text("run")))
            .toList();
    if (found.isEmpty()) {
      throw new InvalidInputException(
          Mistake.in("--where", "no run of " + experiment.path() + " meets the condition"));
    }
    return found;
  }

  private void refuseExperiment() throws InvalidInputException, IOException {
    if (!ExperimentChoice.isName(results.folder(), name)) {
      return;
    }
    throw new InvalidInputException(
        Mistake.in(
            "EXPERIMENT " + name,
            "is an experiment, which has many runs; allowed: the id of one of them, or with"
                + " --where those that meet a condition, such as --where 'status = finished'"));
  }
}
