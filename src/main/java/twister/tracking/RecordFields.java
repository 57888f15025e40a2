package twister.tracking;

import java.util.LinkedHashMap;
import java.util.Map;

/// The keys and values of a run's `run.yaml`, as [RunRecord#write] puts them into it and
/// [RecordReader] takes them out.
final class RecordFields {
  private RecordFields() {}

  /// The fields of a record, without checksums.
  static Map<String, Object> of(RunRecord run) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Provenance provenance = run.provenance();
    fields.put("run", run.id());
    fields.put("status", run.status().word());
    fields.put("started", run.started().toString());
    run.outcome().ifPresent(result -> putOutcome(fields, result));
    fields.put("twister", twister(provenance.twister()));
    fields.put("device", device(provenance.device()));
    fields.put("jdk", provenance.platform().jdk());
    fields.put("os", provenance.platform().os());
    provenance.experiment().ifPresent(commit -> fields.put("experiment", commit(commit)));
    fields.put("data", data(provenance.data()));
    fields.put("settings", run.settings());
    return fields;
  }

  private static void putOutcome(Map<String, Object> fields, RunRecord.Outcome outcome) {
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

  private static Map<String, Object> device(Provenance.UsedDevice device) {
    return fields(
        "index", device.index(),
        "backend", device.backend(),
        "name", device.name(),
        "driver", device.driver());
  }

  private static Map<String, Object> twister(TwisterVersion twister) {
    Map<String, Object> fields = fields("version", twister.number());
    twister.commit().ifPresent(commit -> fields.putAll(commit(commit)));
    return fields;
  }

  private static Map<String, Object> commit(Provenance.Commit commit) {
    return fields("commit", commit.hash(), "dirty", commit.dirty());
  }

  private static Map<String, Object> data(Provenance.Data data) {
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
