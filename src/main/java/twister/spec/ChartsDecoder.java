package twister.spec;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import twister.yaml.ChoiceRule;
import twister.yaml.Constraint;
import twister.yaml.KeyedValue;
import twister.yaml.NumberRule;
import twister.yaml.Section;
import twister.yaml.TextRule;
import twister.yaml.TruthRule;
import twister.yaml.WholeRule;
import twister.yaml.YamlValue;

/// Reads which charts to draw, by default each that the model and the order of n-grams can fill,
/// and how they look.
final class ChartsDecoder {
  private static final String KEY = "charts";
  private static final ChoiceRule<ChartKind> CHART = ChoiceRule.of(ChartKind.class);
  private static final TextRule LENGTH =
      new TextRule(
          ChartLength.ALLOWED,
          Pattern.compile("\\s*[0-9.]+ ?[A-Za-z]{2}\\s*"),
          text -> ChartLength.of(text).isPresent());
  private static final NumberRule FONT_SIZE =
      new NumberRule(ChartSize.FONT_SIZE_ALLOWED, Double.MIN_VALUE, ChartSize.MOST_POINTS);
  private static final TextRule FONT = TextRule.visible("the name of a font", "");
  private static final ChoiceRule<LossUnit> UNIT = ChoiceRule.of(LossUnit.class);
  private static final WholeRule SMOOTHING = new WholeRule(0, SpecDecoder.MOST_STEPS);
  private static final ChoiceRule<ColourScale> COLOURS = ChoiceRule.of(ColourScale.class);

  private final Section top;
  private final Map<ChartKind, Constraint> unfit = new EnumMap<>(ChartKind.class);
  private final ChoiceRule<ChartKind> fitting;

  /// @param model the kind of model, if it could be read
  /// @param order of n-grams, if it could be read
  /// @param noRangeTest why there is no range test of the learning rate, if there is none
  ChartsDecoder(
      Section top,
      Optional<ModelChoice> model,
      Optional<OrderChoice> order,
      Optional<Constraint> noRangeTest) {
    this.top = top;
    noRangeTest.ifPresent(cause -> unfit.put(ChartKind.LEARNING_RATE_RANGE, cause));
    model
        .filter(choice -> choice.kind() == ModelKind.COUNTS)
        .ifPresent(
            choice -> {
              unfit.put(ChartKind.LOSS, choice.cause());
              unfit.put(ChartKind.LEARNING_RATE_RANGE, choice.cause());
            });
    model
        .filter(choice -> choice.kind() == ModelKind.MLP)
        .ifPresent(
            choice -> {
              unfit.put(ChartKind.BIGRAMS, choice.cause());
              unfit.put(ChartKind.BIGRAM_PROBABILITIES, choice.cause());
            });
    order
        .filter(choice -> choice.order() != DataSpec.BIGRAMS)
        .ifPresent(
            choice -> {
              unfit.put(ChartKind.BIGRAMS, choice.cause());
              unfit.put(ChartKind.BIGRAM_PROBABILITIES, choice.cause());
            });
    Set<ChartKind> fit = EnumSet.allOf(ChartKind.class);
    fit.removeAll(unfit.keySet());
    fitting = new ChoiceRule<>(List.copyOf(fit));
  }

  /// The charts without those that have mistakes, which are reported.
  ChartsSpec charts() {
    Optional<KeyedValue> found = top.value(KEY);
    if (found.isPresent() && found.get().value() instanceof YamlValue.Mapping) {
      Section section = top.optionalSection(KEY, "{style: {width: 8.5cm}}");
      List<ChartKind> kinds = kinds(section.value("kinds"));
      ChartStyle style = style(section.optionalSection("style", "{width: 8.5cm}"));
      section.end();
      return new ChartsSpec(kinds, style);
    }
    return ChartsSpec.of(kinds(found));
  }

  private List<ChartKind> kinds(Optional<KeyedValue> found) {
    return found
        .flatMap(list -> list.asList("[" + ChoiceRule.name(ChartKind.BIGRAMS) + "]"))
        .map(this::kinds)
        .orElse(fitting.choices());
  }

  private static ChartStyle style(Section section) {
    Optional<ChartLength> width = length(section, "width");
    Optional<ChartLength> height = length(section, "height");
    OptionalDouble fontSize =
        section.value("font-size").flatMap(found -> found.as(FONT_SIZE)).stream()
            .mapToDouble(points -> points)
            .findFirst();
    Optional<String> font = section.value("font").flatMap(found -> found.as(FONT));
    LossUnit unit = section.optional("unit", UNIT, LossUnit.NATS);
    long smoothing = section.optional("smooth", SMOOTHING, 0L);
    boolean hasLogSteps = section.optional("log-x", new TruthRule(), false);
    boolean hasLogLosses = section.optional("log-y", new TruthRule(), false);
    Optional<ColourScale> colours = section.value("scale").flatMap(found -> found.as(COLOURS));
    section.end();
    Optional<String> problem = ChartSize.problem(width, height, fontSize);
    if (problem.isPresent()) {
      section.refuse(problem.get());
      return ChartStyle.DEFAULT;
    }
    return new ChartStyle(
        width,
        height,
        fontSize,
        font,
        unit,
        Math.toIntExact(smoothing),
        hasLogSteps,
        hasLogLosses,
        colours);
  }

  private static Optional<ChartLength> length(Section section, String key) {
    return section.value(key).flatMap(found -> found.as(LENGTH)).flatMap(ChartLength::of);
  }

  private List<ChartKind> kinds(List<KeyedValue> items) {
    List<ChartKind> charts = new ArrayList<>();
    for (KeyedValue item : items) {
      item.as(CHART).filter(chart -> fits(item, chart, charts)).ifPresent(charts::add);
    }
    return charts;
  }

  private boolean fits(KeyedValue item, ChartKind chart, List<ChartKind> before) {
    if (before.contains(chart)) {
      item.refuse("each chart once");
      return false;
    }
    Constraint cause = unfit.get(chart);
    if (cause != null) {
      item.refuse(allowed() + cause.because(KEY));
      return false;
    }
    return true;
  }

  private String allowed() {
    return fitting.choices().isEmpty() ? "no chart" : fitting.allowed();
  }
}
