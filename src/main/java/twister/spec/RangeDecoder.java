package twister.spec;

import java.util.List;
import java.util.Optional;
import twister.yaml.KeyedValue;
import twister.yaml.NumberRule;
import twister.yaml.Section;
import twister.yaml.YamlValue;

/// Reads the two ends of a range of numbers, under the key `log` or `linear`.
///
/// @param noun what the numbers are, for messages
/// @param example ends that would be allowed
/// @param linear what the ends of a linear range may be; those of a logarithmic one are above 0
record RangeDecoder(String noun, String example, NumberRule linear) {
  /// The ends of a range.
  record Ends(Spacing spread, double first, double last) {}

  /// The ends; empty when they have mistakes, which are reported by now or when the section ends.
  Optional<Ends> ends(Section section) {
    Optional<KeyedValue> log = section.value("log");
    Optional<KeyedValue> even = section.value("linear");
    if (log.isEmpty() && even.isEmpty()) {
      section.missing("log", "allowed: log or linear, either with " + allowed(NumberRule.POSITIVE));
    }
    if (log.isPresent() && even.isPresent()) {
      even.get().refuse("nothing beside " + log.get().path() + ": one of the two");
      return Optional.empty();
    }
    return log.flatMap(found -> ends(Spacing.LOG, found, NumberRule.POSITIVE))
        .or(() -> even.flatMap(found -> ends(Spacing.LINEAR, found, linear)));
  }

  private String allowed(NumberRule rule) {
    return "the first and the last %s, %s, the last one the greater, such as %s"
        .formatted(noun, rule.allowed().replace("a finite number", "finite numbers"), example);
  }

  private Optional<Ends> ends(Spacing spread, KeyedValue found, NumberRule rule) {
    List<KeyedValue> items =
        found.value() instanceof YamlValue.Sequence
            ? found.asList(example).orElseThrow()
            : List.of();
    if (items.size() != 2) {
      found.refuse(allowed(rule));
      return Optional.empty();
    }
    Optional<Double> first = items.getFirst().as(rule);
    Optional<Double> last = items.getLast().as(first.map(this::above).orElse(rule));
    return first.isPresent() && last.isPresent()
        ? Optional.of(new Ends(spread, first.get(), last.get()))
        : Optional.empty();
  }

  private NumberRule above(double first) {
    return new NumberRule(
        "a finite number above %s, the first %s".formatted(first, noun),
        Math.nextUp(first),
        Double.MAX_VALUE);
  }
}
