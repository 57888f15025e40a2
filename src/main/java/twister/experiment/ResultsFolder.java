package twister.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import twister.spec.ExperimentSpec;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Checks before anything starts that results can be written, so that nothing is half done.
public final class ResultsFolder {
  /// The rows of a run's metrics.csv that are written in a sweep that does not keep everything, at
  /// most.
  static final int MOST_ROWS = 1000;

  private ResultsFolder() {}

  /// What is going to be written.
  ///
  /// @param experiment the name of its folder
  public record Plan(String experiment, long bytes) {}

  /// The plan of a run, and of its charts.
  public static Plan plan(RunInputs inputs) {
    return new Plan(inputs.spec().name(), inFull(inputs) + DiskNeed.ofCharts(inputs));
  }

  /// The plan of an experiment, and of its charts.
  public static Plan plan(Experiment experiment) {
    RunInputs first = experiment.runs().getFirst();
    if (experiment.sweep().isOne()) {
      return plan(first);
    }
    long keys =
        experiment.sweep().keys().stream().filter(key -> !key.equals(RunsTable.SEED)).count();
    return new Plan(
        experiment.name(),
        tables(experiment)
            + DiskNeed.ofCharts(first)
            + DiskNeed.ofSweepCharts(experiment.runs(), experiment.size(), Math.toIntExact(keys)));
  }

  /// How many bytes an experiment writes without its charts.
  public static long tables(Experiment experiment) {
    boolean keepsAll = experiment.keepsAll();
    Map<Class<?>, Double> settings = new HashMap<>();
    // Another seed makes no other length, and a sweep may have 100,000 of them.
    Map<ExperimentSpec, Long> lengths = new HashMap<>();
    double runs =
        experiment.runs().stream()
                .mapToLong(
                    run ->
                        lengths.computeIfAbsent(
                            run.spec().withSeed(0),
                            _ -> DiskNeed.ofRun(run, keepsAll, settings(run, settings))))
                .average()
                .orElse(0)
            * experiment.size();
    return Math.round(runs) + (keepsAll ? 0 : inFull(experiment.runs().getFirst()));
  }

  private static double settings(RunInputs run, Map<Class<?>, Double> known) {
    return known.computeIfAbsent(run.spec().model().getClass(), _ -> DiskNeed.ofSettings(run));
  }

  private static long inFull(RunInputs inputs) {
    return DiskNeed.ofRun(inputs, true, DiskNeed.ofSettings(inputs));
  }

  /// Refuses a folder that is a file, may not be written, or has too little space.
  ///
  /// @throws InvalidInputException which of these it is
  public static void check(Path results, List<Plan> plans) throws InvalidInputException {
    if (results.toString().isBlank()) {
      refuse(results, "found nothing, allowed: a folder, which is made when missing");
    }
    Path existing = results.toAbsolutePath().normalize();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      refuse(results, existing + " is a file; allowed: a folder, which is made when missing");
    }
    if (!Files.isWritable(existing) || !Files.isReadable(existing)) {
      refuse(results, existing + " may not be " + denied(existing));
    }
    for (Plan plan : plans) {
      Path experiment = results.resolve(plan.experiment());
      if (Files.exists(experiment)
          && !(Files.isDirectory(experiment) && Files.isWritable(experiment))) {
        refuse(results, experiment + " is no folder that can be written");
      }
    }
    checkSpace(results, existing, plans.stream().mapToLong(Plan::bytes).sum());
  }

  private static String denied(Path folder) {
    return Files.isReadable(folder)
        ? "written; allowed: a folder that may be"
        : "read; allowed: a folder that may be read and written";
  }

  private static void checkSpace(Path results, Path existing, long needed)
      throws InvalidInputException {
    long free;
    try {
      free = Files.getFileStore(existing).getUsableSpace();
    } catch (IOException e) {
      return; // Some network folders do not tell; writing to them will.
    }
    if (free < needed) {
      refuse(
          results,
          "the disk has %,d KB free, this needs about %,d KB".formatted(free >> 10, needed >> 10));
    }
  }

  private static void refuse(Path results, String message) throws InvalidInputException {
    throw new InvalidInputException(Mistake.in("--results " + results, message));
  }
}
