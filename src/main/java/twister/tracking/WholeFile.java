package twister.tracking;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A file that appears whole or not at all: written beside its place, forced to disk, then renamed.
///
/// The name that it has meanwhile cannot be foreseen and is created anew, so that nothing that
/// stands there, such as a link or a pipe, is written to. Files of the draft of a run are written
/// in their place and not forced, as the whole draft appears by one renaming.
public final class WholeFile {
  private static final Pattern TEMPORARY = Pattern.compile("\\.twister-[0-9a-f]{16}\\.tmp");

  /// The names that earlier versions used, of the files that each folder has.
  private static final Pattern FORMER =
      Pattern.compile(
          "\\.(run\\.yaml|spec\\.yaml|(runs|weights|bigrams|ngrams|profile|metrics|corpus"
              + "|reproduction)\\.csv|[a-z-]+\\.(png|svg|txt))\\.tmp");

  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final Set<OpenOption> OF_DRAFT =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING,
          LinkOption.NOFOLLOW_LINKS);

  private WholeFile() {}

  /// What goes into the file.
  @FunctionalInterface
  public interface Content {
    /// Writes the content; closing or flushing `out` is not its task.
    void writeTo(OutputStream out) throws IOException;
  }

  /// Writes a file, replacing one of the same name; on failure the old file stays and nothing new
  /// is left behind.
  ///
  /// @throws IOException if the folder cannot be written, the disk is full, or something that is no
  ///   file has its place
  public static void write(Path file, Content content) throws IOException {
    if (Draft.holds(file)) {
      write(file, content, OF_DRAFT, false);
    } else {
      replace(file, content);
    }
  }

  /// Writes a file beside its place first, even one of a draft.
  ///
  /// @throws IOException as [#write]
  static void replace(Path file, Content content) throws IOException {
    PlainFile.refuseOther(file);
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Path temporary = file.resolveSibling(".twister-" + random + ".tmp");
    try {
      writeTemporary(temporary, file, content);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// Creates a folder for files, where there is none.
  ///
  /// @return the folder
  /// @throws IOException if it cannot be created, or something that is no folder, such as a link,
  ///   has its place
  public static Path folder(Path folder) throws IOException {
    PlainFile.refuseNoFolder(folder);
    return Files.createDirectories(folder);
  }

  /// The files in a folder that were being written when their process ended.
  static List<Path> leftIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(WholeFile::isTemporary).sorted().toList();
    }
  }

  /// Deletes the files in a folder that were being written when their process ended.
  public static void deleteLeftIn(Path folder) throws IOException {
    for (Path file : leftIn(folder)) {
      Files.delete(file);
    }
  }

  private static boolean isTemporary(Path file) {
    String name = file.getFileName().toString();
    return (TEMPORARY.matcher(name).matches() || FORMER.matcher(name).matches())
        && PlainFile.isOne(file);
  }

  /// What the system says of a full disk or of a limit does not name the file.
  private static void writeTemporary(Path temporary, Path file, Content content)
      throws IOException {
    try {
      write(temporary, content, NEW, !Draft.holds(file));
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static void write(Path file, Content content, Set<OpenOption> how, boolean isForced)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, how)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(out);
      out.flush();
      if (isForced) {
        channel.force(true);
      }
    }
  }
}
