package twister.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import twister.spec.ExperimentSpec;

/// The runs of an experiment while some of them may be in training. Nothing is written.
///
/// @param table all runs; those in training are `running`, with the step and the loss that their
///   files have come to, and those whose process was killed are `interrupted`
/// @param inTraining where the files of those in training grow, by their names
public record LiveRuns(RunsTable table, Map<String, RunFolder> inTraining) {
  /// A line of metrics.csv is shorter.
  private static final int TAIL = 4096;

  /// Reads an experiment.
  ///
  /// @throws IOException if its table or its folder cannot be read
  public static LiveRuns of(ExperimentFolder folder) throws IOException {
    RunsTable there = RunsTable.readOnly(folder);
    List<RunRow> rows = new ArrayList<>();
    Map<String, RunFolder> inTraining = new LinkedHashMap<>();
    Liveness liveness = new Liveness(folder);
    for (RunsTable.Row row : there.rows()) {
      RunRow known = RunRow.of(row, there.columns());
      boolean isRunning = row.status() == RunStatus.RUNNING;
      RunFolder run = folder.run(known.run());
      if (isRunning && liveness.isAlive(run)) {
        inTraining.put(known.run(), run);
        rows.add(known.with(Last.of(run)));
      } else if (isRunning && liveness.hasEnded()) {
        rows.add(known.interrupted().with(Last.of(run)));
      } else {
        rows.add(known);
      }
    }
    addDrafts(folder, liveness, rows, inTraining);
    List<String> columns = RunRow.columns(rows);
    rows.sort(RunRow.order(columns));
    List<List<String>> cells =
        rows.stream().map(row -> columns.stream().map(row::text).toList()).toList();
    return new LiveRuns(
        RunsTable.of(there.experiment(), columns, cells).in(there.rungs()), inTraining);
  }

  /// Whether somebody still trains what was in training when it was read.
  public boolean areInTraining(ExperimentFolder folder) {
    Liveness liveness = new Liveness(folder);
    return inTraining.values().stream().anyMatch(liveness::isAlive);
  }

  private static void addDrafts(
      ExperimentFolder folder,
      Liveness liveness,
      List<RunRow> rows,
      Map<String, RunFolder> inTraining)
      throws IOException {
    // A draft does not tell its device yet; where there is one only, it is that.
    Set<String> devices = rows.stream().map(row -> row.text("device")).collect(Collectors.toSet());
    String device = devices.size() == 1 ? devices.iterator().next() : "";
    Set<String> known = rows.stream().map(RunRow::run).collect(Collectors.toSet());
    for (RunFolder draft : folder.draftFolders()) {
      String run = Draft.run(draft.path());
      Optional<ExperimentSpec> spec = known.contains(run) ? Optional.empty() : draft.experiment();
      if (spec.isPresent() && liveness.isAlive(draft)) {
        inTraining.put(run, draft);
        rows.add(RunRow.inTraining(run, spec.get(), device).with(Last.of(draft)));
      }
    }
  }

  /// The last whole row of a run's metrics.
  ///
  /// @param step its number; empty where there is no row
  /// @param loss in nats per character
  record Last(String step, String loss) {
    private static final Last NONE = new Last("", "");

    static Last of(RunFolder run) {
      try {
        if (!PlainFile.isOne(run.metrics())) {
          return NONE;
        }
        String text = tail(run.metrics());
        int end = text.lastIndexOf('\n');
        int begin = end <= 0 ? -1 : text.lastIndexOf('\n', end - 1);
        List<String> cells =
            begin < 0 ? List.of() : List.of(text.substring(begin + 1, end).split(",", -1));
        return cells.size() < 2 ? NONE : new Last(cells.get(0), cells.get(1));
      } catch (IOException e) {
        return NONE; // The draft has just become a run.
      }
    }

    private static String tail(Path file) throws IOException {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        ByteBuffer bytes = ByteBuffer.allocate(TAIL);
        channel.read(bytes, Math.max(0, channel.size() - TAIL));
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      }
    }
  }
}
