package twister.spec;

/// The full name of a key, such as `training.learning-rate`.
final class KeyPath {
  private KeyPath() {}

  /// The name of a key below another one; the empty path is the document's own.
  static String join(String path, String key) {
    String shown = key.isEmpty() ? "\"\"" : Excerpt.of(key);
    return path.isEmpty() ? shown : path + "." + shown;
  }
}
