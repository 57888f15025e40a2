package twister.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import twister.spec.SamplesSpec;
import twister.spec.TrainingSpec;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;

/// Checks before anything starts that results can be written, so that nothing is half done.
public final class ResultsFolder {
  private static final long BYTES_PER_STEP = 60;
  private static final long BYTES_PER_NGRAM = 80;
  private static final long BYTES_PER_NAME = 20;
  private static final long BYTES_FOR_CHARTS = 2 << 20;

  /// The rows of a run's metrics.csv that are written in a sweep that does not keep everything, at
  /// most.
  static final int MOST_ROWS = 1000;

  private static final long BYTES_PER_RUN = 3 << 10;

  private ResultsFolder() {}

  /// What is going to be written.
  ///
  /// @param experiment the name of its folder
  public record Plan(String experiment, long bytes) {}

  /// The plan of a run.
  public static Plan plan(RunInputs inputs) {
    return new Plan(inputs.spec().name(), bytes(inputs));
  }

  /// The plan of an experiment, and of its charts.
  public static Plan plan(Experiment experiment) {
    if (experiment.sweep().isOne()) {
      return plan(experiment.runs().getFirst());
    }
    long bytes =
        experiment.runs().stream()
            .mapToLong(run -> experiment.keepsAll() ? bytesOfTables(run) : bytesOfFewTables(run))
            .sum();
    bytes = bytes / experiment.runs().size() * experiment.size();
    return new Plan(experiment.name(), bytes + 2 * BYTES_FOR_CHARTS);
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

  private static long bytes(RunInputs inputs) {
    return bytesOfTables(inputs) + inputs.spec().charts().size() * BYTES_FOR_CHARTS / 3;
  }

  private static long bytesOfFewTables(RunInputs inputs) {
    long steps = inputs.spec().training().map(TrainingSpec::steps).orElse(1);
    return BYTES_PER_RUN
        + Math.min(steps, MOST_ROWS) * BYTES_PER_STEP
        + inputs.spec().samples().count() * BYTES_PER_NAME;
  }

  private static long bytesOfTables(RunInputs inputs) {
    long ngrams = inputs.weights();
    long steps = inputs.spec().training().map(TrainingSpec::steps).orElse(1);
    return steps * BYTES_PER_STEP
        + names(inputs.spec().samples(), steps) * BYTES_PER_NAME
        + ngrams * BYTES_PER_NGRAM;
  }

  private static long names(SamplesSpec samples, long steps) {
    long along = samples.along().map(sets -> Math.ceilDiv(steps, sets.every())).orElse(0L);
    return (along + 1) * samples.count();
  }

  private static void refuse(Path results, String message) throws InvalidInputException {
    throw new InvalidInputException(Mistake.in("--results " + results, message));
  }
}
