package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import twister.spec.ChartSize;

class RangePictureTest {
  private static final List<ChartSize> SIZES =
      List.of(
          ChartSize.DEFAULT,
          ChartSize.centimetres(8.5, 6, 9),
          ChartSize.centimetres(6, 4.6, 9),
          ChartSize.centimetres(17, 5, 10),
          ChartSize.pixels(700, 2000));

  /// A test whose rates are spread over powers of ten.
  ///
  /// @param loss of a share of the test, from 0 to 1
  private static RangeSeries test(int steps, double low, double high, DoubleUnaryOperator loss) {
    double[] shares = IntStream.range(0, steps).mapToDouble(s -> s / (steps - 1.0)).toArray();
    return new RangeSeries(
        IntStream.range(0, steps)
            .mapToDouble(s -> steps == 1 ? low : low * Math.pow(high / low, shares[s]))
            .toArray(),
        IntStream.range(0, steps).mapToDouble(s -> loss.applyAsDouble(shares[s])).toArray(),
        true);
  }

  private static RangeSeries even(double low, double high) {
    return new RangeSeries(
        IntStream.range(0, 100).mapToDouble(s -> low + (high - low) * s / 99).toArray(),
        IntStream.range(0, 100).mapToDouble(s -> 3 - s / 100.0).toArray(),
        false);
  }

  private static Recording recorded(RangeSeries series, ChartSize size) {
    return new RangePicture(series, series.losses().thinned(2000, series.scale()), size)
        .recording();
  }

  static List<RangeSeries> oddTests() {
    double infinite = Double.POSITIVE_INFINITY;
    DoubleUnaryOperator falling = share -> 3 - Math.tanh(share);
    return List.of(
        new RangeSeries(new double[0], new double[0], true),
        test(1, 0.1, 1, share -> 3),
        test(1, 0.1, 1, share -> infinite),
        test(2, 0.1, 1, falling),
        test(100, 0.1, 1, share -> 2.5),
        test(100, 0.1, 0.1, falling),
        test(100, 1e-150, 1e150, falling),
        test(100, 1.2345e-7, 1.2346e-7, falling),
        test(100, 0.011, 0.093, falling),
        test(100, 0.011, 0.093, share -> share < 0.02 ? 3 - share : Double.NaN),
        test(100, 0.001, 1000, share -> share < 0.9 ? 3 - share : infinite),
        test(100, 0.001, 1000, share -> share < 0.9 ? 3 - share : -infinite),
        test(100, 0.001, 1000, share -> 1e38 * (1 - share)),
        test(100, 0.001, 1000, share -> share > 0.5 ? Double.MAX_VALUE : 3 - share),
        test(100, 0.001, 1000, share -> -1e-300 * share),
        test(20_000, 0.001, 1000, falling),
        even(1e-9, 1),
        even(1, 123456),
        even(1e-5, 2e-5));
  }

  @ParameterizedTest
  @MethodSource("oddTests")
  void textsOfOddTestsAreReadable(RangeSeries series) {
    for (ChartSize size : SIZES) {
      Recording recording = recorded(series, size);
      DrawnTexts.assertReadable(recording);
      DrawnTexts.assertNoOutlines(recording);
      assertTrue(DrawnTexts.of(recording).contains("learning rate"));
    }
  }

  @Test
  void textsOfRandomTestsAreReadable() {
    Random random = new Random(16);
    for (int trial = 0; trial < 200; trial++) {
      double low = Math.pow(10, random.nextDouble(-6, 2));
      double high = low * Math.pow(10, random.nextDouble(6));
      double place = random.nextDouble();
      double noise = random.nextDouble(0.3);
      double diverged = random.nextBoolean() ? random.nextDouble() : 2;
      RangeSeries series =
          test(
              random.nextInt(3, 500),
              low,
              high,
              share ->
                  share > diverged
                      ? Double.NaN
                      : 3 - Math.tanh(9 * (share - place)) + noise * random.nextGaussian());
      DrawnTexts.assertReadable(recorded(series, SIZES.get(random.nextInt(SIZES.size()))));
    }
  }

  @Test
  void whatIsSeenIsSaidInWords() {
    Recording recording =
        recorded(
            test(401, 0.001, 10, share -> share > 0.95 ? Double.NaN : 3 - share),
            ChartSize.DEFAULT);

    assertEquals(
        List.of("The smoothed loss falls steepest", "The smoothed loss is lowest", "not finite"),
        recording.description().sentences().stream()
            .map(text -> text.replaceAll(" (at|from) .*", ""))
            .toList());
  }

  @Test
  void theFirstAndTheLastDotAreWhole() {
    Recording recording = recorded(test(50, 0.1, 10, share -> 3 - share), ChartSize.DEFAULT);
    Recording.Step dots =
        recording.steps().stream()
            .filter(
                step ->
                    step.mark() instanceof Mark.Line line
                        && line.style().paint().equals(RangePicture.DOTS))
            .findFirst()
            .orElseThrow();
    Mark.Line line = (Mark.Line) dots.mark();

    assertTrue(
        dots.clip()
            .orElseThrow()
            .contains(line.style().stroke().createStrokedShape(line.path()).getBounds2D()));
  }
}
