package twister.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// A change of some files of a complete run: all of it is done or nothing, whenever the process
/// ends.
///
/// The new files are made in a hidden folder beside the run, and last the record with the checksums
/// of all files that the run will then have. From there on the change is certain: what the process
/// leaves undone, the next one does that works in the experiment.
public final class RunChange {
  private static final String SUFFIX = ".change";

  private final RunFolder run;
  private final RunFolder fresh;

  private RunChange(RunFolder run, RunFolder fresh) {
    this.run = run;
    this.fresh = fresh;
  }

  /// Begins a change.
  ///
  /// @param spec the new experiment of the run, as its `spec.yaml` will say it
  /// @throws IOException if a file cannot be written
  public static RunChange of(RunFolder run, String spec) throws IOException {
    RunFolder fresh =
        new RunFolder(run.path().resolveSibling("." + run.path().getFileName() + SUFFIX));
    fresh.delete();
    WholeFile.folder(fresh.path());
    fresh.write(spec);
    return new RunChange(run, fresh);
  }

  /// The folder in which new files are made.
  public RunFolder files() {
    return fresh;
  }

  /// Takes the new files in the place of those of the run.
  ///
  /// @param record what `run.yaml` will say
  /// @throws IOException if the run's record is not what was written, or a file cannot be written
  public void keep(RunRecord record) throws IOException {
    Map<String, String> sums = new TreeMap<>(Checksums.ofRun(run));
    if (sums.isEmpty()) {
      sums.putAll(Checksums.ofFiles(run)); // Older versions wrote none.
    }
    sums.putAll(Checksums.ofFiles(fresh));
    record.write(fresh.run(), sums);
    finish();
  }

  private void finish() throws IOException {
    OwnFiles.move(fresh.path(), run.path());
    fresh.delete();
  }

  /// Whether a folder is a change that was begun.
  static boolean isOne(Path folder) {
    String name = String.valueOf(folder.getFileName());
    return name.length() > SUFFIX.length()
        && name.endsWith(SUFFIX)
        && RunId.isOne(name.substring(1, name.length() - SUFFIX.length()))
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /// Does what is left of a change that is certain, and deletes any other.
  ///
  /// @param folder of the change
  static void finish(Path folder) throws IOException {
    String name = folder.getFileName().toString();
    RunFolder run =
        new RunFolder(folder.resolveSibling(name.substring(1, name.length() - SUFFIX.length())));
    RunFolder fresh = new RunFolder(folder);
    if (isCertain(run, fresh)) {
      new RunChange(run, fresh).finish();
    } else {
      fresh.delete();
    }
  }

  private static boolean isCertain(RunFolder run, RunFolder fresh) {
    try {
      return fresh.record().filter(record -> record.id().equals(run.id())).isPresent()
          && PlainFile.isOne(run.run())
          && Checksums.ofRun(fresh).entrySet().containsAll(Checksums.ofFiles(fresh).entrySet());
    } catch (IOException e) {
      return false; // What cannot be read is not believed.
    }
  }
}
