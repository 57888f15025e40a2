package twister.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import twister.spec.ChartSize;
import twister.spec.ChartStyle;

/// The loss of a range test over its learning rates: every step's as a dot, a smoothed curve, and
/// the rates where that falls fastest and where it is lowest.
public final class LearningRateRange {
  private static final int POINTS = 2000;

  private LearningRateRange() {}

  /// The rates that a range test suggests.
  ///
  /// @param steepest where the loss falls fastest; empty where it does not fall
  /// @param lowest where it is lowest; empty where there is none
  /// @param isSmoothed whether that is said of the smoothed loss, as losses of batches jump
  public record Suggestion(OptionalDouble steepest, OptionalDouble lowest, boolean isSmoothed) {
    /// The rates in words: `loss falls steepest at 1.32, lowest at 47.1 (smoothed)`.
    public String text() {
      if (lowest.isEmpty()) {
        return "no finite loss";
      }
      String least =
          ", lowest at "
              + Numbers.significant(lowest.getAsDouble())
              + (isSmoothed ? " (smoothed)" : "");
      return steepest.isPresent()
          ? "loss falls steepest at " + Numbers.significant(steepest.getAsDouble()) + least
          : "loss does not fall" + least;
    }
  }

  /// Draws the test: reads `metrics.csv`, writes `charts/learning-rate-range.png` and
  /// `charts/learning-rate-range.svg`.
  ///
  /// @return what no font of this machine has
  /// @throws IOException if a file cannot be read, naming file and line, or the charts cannot be
  ///   written
  public static LackingLetters draw(Path runFolder, ChartStyle style) throws IOException {
    RangeSeries series = RangeSeries.read(runFolder.resolve("metrics.csv"));
    return ChartFiles.write(
        runFolder,
        "learning-rate-range",
        FigureStyle.of(style),
        size -> picture(series, size).recording());
  }

  /// The picture of a test.
  static RangePicture picture(RangeSeries series, ChartSize size) {
    return new RangePicture(series, series.losses().thinned(POINTS, series.scale()), size);
  }

  /// What the test of a run suggests.
  ///
  /// @param metrics a run's `metrics.csv`
  /// @throws IOException if it cannot be read, naming file and line
  public static Suggestion suggestion(Path metrics) throws IOException {
    RangeSeries series = RangeSeries.read(metrics);
    return new Suggestion(
        rate(series, series.steepest()), rate(series, series.lowest()), series.isNoisy());
  }

  private static OptionalDouble rate(RangeSeries series, OptionalInt point) {
    return point.isPresent()
        ? OptionalDouble.of(series.smoothed().step(point.getAsInt()))
        : OptionalDouble.empty();
  }
}
