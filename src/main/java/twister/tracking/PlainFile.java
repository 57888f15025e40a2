package twister.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Files that are read and written: no folders, no links, which lead elsewhere, and no pipes, which
/// would be waited for without end.
public final class PlainFile {
  private PlainFile() {}

  /// Whether a place has a file.
  public static boolean isOne(Path place) {
    return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS);
  }

  /// Opens a file.
  ///
  /// @throws IOException naming the file if it cannot be read
  public static InputStream open(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + ": no such file");
    }
    if (!isOne(file)) {
      throw new IOException(
          file + (Files.isSymbolicLink(file) ? ": is a link, no file" : ": is no plain file"));
    }
    return Files.newInputStream(file);
  }

  /// Reads a file.
  ///
  /// @param mostBytes how large it may be
  /// @throws IOException naming the file if it cannot be read or is larger
  static String text(Path file, int mostBytes) throws IOException {
    try (InputStream in = open(file)) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw new IOException("%s: has more than %,d bytes".formatted(file, mostBytes));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /// Refuses a place that has anything but a file, which is about to be written there: a link leads
  /// elsewhere.
  ///
  /// @throws IOException naming the place and what is there
  public static void refuseOther(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || isOne(file)) {
      return;
    }
    throw new IOException(
        "%s: is %s, where a file should be; move it away".formatted(file, kind(file)));
  }

  /// Refuses a place that has anything but a folder, which is about to be written or deleted there:
  /// a link leads elsewhere.
  ///
  /// @throws IOException naming the place and what is there
  public static void refuseNoFolder(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          "%s: is %s, where a folder should be; move it away".formatted(folder, kind(folder)));
    }
  }

  /// What a place has, in words.
  static String kind(Path place) {
    return Files.isSymbolicLink(place)
        ? "a link"
        : Files.isDirectory(place)
            ? "a folder"
            : Files.isRegularFile(place) ? "a file" : "no plain file";
  }
}
