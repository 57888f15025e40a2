package twister.tracking;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
  static final String TENSORBOARD = "tensorboard";

  private static final FileTime NEVER = FileTime.fromMillis(0);

  /// Where `twister export tensorboard` writes, unless it is told.
  public Path tensorBoard() {
    return path.resolve(TENSORBOARD);
  }

  /// The table of its runs.
  public Path table() {
    return path.resolve("runs.csv");
  }

  /// The text of `spec.yaml`; nothing where it is missing.
  ///
  /// @throws IOException naming the file if it is there and cannot be read
  public Optional<String> specText() throws IOException {
    return Files.exists(spec(), LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Yaml.source(spec()))
        : Optional.empty();
  }

  /// The folder of one of its runs.
  public RunFolder run(String id) {
    return new RunFolder(path.resolve(id));
  }

  /// Creates the folder and takes it for this process, until the lock is closed or the process
  /// ends.
  ///
  /// @return the lock, or nothing while somebody else has it
  /// @throws IOException if the folder cannot be made or written, or there is one whose name
  ///   differs in nothing but capitals
  public Optional<FileChannel> lock() throws IOException {
    refuseOtherCapitals();
    Files.createDirectories(path);
    Path file = path.resolve(".lock");
    PlainFile.refuseOther(file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(channel);
  }

  /// On Windows and macOS the two would be one folder.
  private void refuseOtherCapitals() throws IOException {
    Path results = path.toAbsolutePath().getParent();
    if (Files.exists(path) || results == null || !Files.isDirectory(results)) {
      return;
    }
    String name = path.getFileName().toString();
    try (Stream<Path> others = Files.list(results)) {
      Optional<Path> same =
          others.filter(other -> other.getFileName().toString().equalsIgnoreCase(name)).findFirst();
      if (same.isPresent()) {
        throw new IOException(
            "%s: there is %s already, which is the same folder on some systems; choose another name"
                .formatted(path, same.get().getFileName()));
      }
    }
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
          RunRecord.read(run.run()).failed(message).write(run.run());
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

  /// The experiment as it was run last, from [#writeSpec].
  public Path spec() {
    return path.resolve("spec.yaml");
  }

  /// How many steps the rungs of its last sweep have, the first one the fewest; empty where that
  /// was no successive halving, or cannot be read.
  ///
  /// @throws IOException if `spec.yaml` is not what was written
  List<Integer> rungs() throws IOException {
    refuseChangedSpec();
    try {
      return Files.isRegularFile(spec()) ? SpecReader.rungs(spec()) : List.of();
    } catch (InvalidInputException e) {
      return List.of(); // The doctor tells of a spec.yaml that cannot be read.
    }
  }

  private void refuseChangedSpec() throws IOException {
    Optional<String> damage =
        PlainFile.isOne(spec()) ? SealedSpec.damage(spec()) : Optional.empty();
    if (damage.isPresent()) {
      throw new IOException(
          "%s: %s; the next twister run of its experiment writes it anew"
              .formatted(spec(), damage.get()));
    }
  }

  /// Writes the experiment as it was resolved last.
  ///
  /// @param yaml what [SpecReader] reads
  /// @throws IOException if it cannot be written
  public void writeSpec(String yaml) throws IOException {
    byte[] text = SealedSpec.sealed(yaml);
    WholeFile.write(spec(), out -> out.write(text));
  }

  /// Writes the experiment where [#spec] is missing or cannot be believed.
  ///
  /// @param yaml what [SpecReader] reads
  /// @throws IOException if it cannot be written
  public void mendSpec(String yaml) throws IOException {
    if (!hasSpec()) {
      writeSpec(yaml);
    }
  }

  private boolean hasSpec() {
    try {
      return PlainFile.isOne(spec())
          && SealedSpec.damage(spec()).isEmpty()
          && Yaml.read(spec()).containsKey("data");
    } catch (IOException e) {
      return false; // What cannot be read is written anew.
    }
  }

  /// Puts in order what another process left: changes of runs are finished, drafts of runs without
  /// a checkpoint and files that were being written are deleted, those in the folders of runs
  /// aside.
  ///
  /// @throws IOException if something cannot be finished or deleted
  public void tidyUp() throws IOException {
    for (Path change : changes()) {
      RunChange.finish(change);
    }
    deleteDrafts();
    WholeFile.deleteLeftIn(path);
    WholeFile.deleteLeftIn(path.resolve("charts"));
  }

  void deleteDrafts() throws IOException {
    for (Path draft : drafts(false)) {
      new RunFolder(draft).delete();
    }
  }

  List<Path> changes() throws IOException {
    return folders().stream().filter(RunChange::isOne).toList();
  }

  private List<Path> drafts() throws IOException {
    return folders().stream().filter(Draft::isOne).toList();
  }

  /// The folders in which runs of a sweep are made.
  List<RunFolder> draftFolders() throws IOException {
    return drafts().stream().map(RunFolder::new).toList();
  }

  /// Whether somebody else has the lock.
  ///
  /// @throws IOException if the lock cannot be asked for
  public boolean isInUse() throws IOException {
    if (!PlainFile.isOne(path.resolve(".lock"))) {
      return false;
    }
    Optional<FileChannel> lock = lock();
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }

  /// The drafts of runs that can go on from a checkpoint, or of others.
  List<Path> drafts(boolean canGoOn) throws IOException {
    return drafts().stream().filter(draft -> new RunFolder(draft).isHalfway() == canGoOn).toList();
  }

  /// The runs that need not be trained again, by their folders: those that are complete, each of
  /// whose files is what was written.
  ///
  /// @throws IOException if the folder cannot be read
  public Set<String> complete() throws IOException {
    return rows(List.of()).entrySet().parallelStream()
        .filter(entry -> entry.getValue().status().filter(RunStatus::isComplete).isPresent())
        .map(Map.Entry::getKey)
        .filter(name -> !run(name).isDamaged())
        .collect(Collectors.toSet());
  }

  /// Writes runs.csv anew: one row per run, in the order of their settings.
  ///
  /// @param written runs whose `run.yaml` this process wrote since the table was written last
  /// @throws IOException if the table cannot be written
  public void writeRuns(List<RunRecord> written) throws IOException {
    RunsSeal.write(table(), table(rows(written).values()));
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
    written.forEach(record -> fresh.put(record.id(), RunRow.of(record)));
    FileTime newest = known.isEmpty() ? NEVER : Files.getLastModifiedTime(table());
    Map<String, RunRow> rows = new LinkedHashMap<>();
    for (Path folder : folders()) {
      String name = folder.getFileName().toString();
      RunFolder run = new RunFolder(folder);
      Optional<RunRow> row = Optional.ofNullable(fresh.get(name));
      if (row.isEmpty() && isOlder(run.run(), newest)) {
        row = Optional.ofNullable(known.get(name));
      }
      row.filter(cells -> cells.isOf(name))
          .or(() -> row(run, run.record()))
          .ifPresent(cells -> rows.put(name, cells));
    }
    return rows;
  }

  private static boolean isOlder(Path file, FileTime time) {
    try {
      return Files.getLastModifiedTime(file).compareTo(time) < 0;
    } catch (IOException e) {
      return false; // It is read, or found not to be readable.
    }
  }

  /// The row of what is in a folder, if that is a run. One whose record cannot be believed is known
  /// by the name of its folder and by its experiment, and has failed.
  ///
  /// @param record as far as it can be read
  static Optional<RunRow> row(RunFolder run, Optional<RunRecord> record) {
    String name = run.path().getFileName().toString();
    Optional<RunRow> row = record.map(RunRow::of).filter(cells -> cells.isOf(name));
    boolean isCopy = record.filter(found -> !found.id().equals(name)).isPresent();
    return row.isPresent() || isCopy || !RunId.isOne(name)
        ? row
        : Optional.of(RunRow.damaged(name, run.experiment()));
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

  /// The folders in it, hidden ones among them. Links lead elsewhere and are none.
  List<Path> folders() throws IOException {
    return entries().stream()
        .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /// All that is in it.
  List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.sorted().toList();
    }
  }
}
