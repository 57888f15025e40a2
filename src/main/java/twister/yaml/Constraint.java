package twister.yaml;

/// A value elsewhere that decides what is allowed here.
///
/// @param statement the value, in words: `training.steps is 100`
public record Constraint(String statement, Place place) {

  /// The cause as the end of a message, with a way out where an option is the cause.
  ///
  /// @param key the key with which the value of the option conflicts
  public String because(String key) {
    String because = ", because " + statement + " (" + place.reference() + ")";
    return place.line().isPresent() ? because : because + "; --set " + key + "=null leaves it out";
  }
}
