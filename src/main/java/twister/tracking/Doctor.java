package twister.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import twister.text.CommandName;

/// Examines the folder of an experiment, and repairs what can be derived: leftovers go, the table
/// of runs is made from them, and damaged runs are marked as failed, so that the next `twister run`
/// trains them anew.
///
/// Nobody else may work in the folder meanwhile.
public final class Doctor {
  private static final Set<String> FILES = Set.of("spec.yaml", "runs.csv", ".lock");

  private final ExperimentFolder experiment;
  private final boolean repairs;
  private final List<Finding> findings = new ArrayList<>();
  private final List<RunRow> rows = new ArrayList<>();
  private final List<Path> unsealed = new ArrayList<>();

  /// Something that is not as it should be.
  ///
  /// @param remedy what was done about it, or should be
  public record Finding(Path path, String problem, String remedy, Weight weight) {}

  /// What follows from a finding.
  public enum Weight {
    /// Nothing, any more.
    REPAIRED,
    /// Somebody has to do something.
    OPEN,
    /// Nothing: it is none of Twister's.
    STRANGE
  }

  private Doctor(ExperimentFolder experiment, boolean repairs) {
    this.experiment = experiment;
    this.repairs = repairs;
  }

  /// Examines a folder.
  ///
  /// @param repairs whether anything may be changed
  /// @throws IOException if the folder cannot be read or repaired
  public static List<Finding> examine(ExperimentFolder experiment, boolean repairs)
      throws IOException {
    Doctor doctor = new Doctor(experiment, repairs);
    doctor.examine();
    return doctor.findings;
  }

  private void examine() throws IOException {
    removeTemporaryFiles(experiment.path());
    examineDrafts();
    for (Path entry : experiment.entries()) {
      try {
        examine(entry);
      } catch (IOException e) {
        open(entry, "cannot be examined: " + e.getMessage(), "left as it is");
      }
    }
    if (!unsealed.isEmpty()) {
      open(
          unsealed.getFirst(),
          "run.yaml has no checksums, so that its files cannot be verified" + others(unsealed),
          "left as it is, as of an older version; %s trains it anew"
              .formatted(CommandName.with("run --again")));
    }
    examineSpec();
    examineTable();
  }

  private void examine(Path entry) throws IOException {
    String name = entry.getFileName().toString();
    boolean isFolder = Files.isDirectory(entry);
    if (FILES.contains(name)) {
      if (isFolder) {
        open(entry, "is a folder, where a file should be", "left as it is; move it away");
      }
    } else if (name.equals("charts")) {
      if (!isFolder) {
        open(entry, "is no folder, so that no charts can be drawn", "left as it is; move it away");
      }
    } else if (isFolder && !name.startsWith(".")) {
      removeTemporaryFiles(entry);
      examine(new RunFolder(entry));
    } else if (!isFolder && RunId.ANY.matcher(name).matches()) {
      String problem =
          Files.exists(entry)
              ? "is no folder, but has the name of a run"
              : "is a link that leads nowhere";
      strange(
          entry, problem, "left as it is; the run of this name takes its place when it is trained");
    }
  }

  private void examineDrafts() throws IOException {
    List<Path> drafts =
        experiment.folders().stream().filter(folder -> Draft.isOne(folder)).toList();
    if (repairs) {
      experiment.deleteDrafts();
    }
    if (!drafts.isEmpty()) {
      derived(
          drafts.getFirst(),
          "the draft of a run that was never completed" + others(drafts),
          "deleted");
    }
  }

  private static String others(List<Path> paths) {
    return paths.size() == 1 ? "" : ", as %,d others".formatted(paths.size() - 1);
  }

  /// Something that is made from others.
  private void derived(Path path, String problem, String remedy) {
    findings.add(
        new Finding(
            path,
            problem,
            repairs ? remedy : "to be " + remedy,
            repairs ? Weight.REPAIRED : Weight.OPEN));
  }

  private void open(Path path, String problem, String remedy) {
    findings.add(new Finding(path, problem, remedy, Weight.OPEN));
  }

  private void strange(Path path, String problem, String remedy) {
    findings.add(new Finding(path, problem, remedy, Weight.STRANGE));
  }

