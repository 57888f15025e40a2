package twister.spec;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/// When a training ends before its last step.
///
/// @param loss the one that is looked at
/// @param target a loss in nats per character, from which on there is nothing to be gained
/// @param patience for how many steps the loss may not have been lower than ever before
/// @param every the number of the steps after which it is looked at is a multiple of this
public record StopSpec(Loss loss, OptionalDouble target, OptionalInt patience, int every) {
  /// Which words a loss is of.
  public enum Loss {
    /// Of each step: those that are learnt from, or its batch of them, with the L2 term.
    TRAIN,
    /// After the update of each step that is looked at: those of dev.
    DEV
  }

  public StopSpec {
    if (target.isEmpty() && patience.isEmpty()) {
      throw new IllegalArgumentException("expected a target or patience");
    }
    if (every < 1) {
      throw new IllegalArgumentException("every: expected a whole number from 1, got " + every);
    }
  }
}
