package twister.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import twister.ranking.DecidingLoss;
import twister.tracking.ExperimentFolder;
import twister.tracking.LiveRuns;
import twister.tracking.PlainFile;
import twister.tracking.RunFolder;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;
import twister.tracking.WholeFile;

/// Writes the runs of an experiment as TensorBoard reads them: a folder for each run with one event
/// file, and one event file above them for what they have in common.
///
/// Nothing in the files follows the clock. The same runs give the same files, and what is there
/// stays while runs grow ([EventFile]).
public final class TensorBoardExport {
  /// Held while files are written, so that no two processes append to one.
  private static final String LOCK = ".twister.lock";

  private final ExperimentFolder experiment;
  private final Path to;
  private final LiveRuns live;
  private final RunsTable runs;
  private final List<Hyperparameter> hyperparameters;
  private final SettingGroups groups;

  /// What was written.
  ///
  /// @param runs how many have events
  /// @param inTraining how many of them are in training
  /// @param problems of runs that cannot be believed, which have none, in words
  public record Written(int runs, int inTraining, List<String> problems) {
    public Written {
      problems = List.copyOf(problems);
    }
  }

  private TensorBoardExport(ExperimentFolder experiment, Path to) throws IOException {
    this.experiment = experiment;
    this.to = to;
    live = LiveRuns.of(experiment);
    runs = live.table();
    hyperparameters = Hyperparameter.all(runs);
    groups = new SettingGroups(runs);
  }

  /// Writes the events of all runs that are not there yet.
  ///
  /// @param to the folder that TensorBoard is to be given
  /// @throws IOException if the experiment cannot be read or the folder not be written
  public static Written write(ExperimentFolder experiment, Path to) throws IOException {
    refuseResults(to);
    refuseFolderOfResults(to);
    WholeFile.folder(to);
    Path lock = to.resolve(LOCK);
    PlainFile.refuseOther(lock);
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      return new TensorBoardExport(experiment, to).write();
    }
  }

  /// Results have checksums, and no room for files of others.
  private static void refuseResults(Path folder) throws IOException {
    if (hasResults(folder)) {
      throw new IOException(folder + ": holds results; choose a folder of its own");
    }
  }

  private static boolean hasResults(Path folder) {
    return Stream.of("runs.csv", "run.yaml").map(folder::resolve).anyMatch(Files::exists);
  }

  /// The folder of all results is not one for events, either.
  private static void refuseFolderOfResults(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.anyMatch(TensorBoardExport::hasResults)) {
        throw new IOException(folder + ": holds results; choose a folder of its own");
      }
    }
  }

  private Written write() throws IOException {
    List<String> problems =
        runs.rows().parallelStream().flatMap(row -> write(row).stream()).toList();
    writeRoot();
    return new Written(runs.rows().size() - problems.size(), live.inTraining().size(), problems);
  }

  private RunFolder folder(RunsTable.Row row) {
    String run = row.text("run");
    return live.inTraining().getOrDefault(run, experiment.run(run));
  }

  /// @return what is wrong with the run
  private Optional<String> write(RunsTable.Row row) {
    String run = row.text("run");
    RunFolder folder = folder(row);
    try {
      OptionalLong seconds = seconds(row, folder);
      if (seconds.isEmpty() && live.inTraining().containsKey(run)) {
        return Optional.empty(); // It has just ended, and is there for the next export.
      }
      if (seconds.isEmpty()) {
        return Optional.of(folder.path() + ": does not say when it was started");
      }
      Path place = to.resolve(run);
      refuseResults(place);
      new EventFolder(place)
          .write(
              seconds.getAsLong(),
              events -> new RunEvents(events, row, folder, hyperparameters, groups.of(run)));
      return Optional.empty();
    } catch (IOException e) {
      boolean hasJustMoved = live.inTraining().containsKey(run) && Files.notExists(folder.path());
      return hasJustMoved ? Optional.empty() : Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// When a run began, since 1970. A draft does not say so; its experiment was written then.
  private static OptionalLong seconds(RunsTable.Row row, RunFolder folder) throws IOException {
    try {
      return OptionalLong.of(Instant.parse(row.text("started")).getEpochSecond());
    } catch (DateTimeParseException e) {
      return Files.exists(folder.run()) || !Files.exists(folder.spec())
          ? OptionalLong.empty()
          : OptionalLong.of(
              Files.getLastModifiedTime(folder.spec(), LinkOption.NOFOLLOW_LINKS)
                  .toInstant()
                  .getEpochSecond());
    }
  }

  /// Writes what the runs have in common.
  private void writeRoot() throws IOException {
    long first = Long.MAX_VALUE;
    for (RunsTable.Row row : runs.rows()) {
      first = Math.min(first, seconds(row, folder(row)).orElse(first));
    }
    if (first == Long.MAX_VALUE) {
      return; // There is no run yet.
    }
    String metric = RunEvents.FINAL + DecidingLoss.of(runs).column();
    long finished = runs.rows().stream().filter(row -> row.status() == RunStatus.FINISHED).count();
    new EventFolder(to)
        .write(
            first,
            events ->
                sink -> {
                  sink.accept(events.version());
                  sink.accept(events.experiment(Hyperparameter.shown(runs), metric));
                  RunEvents.writeCharts(
                      events, experiment.path().resolve("charts"), finished, sink);
                });
  }
}
