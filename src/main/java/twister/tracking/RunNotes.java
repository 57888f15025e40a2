package twister.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import twister.text.VisibleText;

/// What people say of a run: tags and a note. They stand in a file of their own, which no checksum
/// covers and no identity is made of, and stay when the run is trained again.
///
/// @param tags in their order, each once
/// @param note a line; empty where there is none
public record RunNotes(List<String> tags, String note) {
  /// Those of a run of which nobody said anything.
  public static final RunNotes NONE = new RunNotes(List.of(), "");

  /// The column of a table that holds the tags, with spaces between them.
  public static final String TAG = "tag";

  /// The column of a table that holds the note.
  public static final String NOTE = "note";

  /// What a tag is, in words.
  public static final String TAG_ALLOWED =
      "at most 50 letters, digits and - _ . : + with a letter or digit in front";

  /// What a note is, in words.
  public static final String NOTE_ALLOWED =
      "a line of at most 1,000 characters, without control characters and invisible signs";

  /// Its name in the folder of a run.
  static final String FILE = "notes.yaml";

  private static final String LOCK = ".notes.lock";

  private static final Pattern TAG_PATTERN =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}_.:+-]{0,49}");

  private static final int LONGEST_NOTE = 1000;
  private static final long MILLISECONDS_BETWEEN_TRIES = 5;

  public RunNotes {
    tags = List.copyOf(new TreeSet<>(tags));
  }

  /// Whether a text can be a tag.
  public static boolean isTag(String text) {
    return TAG_PATTERN.matcher(text).matches();
  }

  /// Whether a text can be a note.
  public static boolean isNote(String text) {
    return !text.isBlank()
        && text.codePointCount(0, text.length()) <= LONGEST_NOTE
        && text.equals(VisibleText.visible(text));
  }

  /// The same with other tags.
  public RunNotes withTags(List<String> others) {
    return new RunNotes(others, note);
  }

  /// The same with another note.
  ///
  /// @param text empty for none
  public RunNotes withNote(String text) {
    return new RunNotes(tags, text);
  }

  /// What is said of a run.
  ///
  /// @throws IOException naming the file if it cannot be read, or says what no tag or note can be
  public static RunNotes read(RunFolder run) throws IOException {
    PlainFile.refuseOther(run.notes());
    if (!Files.exists(run.notes())) {
      return NONE;
    }
    return new NotesFile(run.notes()).notes();
  }

  /// Changes what is said of a run; what else its file says, by hand, stays. Of several processes
  /// that do so at once, each waits for the one before.
  ///
  /// @return what is said now
  /// @throws IOException if it cannot be read or written
  public static RunNotes change(RunFolder run, UnaryOperator<RunNotes> change) throws IOException {
    PlainFile.refuseNoFolder(run.path());
    FileChannel lock = lock(run);
    try {
      if (!Files.exists(run.run())) {
        throw new NoSuchFileException(run.run().toString());
      }
      RunNotes before = read(run);
      RunNotes changed = change.apply(before);
      if (!changed.equals(before)) {
        new NotesFile(run.notes()).write(changed);
        lock.write(ByteBuffer.wrap(new byte[] {'\n'}), 0); // Its time tells of the change.
      }
      return changed;
    } finally {
      lock.close();
    }
  }

  /// Does something with the folder of a run, which may be gone meanwhile.
  @FunctionalInterface
  interface Change {
    void run() throws IOException;
  }

  /// Changes the folder of a run while nobody changes what is said of it.
  static void whileHeld(RunFolder run, Change change) throws IOException {
    if (Draft.isOne(run.path()) || !Files.exists(lockOf(run), LinkOption.NOFOLLOW_LINKS)) {
      change.run(); // Nobody has said anything of any run yet.
      return;
    }
    FileChannel lock = lock(run);
    try {
      change.run();
    } finally {
      lock.close();
    }
  }

  /// Waits until nobody else changes notes or takes the place of a run in the experiment.
  private static FileChannel lock(RunFolder run) throws IOException {
    PlainFile.refuseOther(lockOf(run));
    FileChannel channel =
        FileChannel.open(lockOf(run), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    while (true) {
      try {
        channel.lock();
        return channel;
      } catch (OverlappingFileLockException e) {
        pause(channel); // Another thread of this process has it.
      }
    }
  }

  private static Path lockOf(RunFolder run) {
    return run.path().toAbsolutePath().normalize().resolveSibling(LOCK);
  }

  /// The file whose time says when notes of an experiment were changed last.
  public static Path lastChange(ExperimentFolder experiment) {
    return experiment.path().resolve(LOCK);
  }

  private static void pause(FileChannel channel) throws IOException {
    try {
      Thread.sleep(MILLISECONDS_BETWEEN_TRIES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      channel.close();
      throw new IOException("interrupted", e);
    }
  }

  /// A table of runs with the columns [#TAG] and [#NOTE]. What cannot be read is as good as not
  /// there; `twister doctor` names it.
  public static RunsTable in(RunsTable runs, ExperimentFolder experiment) {
    List<String> columns = new ArrayList<>(runs.columns());
    columns.add(TAG);
    columns.add(NOTE);
    List<List<String>> rows = new ArrayList<>();
    for (RunsTable.Row row : runs.rows()) {
      RunNotes notes = orNone(experiment.run(row.text("run")));
      List<String> cells = new ArrayList<>(row.cells());
      cells.add(String.join(" ", notes.tags));
      cells.add(notes.note);
      rows.add(cells);
    }
    return RunsTable.of(runs.experiment(), columns, rows).in(runs.rungs());
  }

  private static RunNotes orNone(RunFolder run) {
    try {
      return read(run);
    } catch (IOException e) {
      return NONE;
    }
  }
}
