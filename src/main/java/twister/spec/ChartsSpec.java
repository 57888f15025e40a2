package twister.spec;

import java.util.List;

/// The charts of an experiment.
///
/// @param kinds those drawn of each run, without repetition
/// @param style how they, and those of a sweep, look
public record ChartsSpec(List<ChartKind> kinds, ChartStyle style) {
  public ChartsSpec {
    kinds = List.copyOf(kinds);
  }

  /// Charts in the style of those of which nothing is said.
  public static ChartsSpec of(List<ChartKind> kinds) {
    return new ChartsSpec(kinds, ChartStyle.DEFAULT);
  }
}
