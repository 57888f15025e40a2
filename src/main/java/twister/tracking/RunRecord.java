package twister.tracking;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import twister.backend.Device;
import twister.spec.SpecWriter;

/// A run's `run.yaml`: what was run, from what, and what came of it.
///
/// @param settings the resolved settings that decide the numbers, by their full key
/// @param outcome empty while the run is in training
public record RunRecord(
    String id,
    RunStatus status,
    Instant started,
    Provenance provenance,
    Map<String, Object> settings,
    Optional<Outcome> outcome) {

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
  ///
  /// @param settings what [SpecWriter#settings] writes
  public static RunRecord begun(String id, String settings, Provenance provenance) {
    Map<String, Object> flat = Yaml.flat(Yaml.parse(settings));
    return new RunRecord(id, RunStatus.RUNNING, Instant.now(), provenance, flat, Optional.empty());
  }

  /// The record of the same run, ended.
  public RunRecord ended(RunStatus how, Outcome result) {
    return new RunRecord(id, how, started, provenance, settings, Optional.of(result));
  }

  /// Writes the record as YAML; that of a complete run with the checksums of the files beside it.
  ///
  /// @throws IOException if it cannot be written
  public void write(Path file) throws IOException {
    byte[] text =
        status.isComplete()
            ? Checksums.sealed(fields(), file.resolveSibling(""))
            : Yaml.text(fields()).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(file, out -> out.write(text));
  }

  /// The fields of `run.yaml`.
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", id);
    fields.put("status", status.word());
    fields.put("started", started.toString());
    outcome.ifPresent(result -> putOutcome(fields, result));
    fields.put("twister", provenance.twister());
    fields.put("device", device());
    fields.put("jdk", Runtime.version().toString());
    fields.put("os", os());
    provenance.commit().ifPresent(commit -> fields.put("code", code(commit)));
    fields.put("data", data());
    fields.put("settings", settings);
    return fields;
  }

  private static void putOutcome(Map<String, Object> fields, Outcome outcome) {
    fields.put("ended", outcome.ended().toString());
    fields.put("training-seconds", outcome.trainingSeconds());
    fields.put("steps", outcome.steps());
    fields.put("loss", outcome.loss());
    fields.put("nll", outcome.nll());
    if (!outcome.splits().isEmpty()) {
      fields.put("split-loss", outcome.splits());
    }
    if (!outcome.message().isEmpty()) {
      fields.put("message", outcome.message());
    }
  }

  private Map<String, Object> device() {
    Device device = provenance.device();
    return fields(
        "index", device.index(),
        "backend", device.backend(),
        "name", device.name(),
        "driver", device.driver());
  }

  private static String os() {
    return "%s %s %s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"));
  }

  private static Map<String, Object> code(Provenance.Commit commit) {
    return fields("commit", commit.hash(), "dirty", commit.dirty());
  }

  private Map<String, Object> data() {
    Provenance.Data data = provenance.data();
    return fields(
        "file", data.file(),
        "sha256", data.sha256(),
        "words", data.words(),
        "empty-lines", data.emptyLines(),
        "examples", data.examples(),
        "symbols", data.symbols(),
        "contexts", data.contexts(),
        "uniform-loss", data.uniformLoss(),
        "lowest-loss", data.lowestLoss());
  }

  private static Map<String, Object> fields(Object... keysAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return fields;
  }
}
