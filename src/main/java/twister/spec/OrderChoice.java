package twister.spec;

import twister.yaml.Constraint;
import twister.yaml.Place;

/// The order of n-grams that a file chose, on which other keys depend.
///
/// @param place where it was chosen
record OrderChoice(int order, Place place) {

  /// The choice as a cause of what is allowed elsewhere.
  Constraint cause() {
    return new Constraint("data.order is " + order, place);
  }
}
