package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A run's `run.yaml`: what was run, from what, and what came of it.
///
/// @param settings the resolved settings that decide the numbers, by their full key: text, numbers
///   and truth values
/// @param outcome empty while the run is in training, and of one whose process ended in the middle
public record RunRecord(
    String id,
    RunStatus status,
    Instant started,
    Provenance provenance,
    Map<String, Object> settings,
    Optional<Outcome> outcome) {

  public RunRecord {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /// What came of a run.
  ///
  /// @param trainingSeconds the time between the first step and the last
  /// @param steps how many updates were done
  /// @param loss after the last update, in nats per character; NaN when there is none
  /// @param nll the data term of the loss; NaN when there is none
  /// @param splits losses on the parts of the words after the last update, by part; empty when they
  ///   are not divided
  /// @param message why the run failed or diverged, or empty
  public record Outcome(
      Instant ended,
      double trainingSeconds,
      int steps,
      double loss,
      double nll,
      Map<String, Double> splits,
      String message) {
    public Outcome {
      splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    }
  }

  /// The record of a run that begins now.
  public static RunRecord begun(String id, RunSettings settings, Provenance provenance) {
    return new RunRecord(
        id, RunStatus.RUNNING, Instant.now(), provenance, settings.values(), Optional.empty());
  }

  /// The record of the same run, which began before.
  public RunRecord since(Instant start) {
    return new RunRecord(id, status, start, provenance, settings, outcome);
  }

  /// The record of the same run, by whose files other settings now stand.
  public RunRecord with(RunSettings others) {
    return new RunRecord(id, status, started, provenance, others.values(), outcome);
  }

  /// The record of the same run, ended.
  public RunRecord ended(RunStatus how, Outcome result) {
    return new RunRecord(id, how, started, provenance, settings, Optional.of(result));
  }

  /// The record of the same run, of which nothing is to be believed.
  ///
  /// @param why in words
  public RunRecord failed(String why) {
    return ended(
        RunStatus.FAILED, new Outcome(Instant.now(), 0, 0, Double.NaN, Double.NaN, Map.of(), why));
  }

  /// Whether the model is one in closed form, which has no steps.
  public boolean isOfCounts() {
    return "counts".equals(settings.get("model.kind"));
  }

  /// Whether each step learns from some of the examples only.
  public boolean isOfBatches() {
    return settings.containsKey("training.batch");
  }

  /// Reads a record, also one of an older version, which did not write all that this one does: text
  /// that is missing is empty, a number of words or symbols 0, a loss NaN.
  ///
  /// Its own checksum is compared with the file, those of the files beside it are not.
  ///
  /// @throws IOException naming the file and the key if it cannot be read, is no record of a run,
  ///   or is not what was written
  public static RunRecord read(Path file) throws IOException {
    String text = Yaml.source(file);
    Map<String, Object> fields = Yaml.parse(file, text);
    Checksums.refuseDamaged(file, text, fields);
    return new RecordReader(file.toString(), fields).record();
  }

  /// Writes the record as YAML; that of a run that has ended with the checksums of the files beside
  /// it, unless it failed.
  ///
  /// @throws IOException if it cannot be written, or a link has the place of the run's folder
  public void write(Path file) throws IOException {
    PlainFile.refuseNoFolder(file.resolveSibling(""));
    write(
        file,
        status.isKept() ? Checksums.ofFiles(new RunFolder(file.resolveSibling(""))) : Map.of());
  }

  /// Writes the record as YAML; that of a run that has ended with the checksums of its files.
  ///
  /// @param sums by the names of the files
  void write(Path file, Map<String, String> sums) throws IOException {
    Map<String, Object> fields = RecordFields.of(this);
    byte[] text =
        status != RunStatus.RUNNING
            ? Checksums.sealed(fields, sums)
            : Yaml.text(fields).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(file, out -> out.write(text));
  }
}
