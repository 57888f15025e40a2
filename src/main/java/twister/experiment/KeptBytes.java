package twister.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunFolder;

/// How many bytes of experiments are on the disk already: of runs that are complete and of those
/// that can go on, and of charts.
///
/// @param results the folder of all experiments
/// @param choice the devices, by which runs are named
record KeptBytes(Path results, Devices.Choice choice) {
  /// How many bytes of a plan are there. Of a search, whose runs are not known before, these are
  /// all runs of its experiment.
  long of(ResultsFolder.Plan plan) {
    ExperimentFolder experiment = new ExperimentFolder(results.resolve(plan.experiment()));
    if (plan.runs().isEmpty()) {
      return bytes(experiment.path());
    }
    Set<String> names =
        choice.devices().stream()
            .distinct()
            .flatMap(device -> PlannedRun.of(plan.runs(), device).stream())
            .flatMap(run -> Stream.concat(Stream.of(run), run.former().stream()))
            .map(PlannedRun::id)
            .collect(Collectors.toSet());
    return names.stream().map(experiment::run).mapToLong(KeptBytes::bytes).sum()
        + bytes(experiment.path().resolve("charts"));
  }

  private static long bytes(RunFolder run) {
    return List.of(run, run.draft()).stream()
        .map(RunFolder::path)
        .mapToLong(KeptBytes::bytes)
        .sum();
  }

  /// The bytes of all files in a folder. What cannot be read counts as missing.
  private static long bytes(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}
