package twister.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.OptionalDouble;
import twister.spec.SpecReader;
import twister.tracking.ExperimentFolder;
import twister.tracking.LiveRuns;
import twister.tracking.RunsTable.Row;
import twister.yaml.InvalidInputException;

/// How long an experiment in training will take, by the steps that are left and the time that a
/// step of it has taken.
final class TimeLeft {
  private TimeLeft() {}

  /// The time left in seconds; empty where nothing is trained, or nothing is known yet.
  static OptionalDouble seconds(ExperimentFolder folder, LiveRuns now) {
    if (now.inTraining().isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Row> rows = now.table().rows();
    List<Row> complete = rows.stream().filter(row -> row.status().isComplete()).toList();
    List<Row> running =
        rows.stream().filter(row -> now.inTraining().containsKey(row.text("run"))).toList();
    double perStep =
        complete.isEmpty()
            ? ofRunning(running)
            : sum(complete, "training_seconds") / sum(complete, "steps");
    double left =
        running.stream().mapToDouble(row -> row.number("training.steps")).sum()
            - sum(running, "steps")
            + missing(folder, rows) * running.getFirst().number("training.steps");
    double seconds = perStep * Math.max(0, left);
    return Double.isFinite(seconds) ? OptionalDouble.of(seconds) : OptionalDouble.empty();
  }

  /// Seconds a step of a run that is trained by itself; NaN where its beginning is not known.
  private static double ofRunning(List<Row> running) {
    try {
      Instant started = Instant.parse(running.getFirst().text("started"));
      return Duration.between(started, Instant.now()).toMillis() / 1e3 / sum(running, "steps");
    } catch (DateTimeParseException e) {
      return Double.NaN;
    }
  }

  /// How many runs of the sweep are not begun.
  private static double missing(ExperimentFolder folder, List<Row> rows) {
    try {
      return Math.max(0, SpecReader.sizeOfSweep(folder.spec()) - rows.size());
    } catch (InvalidInputException e) {
      return 0; // There is no spec.yaml, or none that can be read.
    }
  }

  private static double sum(List<Row> rows, String column) {
    return rows.stream().mapToDouble(row -> row.number(column)).filter(Double::isFinite).sum();
  }
}
