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
  /// @param bytes how many these are, where nothing is there yet
  /// @param runs the runs; none where they are not known before, as those of a search
  public record Plan(String experiment, long bytes, List<RunInputs> runs) {}

  /// The plan of a run, and of its charts.
  public static Plan plan(RunInputs inputs) {
    return new Plan(
        inputs.spec().name(), inFull(inputs) + DiskNeed.ofCharts(inputs), List.of(inputs));
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
            + DiskNeed.ofSweepCharts(experiment.runs(), experiment.size(), Math.toIntExact(keys)),
        experiment.isKnownBefore() ? experiment.runs() : List.of());
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

  /// Refuses a folder that is a file or may not be written.
  ///
  /// @throws InvalidInputException which of these it is
  public static void check(Path results, List<Plan> plans) throws InvalidInputException {
    if (results.toString().isBlank()) {
      refuse(results, "found nothing, allowed: a folder, which is made when missing");
    }
    Path existing = existing(results);
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
  }

  private static Path existing(Path results) {
    Path existing = results.toAbsolutePath().normalize();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  private static String denied(Path folder) {
    return Files.isReadable(folder)
        ? "written; allowed: a folder that may be"
        : "read; allowed: a folder that may be read and written";
  }

  /// Refuses a disk that has too little space for what is not there yet.
  ///
  /// @param choices the devices of each plan, by which its runs are named
  /// @param isAgain whether what is there is made anew
  /// @throws InvalidInputException with what it has and what is needed
  public static void checkSpace(
      Path results, List<Plan> plans, List<Devices.Choice> choices, boolean isAgain)
      throws InvalidInputException {
    long free;
    try {
      free = Files.getFileStore(existing(results)).getUsableSpace();
    } catch (IOException e) {
      return; // Some network folders do not tell; writing to them will.
    }
    long needed = plans.stream().mapToLong(Plan::bytes).sum();
    if (free < needed && !isAgain) {
      // Looking for what is there takes long in large sweeps.
      needed = 0;
      for (int i = 0; i < plans.size(); i++) {
        long there = new KeptBytes(results, choices.get(i)).of(plans.get(i));
        needed += Math.max(0, plans.get(i).bytes() - there);
      }
    }
    if (free < needed) {
      refuse(
          results,
          "the disk has %,d KB free, this needs about %,d KB; make room, or take another folder"
              .formatted(free >> 10, needed >> 10));
    }
  }

  private static void refuse(Path results, String message) throws InvalidInputException {
    throw new InvalidInputException(Mistake.in("--results " + results, message));
  }
}
