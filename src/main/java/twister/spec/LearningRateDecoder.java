package twister.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a learning rate: one number, or a list of phases.
final class LearningRateDecoder {
  private static final String KEY = "learning-rate";
  private static final String SCHEDULE =
      " or a schedule, such as [{until: 10, rate: 1}, {rate: 0.1}]";
  private static final NumberRule CONSTANT =
      new NumberRule(NumberRule.POSITIVE.allowed() + SCHEDULE, NumberRule.POSITIVE.within());
  private static final String EXAMPLE = "{until: 10, rate: 1}";

  private final Section training;
  private final Optional<Integer> steps;
  private int before;

  /// @param steps of the training, if they could be read
  LearningRateDecoder(Section training, Optional<Integer> steps) {
    this.training = training;
    this.steps = steps;
  }

  /// The learning rate; empty when it has mistakes, which are reported.
  Optional<LearningRate> learningRate() {
    Optional<Found> found = training.value(KEY);
    if (found.isEmpty()) {
      training.missing(KEY, "allowed: " + CONSTANT.allowed());
      return Optional.empty();
    }
    return found.get().value() instanceof YamlValue.Sequence sequence && !sequence.items().isEmpty()
        ? found.get().asList(EXAMPLE).flatMap(this::schedule)
        : found.get().as(CONSTANT).map(LearningRate::constant);
  }

  private Optional<LearningRate> schedule(List<Found> items) {
    List<LearningRate.Phase> phases = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      boolean last = i == items.size() - 1;
      training
          .sectionOf(items.get(i), EXAMPLE)
          .flatMap(item -> phase(item, last))
          .ifPresent(phases::add);
    }
    return phases.size() == items.size()
        ? Optional.of(new LearningRate(phases))
        : Optional.empty();
  }

  private Optional<LearningRate.Phase> phase(Section item, boolean last) {
    Optional<Integer> until = last ? lastUntil(item) : nextUntil(item);
    Optional<Double> rate = item.required("rate", NumberRule.POSITIVE);
    item.end();
    return until.isPresent() && rate.isPresent()
        ? Optional.of(new LearningRate.Phase(until.get(), rate.get()))
        : Optional.empty();
  }

  private Optional<Integer> nextUntil(Section item) {
    Optional<Integer> until =
        item.required("until", new WholeRule(before + 1L, SpecDecoder.MOST_STEPS))
            .map(Math::toIntExact);
    before = until.orElse(before);
    return until;
  }

  /// The last phase lasts until the end, whether or not it says when that is.
  private Optional<Integer> lastUntil(Section item) {
    Optional<Found> until = item.value("until");
    WholeRule rule = new WholeRule(Math.max(before + 1L, steps.orElse(1)), SpecDecoder.MOST_STEPS);
    if (until.isPresent() && rule.meaning(until.get().value()).isEmpty()) {
      until.get().refuse(rule.allowed() + ", or nothing: the last phase lasts to the end");
      return Optional.empty();
    }
    return Optional.of(Integer.MAX_VALUE);
  }
}
