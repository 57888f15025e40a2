package twister.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import twister.spec.LossUnit;
import twister.tracking.Metrics;

/// How far the losses of two runs are apart, step by step.
///
/// @param steps how many steps both runs have
/// @param first the first step at which a bit differs
/// @param largest the largest difference, over the steps at which both losses are finite, in nats
///   per character
/// @param largestAt the step of the largest difference
record LossDifference(long steps, OptionalLong first, double largest, long largestAt) {
  /// That of runs without steps in common.
  static final LossDifference NONE = new LossDifference(0, OptionalLong.empty(), 0, 0);

  /// Compares two runs at the steps that both have.
  static LossDifference of(Metrics one, Metrics other) {
    long steps = 0;
    OptionalLong first = OptionalLong.empty();
    double largest = 0;
    long largestAt = 0;
    for (int i = 0, j = 0; i < one.size() && j < other.size(); ) {
      long step = one.step(i);
      if (step != other.step(j)) {
        boolean isBehind = step < other.step(j);
        i += isBehind ? 1 : 0;
        j += isBehind ? 0 : 1;
        continue;
      }
      steps++;
      double mine = one.loss(i++);
      double theirs = other.loss(j++);
      if (first.isEmpty() && Double.doubleToLongBits(mine) != Double.doubleToLongBits(theirs)) {
        first = OptionalLong.of(step);
      }
      // A difference that is not finite is no larger.
      double difference = Math.abs(theirs - mine);
      if (difference > largest && difference < Double.POSITIVE_INFINITY) {
        largest = difference;
        largestAt = step;
      }
    }
    return new LossDifference(steps, first, largest, largestAt);
  }

  /// The comparison in a sentence.
  ///
  /// @param unit of losses beside it; differences of steps stay in nats and say so
  String text(LossUnit unit) {
    if (steps == 0) {
      return "no steps in common";
    }
    String in = String.format(Locale.ROOT, "%,d %s", steps, steps == 1 ? "step" : "steps");
    if (first.isEmpty()) {
      return "equal to the last bit (%s)".formatted(in);
    }
    String most =
        largest > 0
            ? String.format(
                Locale.ROOT,
                ", most at step %,d, by %.1e%s",
                largestAt,
                largest,
                unit == LossUnit.NATS ? "" : " nats")
            : "";
    return String.format(
        Locale.ROOT, "differ first at step %,d%s (%s)", first.getAsLong(), most, in);
  }

  /// The comparison in numbers.
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("steps_compared", steps);
    figures.put("first_difference_step", first.isEmpty() ? "" : first.getAsLong());
    figures.put("largest_difference", largest);
    figures.put("largest_difference_step", first.isEmpty() ? "" : largestAt);
    return figures;
  }
}
