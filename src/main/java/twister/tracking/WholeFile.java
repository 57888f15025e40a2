package twister.tracking;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file that appears whole or not at all: written beside its place, forced to disk, then renamed.
///
/// Those of the draft of a run are written in their place and not forced, as the whole draft
/// appears by one renaming.
public final class WholeFile {
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
  /// @throws IOException if the folder cannot be written or the disk is full
  public static void write(Path file, Content content) throws IOException {
    if (Draft.holds(file)) {
      write(file, content, false);
      return;
    }
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder, where a file should be");
    }
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      writeTemporary(temporary, file, content);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// What the system says of a full disk or of a limit does not name the file.
  private static void writeTemporary(Path temporary, Path file, Content content)
      throws IOException {
    try {
      write(temporary, content, true);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static void write(Path file, Content content, boolean isForced) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(out);
      out.flush();
      if (isForced) {
        channel.force(true);
      }
    }
  }
}
