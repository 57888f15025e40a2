package twister.watch;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import twister.page.ExperimentFindings;
import twister.page.TableJson;
import twister.ranking.SeedGroup;
import twister.spec.LossUnit;
import twister.tracking.ExperimentFolder;
import twister.tracking.LiveRuns;
import twister.tracking.RunFolder;
import twister.tracking.RunNotes;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// An experiment as it is at the moment.
final class LiveExperiment {
  private final ExperimentFolder folder;
  private final LossUnit unit;
  private final LiveCurves curves = new LiveCurves();
  private List<RunFolder> inTraining = List.of();

  LiveExperiment(ExperimentFolder folder, LossUnit unit) {
    this.folder = folder;
    this.unit = unit;
  }

  /// Its name, by that of its folder.
  String name() {
    return String.valueOf(folder.path().getFileName());
  }

  /// The files whose times and sizes tell of changes.
  synchronized List<Path> growing() {
    List<Path> files = new ArrayList<>(List.of(folder.path(), folder.table()));
    inTraining.forEach(run -> files.add(run.metrics()));
    return files;
  }

  /// What there is now.
  private synchronized LiveRuns now() throws IOException {
    LiveRuns now = LiveRuns.of(folder);
    inTraining = List.copyOf(now.inTraining().values());
    return now;
  }

  /// Writes what a list of experiments shows.
  void writeSummary(JsonWriter json) throws IOException {
    LiveRuns now = now();
    ExperimentFindings found = new ExperimentFindings(folder, now.table(), unit);
    json.beginObject().name("name").value(name());
    json.name("runs").value(now.table().rows().size());
    writeStates(json, now.table());
    json.name("best");
    write(json, bestLoss(found));
    json.name("figure").value(found.ranking().figure());
    json.name("started")
        .value(
            now.table().rows().stream()
                .map(row -> row.text("started"))
                .max(String::compareTo)
                .orElse(""));
    json.name("training").value(!now.inTraining().isEmpty()).endObject();
  }

  private OptionalDouble bestLoss(ExperimentFindings found) {
    return found.ranking().standings().stream()
        .filter(standing -> standing.rank() == 1)
        .mapToDouble(standing -> unit.of(standing.group().mean(found.ranking().figure())))
        .findFirst();
  }

  private static void writeStates(JsonWriter json, RunsTable runs) throws IOException {
    json.name("states").beginObject();
    for (Map.Entry<RunStatus, Long> state : RunsTable.statuses(runs.rows()).entrySet()) {
      json.name(state.getKey().word()).value(state.getValue());
    }
    json.endObject();
  }

  /// Writes all that the page of the experiment shows but for its curves.
  ///
  /// @param allowsNotes whether tags and notes may be changed
  void write(JsonWriter json, boolean allowsNotes) throws IOException {
    LiveRuns now = now();
    RunsTable runs = RunNotes.in(now.table(), folder);
    ExperimentFindings found = new ExperimentFindings(folder, runs, unit);
    json.beginObject().name("name").value(name());
    json.name("question").value(found.question());
    write(json, "answer", found.answer());
    write(json, "remarks", found.remarks());
    writeStates(json, runs);
    Optional<String> missing = found.missing();
    json.name("missing");
    if (missing.isPresent()) {
      json.value(missing.get());
    } else {
      json.nullValue();
    }
    json.name("left");
    write(json, TimeLeft.seconds(folder, now));
    json.name("figure").value(found.ranking().figure());
    write(json, "keys", keys(runs));
    json.name("uniform");
    write(json, mark(found, "uniform_loss"));
    json.name("lowest");
    write(json, mark(found, "lowest_loss"));
    json.name("notes").value(allowsNotes);
    json.name("files").nullValue();
    json.name("settings");
    TableJson.write(json, found.settings());
    json.name("runs");
    TableJson.write(json, found.eachRun());
    json.endObject();
  }

  /// The keys that vary, but for the seed.
  private static List<String> keys(RunsTable runs) {
    return runs.settings().stream()
        .filter(key -> !key.equals(RunsTable.SEED) && runs.differs(key))
        .toList();
  }

  private OptionalDouble mark(ExperimentFindings found, String column) {
    SeedGroup all = new SeedGroup(found.runs().rows());
    double mark = all.runs().isEmpty() ? Double.NaN : all.meanOfAll(column);
    return Double.isNaN(mark) ? OptionalDouble.empty() : OptionalDouble.of(unit.of(mark));
  }

  private static void write(JsonWriter json, String name, List<String> texts) throws IOException {
    json.name(name).beginArray();
    for (String text : texts) {
      json.value(text);
    }
    json.endArray();
  }

  /// Writes a number, or null where there is none that JSON can write.
  static void write(JsonWriter json, OptionalDouble number) throws IOException {
    if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
      json.value(number.getAsDouble());
    } else {
      json.nullValue();
    }
  }

  /// Writes the losses of the runs over their steps.
  void writeCurves(JsonWriter json) throws IOException {
    LiveRuns now = now();
    curves.write(json, folder, now, new ExperimentFindings(folder, now.table(), unit), unit);
  }

  /// The folder of a run, also of one in training; empty where there is none of the name.
  Optional<RunFolder> run(String id) throws IOException {
    LiveRuns now = now();
    return now.table().rows().stream()
        .filter(row -> row.text("run").equals(id))
        .findFirst()
        .map(_ -> now.inTraining().getOrDefault(id, folder.run(id)));
  }
}
