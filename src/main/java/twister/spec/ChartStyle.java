package twister.spec;

import java.util.Optional;
import java.util.OptionalDouble;

/// How the charts of an experiment look. What is empty is as [ChartSize] or the chart has it.
///
/// @param width of all charts
/// @param height of all charts but heatmaps, which are as high as their width makes them
/// @param fontSize of the numbers at the axes, in points
/// @param font the family of all texts
/// @param unit of the losses in the chart `loss`
/// @param smoothing each point of the curves in the chart `loss` is the mean of so many; 1 for the
///   losses themselves, 0 for as much as they need
/// @param hasLogSteps whether the chart `loss` spreads its steps by their logarithms
/// @param hasLogLosses whether the chart `loss` spreads its losses by their logarithms
/// @param colours how heatmaps of bigrams spread their colours
public record ChartStyle(
    Optional<ChartLength> width,
    Optional<ChartLength> height,
    OptionalDouble fontSize,
    Optional<String> font,
    LossUnit unit,
    int smoothing,
    boolean hasLogSteps,
    boolean hasLogLosses,
    Optional<ColourScale> colours) {
  /// That of charts of which nothing is said.
  public static final ChartStyle DEFAULT =
      new ChartStyle(
          Optional.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          LossUnit.NATS,
          0,
          false,
          false,
          Optional.empty());

  public ChartStyle {
    Optional<String> problem = ChartSize.problem(width, height, fontSize);
    if (problem.isPresent()) {
      throw new IllegalArgumentException("style: " + problem.get());
    }
    if (smoothing < 0) {
      throw new IllegalArgumentException("smoothing: expected at least 0, got " + smoothing);
    }
  }

  /// The size of all charts but heatmaps.
  public ChartSize size() {
    return ChartSize.of(width, height, fontSize);
  }
}
