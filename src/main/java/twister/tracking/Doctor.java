package twister.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private static final Set<String> FILES =
      Set.of("spec.yaml", "runs.csv", RunsSeal.FILE, ".lock", ".notes.lock");

  /// Folders that are no runs and are not strange.
  private static final Set<String> NO_RUNS = Set.of("charts", ExperimentFolder.TENSORBOARD);

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
    examineChanges();
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
    boolean isFolder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    if (FILES.contains(name)) {
      if (!PlainFile.isOne(entry)) {
        inTheWay(entry, "file");
      }
    } else if (name.equals("charts")) {
      examineCharts(entry);
    } else if (RunId.isOne(name)) {
      if (!isFolder) {
        inTheWay(entry, "folder");
      }
    } else if (Files.isSymbolicLink(entry) && !name.startsWith(".")) {
      strange(entry, "is a link", "left as it is: no run for Twister");
    }
    if (isFolder && !NO_RUNS.contains(name) && !name.startsWith(".")) {
      removeTemporaryFiles(entry);
      examine(new RunFolder(entry));
    }
  }

  private void examineCharts(Path charts) throws IOException {
    if (!Files.exists(charts, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(charts, LinkOption.NOFOLLOW_LINKS)) {
      inTheWay(charts, "folder");
      return;
    }
    try (Stream<Path> files = Files.list(charts)) {
      files
          .filter(file -> OwnFiles.isChart(file) && !PlainFile.isOne(file))
          .sorted()
          .forEach(file -> inTheWay(file, "file"));
    }
  }

  private void inTheWay(Path entry, String expected) {
    open(
        entry,
        "is %s, where a %s should be".formatted(PlainFile.kind(entry), expected),
        "left as it is; move it away");
  }

  private void examineChanges() throws IOException {
    for (Path change : experiment.changes()) {
      if (repairs) {
        RunChange.finish(change);
      }
      derived(change, "a change of the run's files that was not finished", "finished");
    }
  }

  private void examineDrafts() throws IOException {
    List<Path> halfway = experiment.drafts(true);
    if (!halfway.isEmpty()) {
      strange(
          halfway.getFirst(),
          "the draft of a run that was interrupted" + others(halfway),
          "left as it is; the next twister run of its experiment goes on from its checkpoint");
    }
    List<Path> drafts = experiment.drafts(false);
    if (repairs) {
      experiment.deleteDrafts();
      for (Path left : experiment.drafts(false)) {
        strange(left, "has files that are not Twister's", "they are left as they are");
      }
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
      for (Path file : WholeFile.leftIn(place)) {
        if (repairs) {
          Files.delete(file);
        }
        derived(file, "a file that was never completed", "deleted");
      }
    }
  }

  private void examine(RunFolder run) throws IOException {
    try {
      RunNotes.read(run);
    } catch (IOException e) {
      open(run.notes(), "cannot be read as tags and a note", "left as it is, and shown nowhere");
    }
    examineCharts(run.charts());
    String name = run.path().getFileName().toString();
    Optional<RunRecord> record = run.record();
    if (record.isEmpty()) {
      examineUnreadable(run, name);
    } else if (!record.get().id().equals(name)) {
      strange(
          run.path(),
          "a copy of the run " + record.get().id() + ", by its run.yaml",
          "left as it is: no run for Twister");
    } else {
      record = Optional.of(examine(run, record.get()));
    }
    ExperimentFolder.row(run, record).ifPresent(rows::add);
  }

  /// What has no record that can be believed is no run; by its name it may have been one.
  private void examineUnreadable(RunFolder run, String name) {
    String problem =
        Files.notExists(run.run(), LinkOption.NOFOLLOW_LINKS)
            ? "there is no run.yaml"
            : run.problem().orElseThrow();
    if (RunId.isOne(name)) {
      open(
          run.path(),
          problem,
          "left as it is; the next twister run of its experiment trains it anew");
    } else {
      strange(run.path(), problem, "left as it is: no run for Twister");
    }
  }

  /// Examines a run whose record can be believed.
  ///
  /// @return what its record says now, or would say once it is repaired
  private RunRecord examine(RunFolder run, RunRecord record) throws IOException {
    switch (record.status()) {
      case RUNNING -> {
        return failed(run, record, "its process ended in the middle of the training");
      }
      case FAILED -> {
        String message = record.outcome().map(RunRecord.Outcome::message).orElse("");
        open(
            run.path(),
            message.isEmpty() ? "has failed" : "has failed: " + message,
            "the next twister run of its experiment trains it anew");
      }
      case FINISHED, DIVERGED -> {
        Optional<String> damage = Checksums.damage(run);
        if (damage.isPresent()) {
          return failed(run, record, damage.get());
        }
        if (!RunRow.of(record).isOf(record.id())) {
          return failed(run, record, "run.yaml lacks figures");
        }
        if (run.isHalfway()) {
          if (repairs) {
            run.deleteCheckpoint();
          }
          derived(run.checkpoint(), "the checkpoint of a run that is complete", "deleted");
        }
        if (!Checksums.isSealed(run)) {
          unsealed.add(run.path());
        }
      }
      case INTERRUPTED -> {
        Optional<String> damage = Checksums.damage(run);
        if (damage.isPresent()) {
          return failed(run, record, damage.get());
        }
      }
    }
    return record;
  }

  /// Marks a run, which is there again only when it is trained.
  private RunRecord failed(RunFolder run, RunRecord record, String problem) throws IOException {
    RunRecord failed = record.failed("damaged: " + problem);
    if (repairs) {
      failed.write(run.run());
    }
    open(
        run.path(),
        problem,
        (repairs ? "marked as failed" : "to be marked as failed")
            + "; the next twister run of its experiment trains it anew");
    return failed;
  }

  /// The experiment as it was run last is a note, which the next run of it writes anew.
  private void examineSpec() {
    Path spec = experiment.spec();
    if (!Files.isRegularFile(spec)) {
      return;
    }
    try {
      Optional<String> damage = PlainFile.isOne(spec) ? SealedSpec.damage(spec) : Optional.empty();
      if (damage.isPresent()) {
        open(spec, damage.get(), "left as it is; the next twister run writes it anew");
      } else if (!Yaml.read(spec).containsKey("data")) {
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
    boolean isThere = Files.exists(table, LinkOption.NOFOLLOW_LINKS);
    if (isThere ? !PlainFile.isOne(table) : rows.isEmpty()) {
      return; // What is in its place has been found already.
    }
    byte[] derived = ExperimentFolder.table(rows);
    String problem =
        !isThere
            ? "is missing"
            : Files.size(table) != derived.length
                    || !Arrays.equals(derived, Files.readAllBytes(table))
                ? "does not say what the runs say"
                : RunsSeal.of(table).contains(Checksums.of(derived)) ? "" : "has no checksum";
    if (problem.isEmpty()) {
      return;
    }
    if (repairs) {
      RunsSeal.write(table, derived);
    }
    derived(table, problem, "made anew from the runs");
  }
}
