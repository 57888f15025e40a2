package twister.yaml;

import java.util.Optional;

/// What a value of an experiment file may be.
///
/// @param <T> what it means to the program
public interface Rule<T> {

  /// What is allowed, in words that follow `allowed: `.
  String allowed();

  /// The meaning of a value; empty when it is refused.
  Optional<T> meaning(YamlValue found);

  /// What might mend a value that is refused, to follow the message; empty where nothing is known.
  default String advice(YamlValue found) {
    return "";
  }
}
