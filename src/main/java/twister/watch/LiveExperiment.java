package twister.watch;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import twister.experiment.TimeLeft;
import twister.page.ExperimentFindings;
import twister.page.TableJson;
import twister.ranking.SeedGroup;
import twister.spec.LossUnit;
import twister.text.VisibleText;
import twister.tracking.ExperimentFolder;
import twister.tracking.LiveRuns;
import twister.tracking.RunFolder;
import twister.tracking.RunNotes;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;

/// An experiment as it is at the moment.
final class LiveExperiment {
  /// Reading takes so small a part of the time at most.
  static final int PART = 50;

  /// But changes are told at last after so long.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /// Tags and notes are read anew after so long.
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /// Of so many runs in training the files are looked at: those of a sweep grow together.
  private static final int MOST_LOOKED_AT = 256;

  private final ExperimentFolder folder;
  private final LossUnit unit;
  private final LiveCurves curves = new LiveCurves();
  private final TimeLeft timeLeft = new TimeLeft(System::nanoTime);
  private final boolean allowsNotes;
  private volatile @Nullable Seen seen;

  /// @param unit of losses in sentences and tables
  /// @param allowsNotes whether tags and notes may be changed
  LiveExperiment(ExperimentFolder folder, LossUnit unit, boolean allowsNotes) {
    this.folder = folder;
    this.unit = unit;
    this.allowsNotes = allowsNotes;
  }

  /// Its name, by that of its folder.
  String name() {
    return String.valueOf(folder.path().getFileName());
  }

  /// What was read of an experiment, and the answers that were made of it.
  ///
  /// @param signature of the files when they were read
  /// @param due when it is time to read anew, as [System#nanoTime]
  /// @param stale when that is done although no file has changed: tags and notes may have
  private record Seen(
      String signature,
      long due,
      long stale,
      LiveRuns runs,
      ExperimentFindings found,
      byte[] page) {}

  /// Times and sizes of the files that tell of changes, as far as it is time to read anew. It waits
  /// for nobody who reads.
  String signature() {
    Seen last = seen;
    if (last == null) {
      return ofRuns();
    }
    return System.nanoTime() < last.due ? last.signature : ofRuns() + ofTraining(last.runs);
  }

  /// Of what says which runs there are.
  private String ofRuns() {
    StringBuilder signature = new StringBuilder();
    add(signature, folder.path());
    add(signature, folder.table());
    add(signature, RunNotes.lastChange(folder));
    return signature.toString();
  }

  private String ofTraining(LiveRuns runs) {
    StringBuilder signature = new StringBuilder();
    List<RunFolder> all = List.copyOf(runs.inTraining().values());
    for (int run = 0; run < all.size(); run += 1 + all.size() / MOST_LOOKED_AT) {
      add(signature, all.get(run).metrics());
    }
    // The files of a run tell nothing of the end of a process that is killed.
    if (!all.isEmpty() && !runs.areInTraining(folder)) {
      signature.append("ended ");
    }
    return signature.toString();
  }

  private static void add(StringBuilder signature, Path file) {
    try {
      BasicFileAttributes now =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      signature.append(now.lastModifiedTime().toMillis()).append(':').append(now.size());
    } catch (IOException e) {
      signature.append('-'); // It is not there, or not any more.
    }
    signature.append(' ');
  }

  /// What there is now. Reading it takes a small part of the time only, however often one asks, so
  /// that the training is not slowed down.
  private synchronized Seen seen() throws IOException {
    long begin = System.nanoTime();
    Seen last = seen;
    if (last != null && signature().equals(last.signature) && begin < last.stale) {
      return last;
    }
    // What changes while it is read shall be seen as a change.
    String before = ofRuns();
    LiveRuns now = LiveRuns.of(folder);
    String training = ofTraining(now);
    RunsTable runs = RunNotes.in(now.table(), folder);
    ExperimentFindings found = new ExperimentFindings(folder, runs, unit);
    byte[] page = Exchange.bytes(json -> write(json, now, found));
    long end = System.nanoTime();
    long pause = Math.min(PART * (end - begin), LONGEST_PAUSE.toNanos());
    Seen fresh =
        new Seen(before + training, end + pause, end + LONGEST.toNanos(), now, found, page);
    seen = fresh;
    return fresh;
  }

  /// Reads anew when asked next, for somebody has changed a note.
  synchronized void forget() {
    seen = null;
  }

  /// Writes what a list of experiments shows; of one that cannot be read why, so that the others
  /// are shown all the same.
  void writeSummary(JsonWriter json) throws IOException {
    Seen now;
    try {
      now = seen();
    } catch (IOException e) {
      json.beginObject().name("name").value(name());
      json.name("problem").value(VisibleText.visible(String.valueOf(e.getMessage())));
      json.name("started").value("").name("training").value(false).endObject();
      return;
    }
    writeSummary(json, now);
  }

  private void writeSummary(JsonWriter json, Seen now) throws IOException {
    RunsTable runs = now.runs.table();
    json.beginObject().name("name").value(name());
    json.name("runs").value(runs.rows().size());
    writeStates(json, runs);
    json.name("best");
    write(json, bestLoss(now.found));
    json.name("figure").value(now.found.ranking().figure());
    json.name("started")
        .value(
            runs.rows().stream().map(row -> row.text("started")).max(String::compareTo).orElse(""));
    json.name("training").value(!now.runs.inTraining().isEmpty()).endObject();
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

  /// All that the page of the experiment shows but for its curves, as JSON.
  byte[] page() throws IOException {
    return seen().page;
  }

  private void write(JsonWriter json, LiveRuns now, ExperimentFindings found) throws IOException {
    RunsTable runs = found.runs();
    json.beginObject().name("name").value(name());
    json.name("question").value(found.question());
    write(json, "answer", found.answer());
    write(json, "remarks", found.remarks());
    writeStates(json, runs);
    Optional<String> missing =
        found
            .missing()
            .or(() -> now.inTraining().isEmpty() ? runs.interruption() : Optional.empty());
    json.name("missing");
    if (missing.isPresent()) {
      json.value(missing.get());
    } else {
      json.nullValue();
    }
    json.name("left");
    write(json, timeLeft.seconds(folder, now));
    json.name("figure").value(found.ranking().figure());
    write(json, "keys", runs.varying());
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
  ///
  /// @param asked runs whose losses are wanted where not all are written
  void writeCurves(JsonWriter json, List<String> asked) throws IOException {
    Seen now = seen();
    curves.write(json, folder, now.runs, now.found, new LiveCurves.Asked(asked, unit));
  }

  /// A run, also one in training.
  ///
  /// @param row what the table says of it at the moment
  record Run(RunFolder folder, RunsTable.Row row) {}

  /// A run; empty where there is none of the name.
  Optional<Run> run(String id) throws IOException {
    LiveRuns now = seen().runs;
    return now.table().rows().stream()
        .filter(row -> row.text("run").equals(id))
        .findFirst()
        .map(row -> new Run(now.inTraining().getOrDefault(id, folder.run(id)), row));
  }
}
