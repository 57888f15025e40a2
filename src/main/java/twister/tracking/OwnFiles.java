package twister.tracking;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.spec.ChartKind;
import twister.yaml.ChoiceRule;

/// The files that Twister makes in the folder of a run, by their names. All others are somebody's
/// own: nothing deletes or overwrites them.
///
/// What people say of the run, `notes.yaml`, is theirs, too.
final class OwnFiles {
  /// The record comes first: without it, a folder of which a part is deleted is no complete run.
  private static final List<String> FILES =
      List.of(
          "run.yaml",
          "spec.yaml",
          "metrics.csv",
          "evaluation.csv",
          "samples.csv",
          "bigrams.csv",
          "ngrams.csv",
          "weights.csv",
          "profile.csv",
          RunFolder.CHECKPOINT);

  private static final String CHARTS = "charts";
  private static final Pattern CHART =
      Pattern.compile(
          Stream.concat(
                  Arrays.stream(ChartKind.values()).map(ChoiceRule::name),
                  Stream.of("profile", "sweep-losses", "sweep-heatmap", "loss-by-[a-z0-9-]+"))
              .collect(Collectors.joining("|", "(", ")\\.(png|svg|txt)")));

  private OwnFiles() {}

  /// The names of those that go from the machine that made a run to another one: all but the
  /// checkpoint.
  static List<String> sent() {
    return FILES.stream().filter(name -> !name.equals(RunFolder.CHECKPOINT)).toList();
  }

  /// Deletes Twister's files in the folder of a run, and the folder itself where nothing else is in
  /// it.
  ///
  /// @throws IOException if a file cannot be deleted; nothing is deleted if a folder with something
  ///   in it has the place of a file
  static void delete(Path run) throws IOException {
    List<Path> files = new ArrayList<>(in(run));
    files.addAll(charts(run));
    for (Path file : files) {
      refuseFull(file);
    }
    for (Path file : files) {
      Files.delete(file);
    }
    deleteIfEmpty(run.resolve(CHARTS));
    deleteIfEmpty(run);
  }

  /// Moves Twister's files, the charts aside, from one folder of a run to another; the record last.
  static void move(Path from, Path to) throws IOException {
    for (Path file : in(from).reversed()) {
      Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static List<Path> in(Path run) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : FILES) {
      if (Files.exists(run.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        files.add(run.resolve(name));
      }
    }
    files.addAll(WholeFile.leftIn(run));
    return files;
  }

  private static List<Path> charts(Path run) throws IOException {
    Path folder = run.resolve(CHARTS);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> charts = new ArrayList<>(WholeFile.leftIn(folder));
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> CHART.matcher(file.getFileName().toString()).matches())
          .forEach(charts::add);
    }
    return charts;
  }

  /// Whether a file in a folder of charts has the name of one of Twister's, of runs or of sweeps.
  static boolean isChart(Path file) {
    return CHART.matcher(file.getFileName().toString()).matches();
  }

  private static void refuseFull(Path file) throws IOException {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> inside = Files.list(file)) {
        if (inside.findAny().isPresent()) {
          PlainFile.refuseOther(file);
        }
      }
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.delete(folder);
      } catch (DirectoryNotEmptyException e) {
        return; // What is in it is somebody's own.
      }
    }
  }
}
