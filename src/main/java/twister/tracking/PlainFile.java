package twister.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that are read: no folders, and no pipes, which would be waited for without end.
final class PlainFile {
  private PlainFile() {}

  /// Opens a file.
  ///
  /// @throws IOException naming the file if it cannot be read
  static InputStream open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(file + ": no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": is no plain file");
    }
    return Files.newInputStream(file);
  }
}
