package twister.tracking;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import twister.spec.ExperimentSpec;
import twister.spec.SpecWriter;

/// The folder of one experiment: its runs, and the table of them.
///
/// @param path where it is, or will be
public record ExperimentFolder(Path path) {
  private static final String SETTINGS = "settings";

  /// The last columns of runs.csv.
  private static final List<Result> RESULTS =
      List.of(
          new Result("steps", "steps"),
          new Result("uniform_loss", "data.uniform-loss"),
          new Result("lowest_loss", "data.lowest-loss"),
          new Result("loss", "loss"),
          new Result("nll", "nll"),
          new Result("train_loss", "split-loss.train"),
          new Result("dev_loss", "split-loss.dev"),
          new Result("test_loss", "split-loss.test"));

  /// @param column of runs.csv
  /// @param key of run.yaml
  private record Result(String column, String key) {}

  /// The folder of one of its runs.
  public RunFolder run(String id) {
    return new RunFolder(path.resolve(id));
  }

  /// Creates the folder and takes it for this process, until the lock is closed or the process ends.
  ///
  /// @return the lock, or nothing while another process has it
  public Optional<FileChannel> lock() throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(
            path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(channel);
  }

  /// Marks the runs as failed that another process left in training, unless it still has the folder.
  ///
  /// @param message why they failed
  public void failUnfinished(String message) throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    Optional<FileChannel> lock = lock();
    if (lock.isEmpty()) {
      return;
    }
    try {
      for (Map<?, ?> run : runs()) {
        if (RunStatus.RUNNING.word().equals(run.get("status"))) {
          Map<String, Object> failed = new LinkedHashMap<>();
          run.forEach((key, value) -> failed.put(key.toString(), value));
          failed.put("status", RunStatus.FAILED.word());
          failed.put("message", message);
          byte[] text = Yaml.text(failed).getBytes(StandardCharsets.UTF_8);
          WholeFile.write(run(text(run, "run")).run(), out -> out.write(text));
        }
      }
      writeRuns();
    } finally {
      lock.get().close();
    }
  }

  /// Writes the experiment as it was resolved last.
  public void writeSpec(ExperimentSpec spec) throws IOException {
    byte[] text = SpecWriter.yaml(spec).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(path.resolve("spec.yaml"), out -> out.write(text));
  }

  /// Writes runs.csv anew from the run folders: one row per run, the oldest first.
  public void writeRuns() throws IOException {
    List<Map<?, ?>> runs = runs();
    Set<String> keys = new LinkedHashSet<>();
    runs.forEach(run -> keys.addAll(settings(run).keySet()));
    List<String> header =
        Stream.of(
                Stream.of("run", "status", "started", "training_seconds", "device", "data_sha256"),
                keys.stream(),
                RESULTS.stream().map(Result::column))
            .flatMap(names -> names)
            .toList();
    CSVFormat format = Csv.format(header);
    WholeFile.write(
        path.resolve("runs.csv"),
        out -> {
          PrintStream text = new PrintStream(out, false, StandardCharsets.UTF_8);
          CSVPrinter rows = new CSVPrinter(text, format);
          for (Map<?, ?> run : runs) {
            rows.printRecord(row(run, keys));
          }
          rows.flush();
        });
  }

  private List<Map<?, ?>> runs() throws IOException {
    try (Stream<Path> folders = Files.list(path)) {
      return folders
          .map(folder -> new RunFolder(folder).fields())
          .<Map<?, ?>>flatMap(Optional::stream)
          .sorted((a, b) -> text(a, "started").compareTo(text(b, "started")))
          .toList();
    }
  }

  private static Map<String, Object> settings(Map<?, ?> run) {
    return run.get(SETTINGS) instanceof Map<?, ?> settings ? Yaml.flat(settings) : Map.of();
  }

  private static List<Object> row(Map<?, ?> run, Set<String> keys) {
    Map<String, Object> flat = Yaml.flat(run);
    Map<String, Object> settings = settings(run);
    return Stream.of(
            Stream.of("run", "status", "started", "training-seconds", "device.name", "data.sha256")
                .map(key -> flat.getOrDefault(key, "")),
            keys.stream().map(key -> settings.getOrDefault(key, "")),
            RESULTS.stream().map(result -> flat.getOrDefault(result.key(), "")))
        .flatMap(values -> values)
        .toList();
  }

  private static String text(Map<?, ?> run, String key) {
    return String.valueOf(run.get(key));
  }
}
