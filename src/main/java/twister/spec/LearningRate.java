package twister.spec;

import java.util.ArrayList;
import java.util.List;

/// The learning rate of each step: constant in phases, of which a constant rate has one.
///
/// @param phases in order of time; the last one holds to the end of the training, whatever its
///     `until` said, and says so by the greatest number
public record LearningRate(List<Phase> phases) {

  /// A span of steps with one rate.
  ///
  /// @param until the first step after this phase
  /// @param rate finite and above 0
  public record Phase(int until, double rate) {
    public Phase {
      if (!(rate > 0) || Double.isInfinite(rate)) {
        throw new IllegalArgumentException("rate: expected a number above 0, got " + rate);
      }
    }
  }

  public LearningRate {
    if (phases.isEmpty()) {
      throw new IllegalArgumentException("learning rate: expected at least one phase, got none");
    }
    List<Phase> lasting = new ArrayList<>(phases);
    lasting.add(new Phase(Integer.MAX_VALUE, lasting.removeLast().rate()));
    phases = List.copyOf(lasting);
    for (int i = 0, before = 0; i < phases.size() - 1; i++) {
      int until = phases.get(i).until();
      if (until <= before) {
        throw new IllegalArgumentException(
            "until: expected more than " + before + ", got " + until);
      }
      before = until;
    }
  }

  /// The same rate at every step.
  public static LearningRate constant(double rate) {
    return new LearningRate(List.of(new Phase(Integer.MAX_VALUE, rate)));
  }

  /// The rate used by the update of `step`, which counts from 0.
  public double rate(int step) {
    int i = 0;
    while (i < phases.size() - 1 && step >= phases.get(i).until()) {
      i++;
    }
    return phases.get(i).rate();
  }
}
