package twister.tracking;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVPrinter;
import twister.spec.SpecReader;
import twister.yaml.InvalidInputException;

/// The folder of one experiment: its runs, and the table of them.
///
/// @param path where it is, or will be
public record ExperimentFolder(Path path) {
  private static final FileTime NEVER = FileTime.fromMillis(0);

  /// The table of its runs.
  public Path table() {
    return path.resolve("runs.csv");
  }

  /// The folder of one of its runs.
  public RunFolder run(String id) {
    return new RunFolder(path.resolve(id));
  }

  /// Creates the folder and takes it for this process, until the lock is closed or the process
  /// ends.
  ///
  /// @return the lock, or nothing while somebody else has it
  /// @throws IOException if the folder cannot be made or written
  public Optional<FileChannel> lock() throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(
            path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(channel);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // Somebody else in this process has it.
    }
  }

  /// Marks the runs as failed that another process left in training, unless it still has the
  /// folder.
  ///
  /// @param message why they failed
  /// @return their folders, and this one where a sweep left drafts
  /// @throws IOException if a record cannot be written
  public List<Path> failUnfinished(String message) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    Optional<FileChannel> lock = lock();
    if (lock.isEmpty()) {
      return List.of();
    }
    List<Path> left = new ArrayList<>();
    try {
      for (Map.Entry<String, RunRow> entry : rows(List.of()).entrySet()) {
        if (entry.getValue().status().equals(Optional.of(RunStatus.RUNNING))) {
          RunFolder run = run(entry.getKey());
          fail(run, message);
          left.add(run.path());
        }
      }
      writeRuns(List.of());
      if (!drafts().isEmpty()) {
        left.add(path);
      }
    } finally {
      lock.get().close();
    }
    return left;
  }

  /// How many steps the rungs of its last sweep have, the first one the fewest; empty where that
  /// was no successive halving, or cannot be read.
  List<Integer> rungs() {
    Path file = path.resolve("spec.yaml");
    try {
      return Files.isRegularFile(file) ? SpecReader.rungs(file) : List.of();
    } catch (InvalidInputException e) {
      return List.of(); // The doctor tells of a spec.yaml that cannot be read.
    }
  }

  /// Writes the experiment as it was resolved last.
  ///
  /// @param yaml what [SpecReader] reads
  /// @throws IOException if it cannot be written
  public void writeSpec(String yaml) throws IOException {
    byte[] text = yaml.getBytes(StandardCharsets.UTF_8);
    WholeFile.write(path.resolve("spec.yaml"), out -> out.write(text));
  }

  /// Marks a run as failed, so that it will be trained anew.
  static void fail(RunFolder run, String message) throws IOException {
    byte[] text = Yaml.text(failed(run, message)).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(run.run(), out -> out.write(text));
  }

  /// What the record of a run says that is marked as failed.
  static Map<String, Object> failed(RunFolder run, String message) {
    Map<String, Object> failed = new LinkedHashMap<>(run.fields().orElse(Map.of()));
    failed.keySet().removeIf(Checksums::isKey);
    failed.put("run", run.path().getFileName().toString());
    failed.put("status", RunStatus.FAILED.word());
    failed.put("message", message);
    return failed;
  }

  /// Deletes the drafts of runs that another process left.
  ///
  /// @throws IOException if one cannot be deleted
  public void deleteDrafts() throws IOException {
    for (Path draft : drafts()) {
      new RunFolder(draft).delete();
    }
  }

  private List<Path> drafts() throws IOException {
    return folders().stream().filter(Draft::isOne).toList();
  }

  /// The runs that need not be trained again, by their folders.
  ///
  /// @throws IOException if the folder cannot be read
  public Set<String> complete() throws IOException {
    return rows(List.of()).entrySet().stream()
        .filter(entry -> entry.getValue().status().filter(RunStatus::isComplete).isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// Writes runs.csv anew: one row per run, in the order of their settings.
  ///
  /// @param written runs whose `run.yaml` this process wrote since the table was written last
  /// @throws IOException if the table cannot be written
  public void writeRuns(List<RunRecord> written) throws IOException {
    byte[] text = table(rows(written).values());
    WholeFile.write(table(), out -> out.write(text));
  }

  /// What runs.csv holds, or would.
  byte[] tableOfRuns() throws IOException {
    return table(rows(List.of()).values());
  }

  /// What runs.csv holds of some runs.
  static byte[] table(Collection<RunRow> rows) throws IOException {
    List<String> columns = RunRow.columns(rows);
    StringBuilder text = new StringBuilder();
    CSVPrinter printer = new CSVPrinter(text, Csv.format(columns));
    for (RunRow row : rows.stream().sorted(RunRow.order(columns)).toList()) {
      printer.printRecord(columns.stream().map(row::text));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// The rows of all runs, by their folders. Those of complete runs are taken from the table as it
  /// is where it is newer than they are, since reading thousands of small files takes long.
  ///
  /// @param written runs whose files need not be read
  private Map<String, RunRow> rows(List<RunRecord> written) throws IOException {
    Map<String, RunRow> known = known();
    Map<String, RunRow> fresh = new HashMap<>();
    written.forEach(record -> fresh.put(record.id(), RunRow.of(RecordFields.of(record))));
    FileTime newest = known.isEmpty() ? NEVER : Files.getLastModifiedTime(table());
    Map<String, RunRow> rows = new LinkedHashMap<>();
    for (RunFolder run : runs()) {
      String name = run.path().getFileName().toString();
      RunRow row = fresh.get(name);
      if (row == null && Files.getLastModifiedTime(run.run()).compareTo(newest) < 0) {
        row = known.get(name);
      }
      if (row == null) {
        row = run.fields().map(RunRow::of).orElse(null);
      }
      if (row != null && row.isOf(name)) {
        rows.put(name, row);
      }
    }
    return rows;
  }

  /// The runs that have a record.
  private List<RunFolder> runs() throws IOException {
    return folders().stream()
        .filter(folder -> !Draft.isOne(folder))
        .map(RunFolder::new)
        .filter(run -> Files.exists(run.run()))
        .toList();
  }

  /// The complete runs of a table; none where it is missing, damaged or of another version.
  private Map<String, RunRow> known() {
    if (!Files.exists(table())) {
      return Map.of();
    }
    try {
      RunsTable runs = RunsFile.read(table());
      return !RunRow.hasColumns(runs.columns())
          ? Map.of()
          : runs.rows().stream()
              .filter(row -> row.status().isComplete())
              .map(row -> RunRow.of(row, runs.columns()))
              .collect(Collectors.toMap(RunRow::run, row -> row, (_, last) -> last));
    } catch (IOException e) {
      return Map.of(); // It is written anew from the runs.
    }
  }

  /// The folders in it, hidden ones among them.
  List<Path> folders() throws IOException {
    return entries().stream().filter(Files::isDirectory).toList();
  }

  /// All that is in it.
  List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.sorted().toList();
    }
  }
}
