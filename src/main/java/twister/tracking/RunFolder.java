package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import twister.spec.ChartsSpec;
import twister.spec.ExperimentSpec;
import twister.spec.SpecReader;
import twister.spec.SpecWriter;
import twister.yaml.InvalidInputException;

/// The folder of one run; results/README.md describes its files.
///
/// @param path where it is, or will be
public record RunFolder(Path path) {
  static final String CHECKPOINT = "checkpoint.bin";

  /// The name of the run, by that of the folder.
  String id() {
    return path.getFileName().toString();
  }

  /// The record of the run.
  public Path run() {
    return path.resolve("run.yaml");
  }

  /// The experiment of the run.
  public Path spec() {
    return path.resolve("spec.yaml");
  }

  /// The loss of every step.
  public Path metrics() {
    return path.resolve("metrics.csv");
  }

  /// The names drawn.
  public Path samples() {
    return path.resolve("samples.csv");
  }

  /// The losses on the parts of the words.
  public Path evaluation() {
    return path.resolve("evaluation.csv");
  }

  /// The trained weights.
  public Path weights() {
    return path.resolve("weights.csv");
  }

  /// Count and probability of every bigram.
  public Path bigrams() {
    return path.resolve("bigrams.csv");
  }

  /// Count and probability of every n-gram that occurs, of other orders than 2.
  public Path ngrams() {
    return path.resolve("ngrams.csv");
  }

  /// Where the device's time went.
  public Path profile() {
    return path.resolve("profile.csv");
  }

  /// Where the run is while it is in training; only of long ones.
  public Path checkpoint() {
    return path.resolve(CHECKPOINT);
  }

  /// What people say of the run.
  public Path notes() {
    return path.resolve(RunNotes.FILE);
  }

  /// The charts of the run.
  public Path charts() {
    return path.resolve("charts");
  }

