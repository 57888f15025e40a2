package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The colours of lines and marks, on white paper and in grey.
class ColoursTest {
  private static List<Color> ofKeys() {
    return IntStream.rangeClosed(0, 1000).mapToObj(i -> Shades.LINES.at(i / 1e3)).toList();
  }

  @Test
  void everyLineAndMarkHasAContrastOfThreeToWhite() {
    Stream<Color> all =
        Stream.of(
                ofKeys(),
                CurveStyle.SERIES.stream().map(CurveStyle::colour).toList(),
                Stream.of(CurveStyle.MAIN, CurveStyle.SMOOTH, CurveStyle.PALE, CurveStyle.DASHED)
                    .map(CurveStyle::colour)
                    .toList(),
                List.of(
                    PlotStyle.FRAME,
                    PlotStyle.REFERENCE,
                    PlotStyle.DIVERGED,
                    PlotStyle.BEST,
                    RangePicture.DOTS))
            .flatMap(List::stream);

    all.forEach(
        colour ->
            assertTrue(
                Blues.contrast(colour, Color.WHITE) >= 3,
                () -> "%06x: %s".formatted(colour.getRGB(), Blues.contrast(colour, Color.WHITE))));
  }

  @Test
  void inGreyTheValuesOfAKeyGetLighterAllAlong() {
    double[] contrasts =
        ofKeys().stream().mapToDouble(colour -> Blues.contrast(colour, Color.WHITE)).toArray();

    for (int i = 1; i < contrasts.length; i++) {
      assertTrue(contrasts[i] <= 1.01 * contrasts[i - 1], "at " + i);
    }
    assertTrue(contrasts[0] > 4 * contrasts[contrasts.length - 1]);
  }

  @Test
  void seriesDifferInTheirDashesToo() {
    long different =
        CurveStyle.SERIES.stream()
            .map(style -> Arrays.toString(style.stroke().getDashArray()))
            .distinct()
            .count();

    assertEquals(CurveStyle.SERIES.size(), different);
  }

  @Test
  void whiteIsTheMiddleOfADifference() {
    assertEquals(Color.WHITE, Shades.DIVERGING.at(0.5));
  }
}
