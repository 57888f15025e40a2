package twister.yaml;

/// Hears what a document is asked for while it is read: which keys there may be, and what they may
/// hold.
///
/// A key is named in full, such as `training.learning-rate`; an entry of a list by its number, such
/// as `charts[0]`.
public interface KeyListener {
  /// One that does not care.
  KeyListener NONE = new KeyListener() {};

  /// A key is read, whether or not it is there.
  default void key(String path) {}

  /// A key must be there.
  default void required(String path) {}

  /// A key may hold what a rule allows.
  default void rule(String path, Rule<?> rule) {}

  /// A key may hold a list.
  ///
  /// @param least how many entries it has at least
  default void list(String path, int least) {}

  /// A key may hold a mapping.
  ///
  /// @param least how many entries it has at least
  default void mapping(String path, int least) {}

  /// What a key holds is a section: its keys are those that are read, and no others.
  default void section(String path) {}
}