  /// What `run.yaml` says of the run; nothing where it is not there or cannot be read.
  public Optional<RunRecord> record() {
    try {
      // Others are not worth an exception, of which a folder may have thousands.
      return PlainFile.isOne(run()) && !Files.isSymbolicLink(path)
          ? Optional.of(RunRecord.read(run()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The experiment that the run is of, as `spec.yaml` says it; nothing where it is not there,
  /// cannot be read, or is not what was written.
  public Optional<ExperimentSpec> experiment() {
    try {
      return PlainFile.isOne(spec()) && damageOfSpec().isEmpty()
          ? Optional.of(SpecReader.read(spec(), List.of()))
          : Optional.empty();
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /// Why `spec.yaml` cannot be believed, by its checksum; nothing where there is none.
  public Optional<String> damageOfSpec() {
    try {
      return Checksums.damage(this, spec());
    } catch (IOException e) {
      return Optional.empty(); // There is no checksum to believe, either.
    }
  }

  /// Why `run.yaml` cannot be believed; nothing where it can.
  public Optional<String> problem() {
    if (Files.isSymbolicLink(path)) {
      return Optional.of("is a link, where a folder should be; move it away");
    }
    try {
      RunRecord.read(run());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          String.valueOf(e.getMessage())
              .replace(run() + ": ", "run.yaml ")
              .replace(run().toString(), "run.yaml"));
    }
  }

  /// Refuses a run whose `run.yaml` cannot be believed.
  ///
  /// @throws IOException naming the run and what is wrong with it
  public void refuseDamaged() throws IOException {
    refuse(problem());
  }

  /// Refuses a run of whose model nothing can be believed: its `run.yaml` or `spec.yaml` is not
  /// what was written, or it failed.
  ///
  /// @throws IOException naming the run and what is wrong with it
  public void refuseWithoutModel() throws IOException {
    refuse(problem().or(this::damageOfSpec));
    refuse(failure());
  }

  /// That the run has failed, and why; nothing of another run.
  ///
  /// @throws IOException if its record cannot be read
  public Optional<String> failure() throws IOException {
    RunRecord record = RunRecord.read(run());
    String why = record.outcome().map(RunRecord.Outcome::message).orElse("");
    return record.status() == RunStatus.FAILED
        ? Optional.of("has failed" + (why.isEmpty() ? "" : ": " + why))
        : Optional.empty();
  }

  private void refuse(Optional<String> problem) throws IOException {
    if (problem.isPresent()) {
      throw new IOException(
          "%s: %s; twister run trains the run again to the same numbers"
              .formatted(path, problem.get()));
    }
  }

  /// Whether a file of the run, the charts aside, is not what was written, or cannot be read. That
  /// of a run without checksums, of an older version, is not known.
  public boolean isDamaged() {
    try {
      return Checksums.damage(this).isPresent();
    } catch (IOException e) {
      return true;
    }
  }

  /// Whether the run has a file: one that lies there, or one that is missing and ought to be there.
  ///
  /// @throws IOException if the record of the run is not what was written
  public boolean has(Path file) throws IOException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        || Checksums.ofRun(this).containsKey(file.getFileName().toString());
  }

  /// The files of a run that has ended, by their names, for another machine; its charts, its
  /// checkpoint and what people say of it are not among them.
  ///
  /// @throws IOException if one cannot be read
  public Map<String, byte[]> contents() throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    for (String name : OwnFiles.sent()) {
      if (PlainFile.isOne(path.resolve(name))) {
        contents.put(name, Files.readAllBytes(path.resolve(name)));
      }
    }
    return contents;
  }

  /// Makes the folder anew, with the files that another machine made of the run.
  ///
  /// @param contents from [#contents]
  /// @return what came of the run
  /// @throws IOException if a file cannot be written, or what came is not the run that was made
  public RunRecord receive(String id, Map<String, byte[]> contents) throws IOException {
    empty();
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      if (!OwnFiles.sent().contains(file.getKey())) {
        throw new IOException("the run %s came with a file that is none of a run".formatted(id));
      }
      WholeFile.write(path.resolve(file.getKey()), out -> out.write(file.getValue()));
    }
    RunRecord record = RunRecord.read(run());
    if (!record.id().equals(id) || !record.status().isComplete() || isDamaged()) {
      throw new IOException("what came of the run %s is not what was sent".formatted(id));
    }
    return record;
  }

  /// Whether the model itself is kept.
  public boolean hasModel() {
    return Stream.of(weights(), bigrams(), ngrams()).anyMatch(Files::exists);
  }

  /// Makes the folder anew, with the experiment in it. What Twister did not make stays.
  ///
  /// @param sha256 of the words, without which the run cannot be repeated
  /// @throws IOException if it cannot be made or written
  public void begin(ExperimentSpec spec, String sha256) throws IOException {
    empty();
    write(SpecWriter.yaml(spec, sha256));
  }

  /// Leaves the folder as it is, to go on from its checkpoint; only the experiment is written anew,
  /// and files that were being written are deleted.
  ///
  /// @param sha256 of the words, without which the run cannot be repeated
  /// @throws IOException if it cannot be written, or a link has its place
  public void goOn(ExperimentSpec spec, String sha256) throws IOException {
    PlainFile.refuseNoFolder(path);
    tidyUp();
    write(SpecWriter.yaml(spec, sha256));
  }

  /// Says in `spec.yaml` which charts the run has, and how they look.
  ///
  /// @throws IOException if its files cannot be read or written
  public void writeCharts(ChartsSpec charts) throws IOException {
    Optional<ExperimentSpec> there = experiment();
    Optional<RunRecord> record = record();
    if (there.isPresent() && record.isPresent()) {
      RunChange.of(this, SpecWriter.yaml(there.get().withCharts(charts))).keep(record.get());
    }
  }

  /// Writes `spec.yaml`.
  void write(String spec) throws IOException {
    WholeFile.write(spec(), out -> out.write(spec.getBytes(StandardCharsets.UTF_8)));
  }

  /// A hidden folder beside this one in which the run is made, to be kept once it is complete.
  public RunFolder draft() {
    return new RunFolder(Draft.of(path));
  }

  private void empty() throws IOException {
    RunNotes.whileHeld(
        this,
        () -> {
          delete();
          Files.createDirectories(path);
        });
  }

  /// Takes a draft as this folder, in one step; what Twister made here before is deleted. Where
  /// there are other files, they stay, and those of the draft come to them.
  ///
  /// @throws IOException if it cannot be moved
  public void keep(RunFolder draft) throws IOException {
    RunNotes.whileHeld(
        this,
        () -> {
          delete();
          if (Files.exists(path)) {
            OwnFiles.move(draft.path, path);
            draft.delete();
          } else {
            Files.move(draft.path, path, StandardCopyOption.ATOMIC_MOVE);
          }
        });
  }

  /// Deletes the checkpoint of a run that is complete.
  ///
  /// @throws IOException if it cannot be deleted
  public void deleteCheckpoint() throws IOException {
    Files.deleteIfExists(checkpoint());
  }

  /// Deletes a draft, unless its run can go on from a checkpoint.
  ///
  /// @throws IOException if something in it cannot be deleted
  public void deleteUnlessHalfway() throws IOException {
    if (!isHalfway()) {
      delete();
    }
  }

  /// Whether there is a checkpoint.
  boolean isHalfway() {
    return Files.isRegularFile(checkpoint(), LinkOption.NOFOLLOW_LINKS);
  }

  /// Deletes files that were being written when their process ended.
  ///
  /// @throws IOException if one cannot be deleted
  public void tidyUp() throws IOException {
    WholeFile.deleteLeftIn(path);
    WholeFile.deleteLeftIn(charts());
  }

  /// Deletes all that Twister made in the folder, and the folder where nothing else is in it.
  ///
  /// @throws IOException if a file in it cannot be deleted, or it is no folder
  public void delete() throws IOException {
    PlainFile.refuseNoFolder(path);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      OwnFiles.delete(path);
    }
  }
}
