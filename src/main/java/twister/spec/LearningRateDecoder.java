package twister.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import twister.yaml.Constraint;
import twister.yaml.KeyedValue;
import twister.yaml.NumberRule;
import twister.yaml.Section;
import twister.yaml.WholeRule;
import twister.yaml.YamlValue;

/// Reads a learning rate: one number, a list of phases, or a range test.
final class LearningRateDecoder {
  private static final String KEY = "learning-rate";
  private static final String OTHERS =
      ", a schedule, such as [{until: 10, rate: 1}, {rate: 0.1}], or a range test, such as"
          + " {range-test: {log: [0.001, 1]}}";
  private static final NumberRule CONSTANT =
      new NumberRule(
          NumberRule.POSITIVE.allowed() + OTHERS,
          NumberRule.POSITIVE.from(),
          NumberRule.POSITIVE.to());
  private static final String EXAMPLE = "{until: 10, rate: 1}";
  private static final String RANGE = "range-test";
  private static final String RANGE_EXAMPLE = "{log: [0.001, 1]}";
  private static final RangeDecoder RATES =
      new RangeDecoder("rate", "[0.001, 1]", NumberRule.POSITIVE);

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
    Optional<KeyedValue> found = training.required(KEY, "allowed: " + CONSTANT.allowed());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return switch (found.get().value()) {
      case YamlValue.Sequence(_, List<YamlValue> items)
          when !items.isEmpty()
              && items.stream().allMatch(item -> item instanceof YamlValue.Numeral) -> {
        found.get().refuse(CONSTANT.allowed() + "; to try each of them, vary the key below sweep");
        yield Optional.empty();
      }
      case YamlValue.Sequence sequence when !sequence.items().isEmpty() ->
          found.get().asList(EXAMPLE).flatMap(this::schedule);
      case YamlValue.Mapping mapping when !mapping.entries().isEmpty() ->
          training.requiredSection(KEY, RANGE_EXAMPLE).flatMap(this::rangeTest);
      default -> found.get().as(CONSTANT).map(LearningRate::constant);
    };
  }

  private Optional<LearningRate> schedule(List<KeyedValue> items) {
    List<LearningRate.Phase> phases = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      boolean last = i == items.size() - 1;
      training
          .sectionOf(items.get(i), EXAMPLE)
          .flatMap(item -> phase(item, last))
          .ifPresent(phases::add);
    }
    return phases.size() == items.size()
        ? Optional.of(new LearningRate.Phases(phases))
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
    Optional<KeyedValue> until = item.value("until");
    WholeRule rule = new WholeRule(Math.max(before + 1L, steps.orElse(1)), SpecDecoder.MOST_STEPS);
    if (until.isPresent() && until.get().meaning(rule).isEmpty()) {
      until.get().refuse(rule.allowed() + ", or nothing: the last phase lasts to the end");
      return Optional.empty();
    }
    return Optional.of(Integer.MAX_VALUE);
  }

  private Optional<LearningRate> rangeTest(Section rate) {
    Optional<Section> test = rate.requiredSection(RANGE, RANGE_EXAMPLE);
    rate.end();
    return test.flatMap(this::rangeTestOver);
  }

  private Optional<LearningRate> rangeTestOver(Section test) {
    Optional<RangeDecoder.Ends> ends = RATES.ends(test);
    test.end();
    return ends.isPresent() && areFewEnough()
        ? steps.map(
            count ->
                new LearningRate.RangeTest(
                    ends.get().spread(), ends.get().first(), ends.get().last(), count))
        : Optional.empty();
  }

  /// Whether the training is short enough for a range test; one that is not is reported.
  private boolean areFewEnough() {
    WholeRule rule = new WholeRule(1, LearningRate.RangeTest.MOST_STEPS);
    if (steps.orElse(1) <= rule.to()) {
      return true;
    }
    Constraint cause =
        new Constraint("training.learning-rate is a range test", training.place(KEY));
    training
        .value("steps")
        .ifPresent(found -> found.refuse(rule.allowed() + cause.because("training.steps")));
    return false;
  }
}
