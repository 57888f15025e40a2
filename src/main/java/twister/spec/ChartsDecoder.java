package twister.spec;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads which charts to draw: by default, each that the model can fill.
final class ChartsDecoder {
  private static final ChoiceRule<ChartKind> CHART = ChoiceRule.of(ChartKind.class);

  private final Section top;
  private final Optional<ModelChoice> choice;
  private final ChoiceRule<ChartKind> fitting;

  /// @param choice the kind of model, if it could be read
  ChartsDecoder(Section top, Optional<ModelChoice> choice) {
    this.top = top;
    this.choice = choice;
    this.fitting = new ChoiceRule<>(List.copyOf(fitting(choice)));
  }

  private static Set<ChartKind> fitting(Optional<ModelChoice> choice) {
    Set<ChartKind> fitting = EnumSet.allOf(ChartKind.class);
    if (choice.isPresent() && choice.get().kind() == ModelKind.COUNTS) {
      fitting.remove(ChartKind.LOSS);
    }
    return fitting;
  }

  /// The charts without those that have mistakes, which are reported.
  List<ChartKind> charts() {
    return top.value("charts")
        .flatMap(found -> found.asList("[" + ChoiceRule.name(ChartKind.BIGRAMS) + "]"))
        .map(this::charts)
        .orElse(fitting.choices());
  }

  private List<ChartKind> charts(List<Found> items) {
    List<ChartKind> charts = new ArrayList<>();
    for (Found item : items) {
      item.as(CHART).filter(chart -> fits(item, chart, charts)).ifPresent(charts::add);
    }
    return charts;
  }

  private boolean fits(Found item, ChartKind chart, List<ChartKind> before) {
    if (before.contains(chart)) {
      item.refuse("each chart once");
      return false;
    }
    if (!fitting.choices().contains(chart)) {
      item.refuse(fitting.allowed() + choice.orElseThrow().cause().because("charts"));
      return false;
    }
    return true;
  }
}
