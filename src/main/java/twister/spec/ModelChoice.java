package twister.spec;

/// The kind of model that a file chose, on which other keys depend.
///
/// @param place where it was chosen
record ModelChoice(ModelKind kind, Place place) {

  /// The choice as a cause of what is allowed elsewhere.
  Cause cause() {
    return new Cause("model.kind is " + ChoiceRule.name(kind), place);
  }
}
