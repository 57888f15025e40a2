package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Examines the folder of an experiment, and repairs what can be derived: leftovers go, the table of runs is
/// made from them, and damaged runs are marked as failed, so that the next `twister run` trains them anew.
///
/// Nobody else may work in the folder meanwhile.
public final class Doctor {
  private final ExperimentFolder experiment;
  private final boolean repairs;
  private final List<Finding> findings = new ArrayList<>();

  /// Something that is not as it should be.
  ///
  /// @param remedy what was done about it, or should be
  /// @param isRepaired whether nothing is left to be done
  public record Finding(Path path, String problem, String remedy, boolean isRepaired) {}

  private Doctor(ExperimentFolder experiment, boolean repairs) {
    this.experiment = experiment;
    this.repairs = repairs;
  }

  /// Examines a folder.
  ///
  /// @param repairs whether anything may be changed
  public static List<Finding> examine(ExperimentFolder experiment, boolean repairs)
      throws IOException {
    Doctor doctor = new Doctor(experiment, repairs);
    doctor.examine();
    return doctor.findings;
  }

  private void examine() throws IOException {
    removeTemporaryFiles(experiment.path());
    examineDrafts();
    for (Path folder : experiment.folders()) {
      String name = folder.getFileName().toString();
      if (!name.equals("charts") && !name.startsWith(".")) {
        removeTemporaryFiles(folder);
        examine(new RunFolder(folder));
      }
    }
    examineTable();
  }

  private void examineDrafts() throws IOException {
    List<Path> drafts =
        experiment.folders().stream()
            .filter(folder -> RunFolder.isDraft(folder.getFileName().toString()))
            .toList();
    if (repairs) {
      experiment.deleteDrafts();
    }
    if (!drafts.isEmpty()) {
      String others = drafts.size() == 1 ? "" : ", as %,d others".formatted(drafts.size() - 1);
      found(
          drafts.getFirst(), "the draft of a run that was never completed" + others, "deleted");
    }
  }

  private void found(Path path, String problem, String remedy) {
    findings.add(new Finding(path, problem, repairs ? remedy : "to be " + remedy, repairs));
  }

  private void removeTemporaryFiles(Path folder) throws IOException {
    for (Path place : List.of(folder, folder.resolve("charts"))) {
      for (Path file : temporaryFiles(place)) {
        if (repairs) {
          Files.delete(file);
        }
        found(file, "a file that was never completed", "deleted");
      }
    }
  }

  private static List<Path> temporaryFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Doctor::isTemporary).sorted().toList();
    }
  }

  private static boolean isTemporary(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(".tmp") && Files.isRegularFile(file);
  }

  private void examine(RunFolder run) throws IOException {
    Map<String, String> values = run.values();
    Optional<RunStatus> status =
        RunStatus.of(values.getOrDefault("status", ""));
    String id = values.getOrDefault("run", "");
    if (status.isPresent() && !id.equals(run.path().getFileName().toString())) {
      findings.add(
          new Finding(
              run.path(),
              "a copy of the run " + id + ", by its run.yaml",
              "left as it is: no run for Twister",
              false));
    } else if (status.isEmpty()) {
      String problem = Files.exists(run.run()) ? "run.yaml cannot be read" : "there is no run.yaml";
      findings.add(
          new Finding(
              run.path(),
              problem,
              "left as it is: no run for Twister; twister run makes it anew if it is one of its experiment",
              false));
    } else if (status.get() == RunStatus.RUNNING) {
      fail(run, "its process ended in the middle of the training");
    } else if (status.get().isComplete()) {
      Optional<String> damage = damage(run, values, status.get());
      if (damage.isPresent()) {
        fail(run, damage.get());
      }
    }
  }

  /// The run is marked, but is there again only when it is trained.
  private void fail(RunFolder run, String problem) throws IOException {
    if (repairs) {
      ExperimentFolder.fail(run, "damaged: " + problem);
    }
    findings.add(
        new Finding(
            run.path(),
            problem,
            (repairs ? "marked as failed" : "to be marked as failed")
                + "; the next twister run of its experiment trains it anew",
            false));
  }

  /// What is wrong with the files of a run that was trained to its end.
  private static Optional<String> damage(
      RunFolder run, Map<String, String> values, RunStatus status) throws IOException {
    if (!RunRow.of(run.fields().orElse(Map.of())).isOf(run.path().getFileName().toString())) {
      return Optional.of("run.yaml lacks figures");
    }
    for (Path file : files(run)) {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
        return Optional.of(file.getFileName() + " ends in the middle of a line");
      }
    }
    if (!Files.exists(run.spec())) {
      return Optional.of("spec.yaml is missing");
    }
    Optional<String> metrics = damageOfMetrics(run.metrics(), values, status);
    return metrics.isPresent() || status != RunStatus.FINISHED
        ? metrics
        : damageOfSamples(run.samples(), values);
  }

  private static List<Path> files(RunFolder run) throws IOException {
    try (Stream<Path> files = Files.list(run.path())) {
      return files
          .filter(file -> file.toString().endsWith(".csv") || file.toString().endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  private static Optional<String> damageOfMetrics(
      Path file, Map<String, String> values, RunStatus status) throws IOException {
    List<String> rows = rows(file);
    if (rows.isEmpty()) {
      return Optional.of("metrics.csv is missing or empty");
    }
    long steps = number(values.getOrDefault("steps", ""));
    long last = step(rows.getLast());
    if (status == RunStatus.DIVERGED) {
      return last == steps
          ? Optional.empty()
          : Optional.of("metrics.csv ends at step %,d, the run at %,d".formatted(last, steps));
    }
    long interval = rows.size() == 1 ? Math.max(steps, 1) : step(rows.get(1));
    long wanted = steps == 0 ? 1 : interval <= 0 ? -1 : Math.ceilDiv(steps, interval);
    return rows.size() == wanted && last == (wanted - 1) * interval
        ? Optional.empty()
        : Optional.of(
            "metrics.csv has %,d rows up to step %,d, which are not those of %,d steps"
                .formatted(rows.size(), last, steps));
  }

  private static Optional<String> damageOfSamples(Path file, Map<String, String> values)
      throws IOException {
    List<String> rows = rows(file);
    long wanted = number(values.getOrDefault("settings.samples.count", ""));
    String step = rows.isEmpty() ? "" : rows.getLast().substring(0, rows.getLast().indexOf(',') + 1);
    long there = rows.stream().filter(row -> row.startsWith(step)).count();
    return there == wanted || wanted < 0
        ? Optional.empty()
        : Optional.of("samples.csv has %,d names, not %,d".formatted(there, wanted));
  }

  /// The lines below the header; none where there is no file.
  private static List<String> rows(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readString(file, StandardCharsets.UTF_8).lines().skip(1).toList();
  }

  private static long step(String row) {
    int comma = row.indexOf(',');
    return comma < 0 ? -1 : number(row.substring(0, comma));
  }

  /// A whole number; -1 where it is none.
  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void examineTable() throws IOException {
    byte[] derived = experiment.derivedTable();
    Path table = experiment.table();
    if (Files.exists(table) && Arrays.equals(derived, Files.readAllBytes(table))) {
      return;
    }
    String problem = Files.exists(table) ? "does not say what the runs say" : "is missing";
    if (repairs) {
      WholeFile.write(table, out -> out.write(derived));
    }
    found(table, problem, "made anew from the runs");
  }
}