  private void removeTemporaryFiles(Path folder) throws IOException {
    for (Path place : List.of(folder, folder.resolve("charts"))) {
      for (Path file : temporaryFiles(place)) {
        if (repairs) {
          Files.delete(file);
        }
        derived(file, "a file that was never completed", "deleted");
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
    try {
      RunNotes.read(run);
    } catch (IOException e) {
      strange(run.notes(), "cannot be read as tags and a note", "left as it is, and shown nowhere");
    }
    String name = run.path().getFileName().toString();
    Map<?, ?> fields = run.fields().orElse(Map.of());
    RunRow row = RunRow.of(fields);
    if (row.status().isEmpty()) {
      examineStranger(run, name);
    } else if (!row.run().equals(name) && !isDamagedRecord(run, fields)) {
      strange(
          run.path(),
          "a copy of the run " + row.run() + ", by its run.yaml",
          "left as it is: no run for Twister");
    } else {
      Optional<String> problem = problem(run, fields, row);
      if (problem.isEmpty()) {
        keepRow(row, name);
        return;
      }
      String message = "damaged: " + problem.get();
      keepRow(RunRow.of(ExperimentFolder.failed(run, message)), name);
      fail(run, problem.get(), message);
    }
  }

  /// Whether a record of another run is that of this one, damaged in its very name; a copy of
  /// another run is what was written.
  private static boolean isDamagedRecord(RunFolder run, Map<?, ?> fields) throws IOException {
    return RunId.ANY.matcher(run.path().getFileName().toString()).matches()
        && Checksums.isSealed(fields)
        && Checksums.damage(run, fields).isPresent();
  }

  private void examineStranger(RunFolder run, String name) {
    boolean isThere = Files.exists(run.run(), LinkOption.NOFOLLOW_LINKS);
    String problem = isThere ? "run.yaml cannot be read" : "there is no run.yaml";
    if (RunId.ANY.matcher(name).matches()) {
      open(
          run.path(),
          problem,
          "left as it is; the next twister run of its experiment trains it anew");
    } else {
      strange(run.path(), problem, "left as it is: no run for Twister");
    }
  }

  private void keepRow(RunRow row, String name) {
    if (row.isOf(name)) {
      rows.add(row);
    }
  }

  /// Why a run has to be trained anew, if it has to and does not say so itself.
  private Optional<String> problem(RunFolder run, Map<?, ?> fields, RunRow row) throws IOException {
    RunStatus status = row.status().orElseThrow();
    if (status == RunStatus.RUNNING) {
      return Optional.of("its process ended in the middle of the training");
    }
    if (!status.isComplete()) {
      return Optional.empty();
    }
    Optional<String> damage =
        Checksums.isSealed(fields) ? Checksums.damage(run, fields) : Optional.empty();
    if (damage.isEmpty() && !row.isOf(run.path().getFileName().toString())) {
      return Optional.of("run.yaml lacks figures");
    }
    if (!Checksums.isSealed(fields)) {
      unsealed.add(run.path());
    }
    return damage;
  }

  /// The run is marked, but is there again only when it is trained.
  private void fail(RunFolder run, String problem, String message) throws IOException {
    if (repairs) {
      ExperimentFolder.fail(run, message);
    }
    open(
        run.path(),
        problem,
        (repairs ? "marked as failed" : "to be marked as failed")
            + "; the next twister run of its experiment trains it anew");
  }

  /// The experiment as it was run last is a note, which the next run of it writes anew.
  private void examineSpec() {
    Path spec = experiment.path().resolve("spec.yaml");
    if (!Files.isRegularFile(spec)) {
      return;
    }
    try {
      if (!Yaml.read(spec).containsKey("data")) {
        open(spec, "says of no data", "left as it is; the next twister run writes it anew");
      }
    } catch (IOException e) {
      open(
          spec,
          "cannot be read as an experiment",
          "left as it is; the next twister run writes it anew");
    }
  }

  private void examineTable() throws IOException {
    Path table = experiment.table();
    boolean isThere = Files.exists(table);
    if (Files.isDirectory(table) || (!isThere && rows.isEmpty())) {
      return;
    }
    byte[] derived = ExperimentFolder.table(rows);
    if (isThere && Arrays.equals(derived, Files.readAllBytes(table))) {
      return;
    }
    String problem = isThere ? "does not say what the runs say" : "is missing";
    if (repairs) {
      WholeFile.write(table, out -> out.write(derived));
    }
    derived(table, problem, "made anew from the runs");
  }
}
