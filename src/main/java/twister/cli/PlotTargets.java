package twister.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;
import twister.tracking.RunSearch;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// What a figure is drawn of: runs, or experiments.
///
/// @param runs in the order named
/// @param experiments in the order named
record PlotTargets(List<RunFolder> runs, List<ExperimentFolder> experiments) {
  /// Finds what a user names: the folder of a run, an experiment, else the beginning of a run's id.
  ///
  /// @param results the folder of all results
  /// @throws InvalidInputException with all names that mean nothing
  static PlotTargets of(Path results, List<String> names)
      throws InvalidInputException, IOException {
    List<RunFolder> runs = new ArrayList<>();
    List<ExperimentFolder> experiments = new ArrayList<>();
    List<Mistake> mistakes = new ArrayList<>();
    for (String name : names) {
      try {
        if (isExperiment(results, name)) {
          experiments.add(ExperimentChoice.of(results, name));
        } else {
          runs.add(RunSearch.run(results, "RUN", name));
        }
      } catch (InvalidInputException e) {
        mistakes.addAll(e.mistakes());
        ExperimentChoice.like(results, name)
            .ifPresent(
                like ->
                    mistakes.add(
                        Mistake.in("EXPERIMENT " + name, "did you mean %s?".formatted(like))));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
    return new PlotTargets(runs, experiments);
  }

  private static boolean isExperiment(Path results, String name) {
    if (name.isBlank() || Files.exists(new RunFolder(Path.of(name)).run())) {
      return false;
    }
    return Files.isDirectory(results.resolve(name)) || Files.exists(Path.of(name));
  }
}
