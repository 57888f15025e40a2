package twister.spec;

import twister.yaml.ChoiceRule;
import twister.yaml.Constraint;
import twister.yaml.Place;

/// The kind of model that a file chose, on which other keys depend.
///
/// @param place where it was chosen
record ModelChoice(ModelKind kind, Place place) {

  /// The choice as a cause of what is allowed elsewhere.
  Constraint cause() {
    return new Constraint("model.kind is " + ChoiceRule.name(kind), place);
  }
}
