package twister.spec;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import twister.yaml.ChoiceRule;
import twister.yaml.Constraint;
import twister.yaml.KeyedValue;
import twister.yaml.Section;

/// Reads which charts to draw: by default, each that the model and the order of n-grams can fill.
final class ChartsDecoder {
  private static final ChoiceRule<ChartKind> CHART = ChoiceRule.of(ChartKind.class);

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
  List<ChartKind> charts() {
    return top.value("charts")
        .flatMap(found -> found.asList("[" + ChoiceRule.name(ChartKind.BIGRAMS) + "]"))
        .map(this::charts)
        .orElse(fitting.choices());
  }

  private List<ChartKind> charts(List<KeyedValue> items) {
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
      item.refuse(allowed() + cause.because("charts"));
      return false;
    }
    return true;
  }

  private String allowed() {
    return fitting.choices().isEmpty() ? "no chart" : fitting.allowed();
  }
}
