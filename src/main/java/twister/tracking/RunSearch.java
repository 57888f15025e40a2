package twister.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.text.CommandName;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Finds runs by what a user calls them.
public final class RunSearch {
  private static final int LISTED_RUNS = 10;

  private RunSearch() {}

  /// The folders of runs of any experiments.
  ///
  /// @param results the folder of all results
  /// @param source what names the runs, such as `RUN`
  /// @param names each as in [#run]
  /// @throws InvalidInputException with all that are not found
  public static List<RunFolder> runs(Path results, String source, List<String> names)
      throws InvalidInputException, IOException {
    List<RunFolder> runs = new ArrayList<>();
    List<Mistake> mistakes = new ArrayList<>();
    for (String name : names) {
      try {
        runs.add(run(results, source, name));
      } catch (InvalidInputException e) {
        mistakes.addAll(e.mistakes());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new InvalidInputException(mistakes);
    }
    return runs;
  }

  /// The folder of a run of any experiment.
  ///
  /// @param results the folder of all results
  /// @param source what names the run, such as the option `--run`
  /// @param name the run's id or the beginning of it, or the path of its folder
  /// @throws InvalidInputException if there is no such run, or more than one
  public static RunFolder run(Path results, String source, String name)
      throws InvalidInputException, IOException {
    RunFolder named = new RunFolder(Path.of(name));
    if (!name.isBlank() && Files.exists(named.run())) {
      return named;
    }
    List<Path> all = runs(results);
    List<Path> found =
        all.stream().filter(path -> !name.isBlank() && id(path).startsWith(name)).toList();
    // Experiments may share a run, which is then the same in each.
    if (found.stream().map(RunSearch::id).distinct().count() == 1) {
      return new RunFolder(found.getFirst());
    }
    String message =
        all.isEmpty()
            ? "there is no run in %s; %s makes one".formatted(results, CommandName.with("run"))
            : found.isEmpty()
                ? "there is no such run in %s; there are: %s".formatted(results, list(results, all))
                : "several runs begin so: %s".formatted(list(results, found));
    throw new InvalidInputException(Mistake.in(source + " " + name, message));
  }

  private static String id(Path run) {
    return run.getFileName().toString();
  }

  private static String list(Path results, List<Path> runs) {
    int unlisted = runs.size() - LISTED_RUNS;
    String more = unlisted > 0 ? ", and %,d more".formatted(unlisted) : "";
    return runs.stream()
        .limit(LISTED_RUNS)
        .map(run -> results.relativize(run).toString())
        .collect(Collectors.joining(", ", "", more));
  }

  private static List<Path> runs(Path results) throws IOException {
    List<Path> runs = new ArrayList<>();
    for (Path experiment : folders(results)) {
      for (Path run : folders(experiment)) {
        if (!id(run).startsWith(".") && Files.exists(new RunFolder(run).run())) {
          runs.add(run);
        }
      }
    }
    return runs;
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
