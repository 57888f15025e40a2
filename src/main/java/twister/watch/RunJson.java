package twister.watch;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import twister.report.DrawnNames;
import twister.spec.ExperimentSpec;
import twister.spec.LossUnit;
import twister.text.VisibleText;
import twister.tracking.BigramTable;
import twister.tracking.Provenance;
import twister.tracking.RunFolder;
import twister.tracking.RunNotes;
import twister.tracking.RunRecord;
import twister.tracking.RunSettings;

/// A run for the page.
final class RunJson {
  private static final int NAMES = 20;

  private RunJson() {}

  /// Writes what a run is, what it found and what is said of it.
  static void write(JsonWriter json, LiveExperiment.Run asked, LossUnit unit) throws IOException {
    RunFolder run = asked.folder();
    Optional<RunRecord> record = run.record();
    Optional<ExperimentSpec> spec = run.experiment();
    json.beginObject().name("run").value(asked.row().text("run"));
    json.name("status").value(asked.row().status().word());
    json.name("settings").beginObject();
    Map<String, Object> settings =
        record
            .map(RunRecord::settings)
            .or(() -> spec.map(s -> RunSettings.of(s).values()))
            .orElse(Map.of());
    for (Map.Entry<String, Object> setting : settings.entrySet()) {
      json.name(setting.getKey()).value(VisibleText.visible(String.valueOf(setting.getValue())));
    }
    json.endObject().name("facts").beginObject();
    for (Map.Entry<String, String> fact : facts(record).entrySet()) {
      json.name(fact.getKey()).value(VisibleText.visible(fact.getValue()));
    }
    json.endObject().name("losses").beginObject();
    for (Map.Entry<String, Double> loss : losses(record).entrySet()) {
      json.name(loss.getKey());
      LiveExperiment.write(json, OptionalDouble.of(unit.of(loss.getValue())));
    }
    json.endObject().name("samples").beginArray();
    for (String name : samples(run, spec)) {
      json.value(name);
    }
    json.endArray();
    write(json, RunNotes.read(run));
    json.endObject();
  }

  private static void write(JsonWriter json, RunNotes notes) throws IOException {
    json.name("tags").beginArray();
    for (String tag : notes.tags()) {
      json.value(tag);
    }
    json.endArray().name("note").value(notes.note());
  }

  /// Writes why notes are not changed.
  ///
  /// @param now what they say
  static void writeConflict(JsonWriter json, RunNotes now) throws IOException {
    json.beginObject().name("problem").value("somebody else has changed them meanwhile");
    write(json, now);
    json.endObject();
  }

  private static Map<String, String> facts(Optional<RunRecord> record) {
    Map<String, String> facts = new LinkedHashMap<>();
    record.ifPresent(
        run -> {
          Provenance from = run.provenance();
          facts.put("started", run.started().toString());
          run.outcome()
              .filter(end -> !end.message().isEmpty())
              .ifPresent(end -> facts.put("remark", end.message()));
          facts.put("device", from.device().name());
          facts.put("data", from.data().file());
          facts.put("data sha256", from.data().sha256());
          facts.put("Twister", from.twister().number());
          from.experiment().ifPresent(commit -> facts.put("commit", commit.hash()));
          facts.put("Java", from.platform().jdk());
        });
    return facts;
  }

  private static Map<String, Double> losses(Optional<RunRecord> record) {
    Map<String, Double> losses = new LinkedHashMap<>();
    record
        .flatMap(RunRecord::outcome)
        .ifPresent(
            end -> {
              losses.put("loss", end.loss());
              losses.put("nll", end.nll());
              end.splits()
                  .forEach(
                      (part, loss) -> {
                        if (!part.equals("test")) {
                          losses.put(part + "_loss", loss);
                        }
                      });
            });
    return losses;
  }

  private static List<String> samples(RunFolder run, Optional<ExperimentSpec> spec)
      throws IOException {
    if (spec.isEmpty() || !run.has(run.samples())) {
      return List.of();
    }
    return DrawnNames.last(
            run.samples(),
            spec.get().data().format().boundary(),
            spec.get().samples().lengthLimit())
        .stream()
        .limit(NAMES)
        .toList();
  }

  /// Writes the model's probabilities of bigrams.
  static void write(JsonWriter json, BigramTable table) throws IOException {
    json.beginObject().name("symbols").beginArray();
    for (String symbol : table.symbols()) {
      json.value(VisibleText.visible(symbol));
    }
    json.endArray().name("probabilities").beginArray();
    for (int previous = 0; previous < table.symbols().size(); previous++) {
      json.beginArray();
      for (int next = 0; next < table.symbols().size(); next++) {
        json.value(table.probability(previous, next));
      }
      json.endArray();
    }
    json.endArray().endObject();
  }
}
