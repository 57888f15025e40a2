package twister.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The charts that Twister has drawn as PNG in a folder of charts.
public final class ChartImages {
  private static final String ENDING = ".png";

  /// Far more than a chart has.
  private static final int MOST_BYTES = 1 << 26;

  private ChartImages() {}

  /// The files, by the names of their charts, in the order of those. Links, pipes and files that
  /// have no name of Twister's are left out.
  ///
  /// @throws IOException if the folder cannot be read
  public static Map<String, Path> in(Path charts) throws IOException {
    if (!Files.isDirectory(charts, LinkOption.NOFOLLOW_LINKS)) {
      return Map.of();
    }
    Map<String, Path> images = new LinkedHashMap<>();
    for (Path file : files(charts)) {
      String name = file.getFileName().toString();
      images.put(name.substring(0, name.length() - ENDING.length()), file);
    }
    return images;
  }

  private static List<Path> files(Path charts) throws IOException {
    try (Stream<Path> files = Files.list(charts)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ENDING))
          .filter(file -> OwnFiles.isChart(file) && PlainFile.isOne(file))
          .sorted()
          .toList();
    }
  }

  /// The bytes of an image.
  ///
  /// @throws IOException naming the file if it cannot be read, or is too large
  public static byte[] read(Path file) throws IOException {
    try (InputStream in = PlainFile.open(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("%s: has more than %,d bytes".formatted(file, MOST_BYTES));
      }
      return bytes;
    }
  }
}
