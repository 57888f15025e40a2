package twister.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import twister.spec.LossUnit;
import twister.tracking.ExperimentFolder;

/// The experiments in a folder of results, as they are at the moment.
final class LiveResults {
  private final Path results;
  private final LossUnit unit;
  private final boolean allowsNotes;
  private final Map<String, LiveExperiment> known = new HashMap<>();

  /// @param unit of losses in sentences and tables
  /// @param allowsNotes whether tags and notes may be changed
  LiveResults(Path results, LossUnit unit, boolean allowsNotes) {
    this.results = results;
    this.unit = unit;
    this.allowsNotes = allowsNotes;
  }

  /// The experiments that have runs, or are about to, by their names. Links are none.
  synchronized List<LiveExperiment> experiments() {
    List<String> names = names();
    known.keySet().retainAll(names);
    return names.stream()
        .map(
            name ->
                known.computeIfAbsent(
                    name,
                    _ ->
                        new LiveExperiment(
                            new ExperimentFolder(results.resolve(name)), unit, allowsNotes)))
        .toList();
  }

  /// An experiment; empty where there is none of the name.
  Optional<LiveExperiment> experiment(String name) {
    return experiments().stream().filter(experiment -> experiment.name().equals(name)).findFirst();
  }

  private List<String> names() {
    try (Stream<Path> inside = Files.list(results)) {
      return inside
          .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
          .filter(LiveResults::isExperiment)
          .map(folder -> String.valueOf(folder.getFileName()))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // The folder is not there yet, or cannot be read.
    }
  }

  private static boolean isExperiment(Path folder) {
    return Files.exists(folder.resolve("runs.csv")) || Files.exists(folder.resolve(".lock"));
  }
}
