package twister.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.spec.SpecReader;
import twister.text.CommandName;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;
import twister.yaml.NearestName;

/// Finds the folder of an experiment by what a user calls it.
final class ExperimentChoice {
  private static final int LISTED = 10;

  private ExperimentChoice() {}

  /// The folder of an experiment that has runs.
  ///
  /// @param results the folder of all results
  /// @param name the experiment's name, the path of its folder, or an experiment file
  static ExperimentFolder of(Path results, String name) throws InvalidInputException, IOException {
    Path folder = folder(results, name);
    return hasRuns(folder) ? new ExperimentFolder(folder) : refuse(folder);
  }

  /// The folder of an experiment that has runs, or has left something of those that it was to have.
  ///
  /// @param results the folder of all results
  /// @param name as in [#of]
  static ExperimentFolder begun(Path results, String name)
      throws InvalidInputException, IOException {
    Path folder = folder(results, name);
    return isBegun(folder) ? new ExperimentFolder(folder) : refuse(folder);
  }

  private static ExperimentFolder refuse(Path folder) throws InvalidInputException, IOException {
    throw new InvalidInputException(Mistake.in(folder.toString(), problem(folder)));
  }

  private static String problem(Path folder) throws IOException {
    if (Files.exists(new RunFolder(folder).run())) {
      return "is a run; the experiment is the folder that it is in, "
          + folder.toAbsolutePath().normalize().getParent();
    }
    if (!Files.isRegularFile(folder.resolve(".lock"))) {
      return "has no runs yet; %s trains some".formatted(CommandName.with("run"));
    }
    return new ExperimentFolder(folder).isInUse()
        ? "has no complete runs yet; another twister is training the first of them"
        : "has no complete runs; the twister that trained was ended, and the next twister run goes"
            + " on";
  }

  /// The folders of all experiments that have runs, or have left something of those that they were
  /// to have.
  ///
  /// @param results the folder of all results
  static List<ExperimentFolder> all(Path results) throws InvalidInputException, IOException {
    if (!Files.isDirectory(results)) {
      throw new InvalidInputException(
          Mistake.in(
              "--results " + results,
              Files.exists(results)
                  ? "is no folder"
                  : "there is no such folder; %s makes it".formatted(CommandName.with("run"))));
    }
    List<ExperimentFolder> experiments =
        folders(results).stream()
            .filter(ExperimentChoice::isBegun)
            .map(ExperimentFolder::new)
            .toList();
    if (experiments.isEmpty()) {
      throw new InvalidInputException(
          Mistake.in(
              "--results " + results,
              "has no experiments yet; %s makes some".formatted(CommandName.with("run"))));
    }
    return experiments;
  }

  private static Path folder(Path results, String name) throws InvalidInputException, IOException {
    Path named = results.resolve(name);
    if (!name.isBlank() && Files.isDirectory(named)) {
      return named;
    }
    if (!name.isBlank() && Files.isDirectory(Path.of(name))) {
      return Path.of(name);
    }
    if (Files.isRegularFile(Path.of(name))) {
      return results.resolve(SpecReader.sweep(Path.of(name), List.of(), List.of()).first().name());
    }
    throw new InvalidInputException(Mistake.in("EXPERIMENT " + name, refusal(results, name)));
  }

  /// Whether a name is that of an experiment that has runs.
  ///
  /// @param results the folder of all results
  static boolean isName(Path results, String name) throws IOException {
    return names(results).contains(name);
  }

  /// The experiment whose name is nearest to one that there is not; empty if none is near.
  ///
  /// @param results the folder of all results
  static Optional<String> like(Path results, String name) throws IOException {
    return NearestName.of(name, names(results));
  }

  private static List<String> names(Path results) throws IOException {
    return folders(results).stream()
        .filter(ExperimentChoice::hasRuns)
        .map(folder -> folder.getFileName().toString())
        .toList();
  }

  private static String refusal(Path results, String name) throws IOException {
    List<String> names = names(results);
    if (names.isEmpty()) {
      return "there is no experiment in %s; %s makes one"
          .formatted(results, CommandName.with("run"));
    }
    String nearest = NearestName.of(name, names).map(", did you mean %s?"::formatted).orElse("");
    int more = names.size() - LISTED;
    return "there is no such experiment in %s%s (experiments: %s%s)"
        .formatted(
            results,
            nearest,
            names.stream().limit(LISTED).collect(Collectors.joining(", ")),
            more > 0 ? ", and %,d more".formatted(more) : "");
  }

  /// Whether it has, as far as one may look into it: what reads the runs then says why it cannot.
  private static boolean hasRuns(Path experiment) {
    try {
      return Files.exists(experiment.resolve("runs.csv"))
          || folders(experiment).stream().anyMatch(run -> Files.exists(new RunFolder(run).run()));
    } catch (IOException e) {
      return true;
    }
  }

  /// A sweep that was killed before its first runs were kept has left its lock and drafts.
  private static boolean isBegun(Path experiment) {
    return Files.exists(experiment.resolve(".lock"))
        || Files.exists(experiment.resolve("spec.yaml"))
        || hasRuns(experiment);
  }

  private static List<Path> folders(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside.filter(Files::isDirectory).sorted().toList();
    }
  }
}
