package twister.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.spec.ChartStyle;

class LearningRateRangeTest {
  @TempDir Path folder;
  private RunFolder run;

  @BeforeEach
  void open() {
    run = new RunFolder(folder);
  }

  private List<String> texts() throws Exception {
    LearningRateRange.draw(folder, ChartStyle.DEFAULT);
    return SvgFile.read(run.chart("learning-rate-range.svg")).texts();
  }

  /// A loss that falls fastest at 0.1, over rates from 0.001 to 10.
  private void writeDescent(int steps) throws IOException {
    run.metrics(
        IntStream.range(0, steps)
            .mapToObj(
                s -> {
                  double x = -3 + 4.0 * s / (steps - 1);
                  double loss = 3 - Math.tanh(x + 1);
                  return s + "," + loss + "," + loss + "," + Math.pow(10, x);
                })
            .toArray(String[]::new));
  }

  @Test
  void theMarksAreNamedWithTheirRates() throws Exception {
    writeDescent(401);

    assertTrue(
        texts()
            .containsAll(
                List.of("steepest at 0.1", "lowest at 10", "learning rate", "0.001", "smoothed")),
        () -> "labels");
    assertEquals(
        "loss falls steepest at 0.1, lowest at 10 (smoothed)",
        LearningRateRange.suggestion(folder.resolve("metrics.csv")).text());
  }

  @Test
  void aTestThatDivergedSaysWhere() throws Exception {
    run.metrics("0,3.7,3.7,0.1", "1,3.6,3.6,0.2", "2,NaN,NaN,0.4");

    assertTrue(texts().contains("not finite from 0.4"));
  }

  @Test
  void aTestWithoutFiniteLossesOrStepsSaysSo() throws Exception {
    run.metrics("0,NaN,NaN,0.1", "1,Infinity,Infinity,0.2");
    assertTrue(texts().contains("no finite loss"));
    assertEquals(
        "no finite loss", LearningRateRange.suggestion(folder.resolve("metrics.csv")).text());

    run.metrics();
    assertTrue(texts().contains("no steps recorded"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1e-320", "1e300", "-1e300"})
  void extremeLossesAreDrawn(String loss) throws Exception {
    run.metrics("0,3.7,3.7,0.1", "1," + loss + ",1,0.2", "2," + loss + ",1,0.4");
    assertTrue(texts().contains("learning rate"));

    run.metrics("0," + loss + ",1,0.1");
    assertTrue(texts().contains("learning rate"));
  }

  @Test
  void ratesThatFallAreRefused() throws IOException {
    run.metrics("0,3.7,3.7,2", "1,3.6,3.6,1");

    IOException refusal =
        assertThrows(IOException.class, () -> LearningRateRange.draw(folder, ChartStyle.DEFAULT));

    assertEquals(
        folder.resolve("metrics.csv") + ": the learning rate falls after step 0",
        refusal.getMessage());
  }

  @Test
  void manyStepsMakeASmallDrawingWithTheSameBytes() throws Exception {
    writeDescent(100_000);
    LearningRateRange.draw(folder, ChartStyle.DEFAULT);
    byte[] svg = Files.readAllBytes(run.chart("learning-rate-range.svg"));

    LearningRateRange.draw(folder, ChartStyle.DEFAULT);

    assertTrue(svg.length < 200_000, () -> "bytes: " + svg.length);
    assertArrayEquals(svg, Files.readAllBytes(run.chart("learning-rate-range.svg")));
  }
}
