package twister.watch;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import twister.page.PageFiles;

/// The files of the page, which lie in the program.
final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8");

  private final Map<String, byte[]> files = new TreeMap<>();

  Assets() {
    PageFiles.ofLivePage().forEach(name -> files.put(name, PageFiles.bytes(name)));
  }

  /// A file; empty where there is none of the name.
  Optional<byte[]> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  /// The type of a file, by its ending.
  static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "text/plain; charset=utf-8");
  }
}
