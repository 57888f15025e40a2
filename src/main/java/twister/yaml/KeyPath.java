package twister.yaml;

/// The full name of a key, such as `training.learning-rate`.
public final class KeyPath {
  private KeyPath() {}

  /// The name of a key below another one; the empty path is the document's own.
  public static String join(String path, String key) {
    String shown = key.isEmpty() ? "\"\"" : Excerpt.of(key);
    return path.isEmpty() ? shown : path + "." + shown;
  }
}
