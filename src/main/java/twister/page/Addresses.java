package twister.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Addresses of files in pages.
final class Addresses {
  private Addresses() {}

  /// The address of a folder beside the page, with a slash at its end; nothing for the page's own.
  ///
  /// @param path relative to the page
  static String relative(Path path) {
    String address =
        StreamSupport.stream(path.spliterator(), false)
            .map(part -> URLEncoder.encode(part.toString(), StandardCharsets.UTF_8))
            .map(part -> part.replace("+", "%20"))
            .collect(Collectors.joining("/"));
    return address.isEmpty() ? "" : address + "/";
  }
}
