package twister.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import twister.yaml.KeyPath;
import twister.yaml.KeyedValue;
import twister.yaml.NumberRule;
import twister.yaml.Section;
import twister.yaml.WholeRule;
import twister.yaml.YamlValue;

/// Reads what a run must find.
final class ExpectDecoder {
  private static final String KEY = "expect";
  private static final double DEFAULT_WITHIN = 1e-6;
  private static final String EXAMPLE = "{0: 3.3}";

  /// Keys that say how, not what.
  private static final Set<String> DETAILS = Set.of("document", "within");

  private final Section top;
  private final Section section;
  private final Optional<ModelChoice> choice;
  private final Optional<LossCount> losses;
  private final WholeRule step;
  private final SortedMap<Integer, Double> expected = new TreeMap<>();

  /// @param losses how many losses the run has, if that could be read
  ExpectDecoder(Section top, Optional<ModelChoice> choice, Optional<LossCount> losses) {
    this.top = top;
    this.section = top.optionalSection(KEY, "{loss: " + EXAMPLE + "}");
    this.choice = choice;
    this.losses = losses;
    this.step = new WholeRule(0, losses.map(LossCount::count).orElse(SpecDecoder.MOST_STEPS) - 1L);
  }

  /// The expectations without those that have mistakes, which are reported.
  ///
  /// @param order of the n-grams
  /// @param file of the experiment, from where tables are looked up
  ExpectSpec expect(int order, Path file) {
    Optional<String> document =
        section.value("document").flatMap(found -> found.as(FiguresDecoder.TEXT));
    section
        .value("loss")
        .ifPresent(
            loss ->
                loss.asMapping(EXAMPLE)
                    .ifPresent(
                        steps -> {
                          if (steps.entries().isEmpty()) {
                            loss.refuse("at least one step and its loss, such as " + EXAMPLE);
                          }
                          steps.entries().values().forEach(entry -> add(loss, entry));
                        }));
    double within = section.optional("within", NumberRule.FROM_ZERO, DEFAULT_WITHIN);
    List<Expected> figures = new ArrayList<>();
    addSizes(figures);
    new FiguresDecoder(section, choice, order, step, file).addTo(figures);
    section.end();
    if (isOfDetailsAlone()) {
      section.refuse("expects nothing, allowed: at least one figure, such as loss: " + EXAMPLE);
    }
    return new ExpectSpec(document, expected, within, figures);
  }

  private boolean isOfDetailsAlone() {
    return top.value(KEY)
        .map(KeyedValue::value)
        .filter(YamlValue.Mapping.class::isInstance)
        .map(YamlValue.Mapping.class::cast)
        .filter(
            mapping ->
                mapping.entries().entrySet().stream()
                    .filter(entry -> !(entry.getValue().value() instanceof YamlValue.Removed))
                    .allMatch(entry -> DETAILS.contains(entry.getKey())))
        .isPresent();
  }

  private void addSizes(List<Expected> figures) {
    for (Expected.Size size : Expected.Size.values()) {
      section
          .value(size.name().toLowerCase(Locale.ROOT))
          .flatMap(found -> found.as(new WholeRule(0, Long.MAX_VALUE)))
          .ifPresent(value -> figures.add(new Expected.Count(size, value)));
    }
  }

  private void add(KeyedValue loss, YamlValue.Entry entry) {
    if (entry.value() instanceof YamlValue.Removed) {
      return;
    }
    KeyedValue key = loss.key(entry.key());
    Optional<Long> number = key.meaning(step);
    if (number.isEmpty()) {
      String allowed = step.from() == step.to() ? "only " + step.from() : step.allowed();
      key.refuse(allowed + losses.map(count -> count.cause().because(KEY)).orElse(""));
      return;
    }
    int at = Math.toIntExact(number.get());
    String full = KeyPath.join(loss.path(), Integer.toString(at));
    Optional<Double> value = loss.at(full, entry.value()).as(NumberRule.FROM_ZERO);
    if (value.isPresent() && expected.putIfAbsent(at, value.get()) != null) {
      key.refuse("each step once");
    }
  }
}
