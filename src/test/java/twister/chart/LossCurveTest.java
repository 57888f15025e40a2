package twister.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import twister.spec.ChartStyle;
import twister.spec.LossUnit;
import twister.tracking.BigramTable;
import twister.tracking.RecordsOfTests;

@Tag("processor")
class LossCurveTest {
  @TempDir Path folder;
  private RunFolder run;

  @BeforeEach
  void open() {
    run = new RunFolder(folder);
  }

  private List<String> texts() throws Exception {
    LossCurve.draw(folder, ChartStyle.DEFAULT);
    return SvgFile.read(run.chart("loss.svg")).texts();
  }

  @Test
  void theReferenceLinesAreNamedWithTheirValues() throws Exception {
    run.metrics("0,3.7,3.7,1.0", "1,3.0,3.0,1.0");
    run.bigrams(new BigramTable(List.of(".", "a"), new long[] {2, 2, 6, 0}, new double[4]));

    List<String> texts = texts();

    assertTrue(texts.contains("uniform, ln 2 = 0.69"), texts::toString);
    assertTrue(texts.contains("lowest possible (counts) = 0.28"), texts::toString);
    assertTrue(texts.contains("loss (nats per character)"), texts::toString);
  }

  @Test
  void aRunWithoutBigramsHasACurveAlone() throws Exception {
    run.metrics("0,3.7,3.7,1.0", "1,3.0,3.0,1.0");

    assertTrue(texts().stream().noneMatch(text -> text.startsWith("uniform")));
  }

  @Test
  void thePenaltyBringsASecondCurveAndALegend() throws Exception {
    run.metrics("0,3.9,3.7,1.0", "1,3.2,3.0,1.0");

    assertTrue(texts().containsAll(List.of("loss, with the L2 term", "NLL alone")));
  }

  @Test
  void theNllIsDashedUponTheLossAndInTheLegend() throws Exception {
    run.metrics("0,3.7001,3.7,1.0", "1,3.0001,3.0,1.0");
    LossCurve.draw(folder, ChartStyle.DEFAULT);

    List<List<String>> styles =
        SvgFile.read(run.chart("loss.svg")).elements("path").stream()
            .map(LossCurveTest::style)
            .toList();

    // Each is a curve and a piece of the legend.
    assertEquals(2, Collections.frequency(styles, List.of("rgb(166,54,3)", "12,9")));
    assertEquals(2, Collections.frequency(styles, List.of("rgb(8,81,156)", "")));
  }

  /// Colour and dashes of a stroke, which Batik gives to the group around it.
  private static List<String> style(Element drawn) {
    Element group = (Element) drawn.getParentNode();
    return List.of(group.getAttribute("stroke"), group.getAttribute("stroke-dasharray"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Infinity", "-Infinity", "NaN"})
  void aRunThatDivergedSaysWhere(String loss) throws Exception {
    run.metrics("0,3.7,3.7,1", "1,1e300,1e300,1", "2," + loss + "," + loss + ",1");

    assertTrue(texts().contains("not finite from step 2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Infinity", "-Infinity", "NaN"})
  void aRunWithoutAnyFiniteLossSaysSo(String loss) throws Exception {
    run.metrics("0," + loss + "," + loss + ",1", "1," + loss + "," + loss + ",1");

    assertTrue(texts().contains("no finite loss"));
  }

  @Test
  void aRunWithoutStepsSaysSo() throws Exception {
    run.metrics();

    assertTrue(texts().contains("no steps recorded"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "4.9E-324", "1.7976931348623157E308", "-1.7976931348623157E308"})
  void extremeLossesAreDrawn(String loss) throws Exception {
    run.metrics("0,3.7,3.7,1", "1," + loss + "," + loss + ",1", "2,1e-300,1e-300,1");

    assertTrue(texts().contains("step"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3.2958", "-1.0E-320", "1.7976931348623157E308"})
  void aFlatCurveIsDrawn(String loss) throws Exception {
    run.metrics("0," + loss + "," + loss + ",1", "1," + loss + "," + loss + ",1");

    assertTrue(texts().contains("step"));
  }

  @Test
  void aMillionStepsMakeASmallDrawing() throws Exception {
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("metrics.csv"))) {
      out.write("step,loss,nll,learning_rate\n");
      for (int step = 0; step < 1_000_000; step++) {
        double loss = 2.5 + 1.0 / (1 + step / 1000) + step % 7 * 0.01;
        out.write(step + "," + loss + "," + loss + ",50.0\n");
      }
    }

    LossCurve.draw(folder, ChartStyle.DEFAULT);

    assertTrue(Files.size(run.chart("loss.svg")) < 100_000);
  }

  @Test
  void theSameFilesGiveTheSameBytes() throws IOException {
    run.metrics(
        IntStream.range(0, 50)
            .mapToObj(step -> step + "," + 4.0 / (1 + step) + ",1.0,1.0")
            .toArray(String[]::new));
    LossCurve.draw(folder, ChartStyle.DEFAULT);
    byte[] png = Files.readAllBytes(run.chart("loss.png"));
    byte[] svg = Files.readAllBytes(run.chart("loss.svg"));

    LossCurve.draw(folder, ChartStyle.DEFAULT);

    assertArrayEquals(png, Files.readAllBytes(run.chart("loss.png")));
    assertArrayEquals(svg, Files.readAllBytes(run.chart("loss.svg")));
  }

  @Test
  void thePngCanBeReadBack() throws IOException {
    run.metrics("0,3.7,3.7,1.0", "1,3.0,3.0,1.0");
    LossCurve.draw(folder, ChartStyle.DEFAULT);

    BufferedImage image = ImageIO.read(run.chart("loss.png").toFile());

    assertEquals(1200, image.getWidth());
    assertEquals(0xffffffff, image.getRGB(0, 0));
  }

  private static String[] rows(int steps, double first) {
    return IntStream.range(0, steps)
        .mapToObj(
            step -> {
              double loss = step == 0 ? first : 2.5 + 0.3 * Math.sin(1e4 * step);
              return step + "," + loss + "," + loss + ",0.1";
            })
        .toArray(String[]::new);
  }

  private void writeBatches() throws IOException {
    RecordsOfTests.inTraining(27, Map.of("training.batch", 32)).write(folder.resolve("run.yaml"));
  }

  @Test
  void lossesOfBatchesAreSmoothedUponThePaleOnes() throws Exception {
    writeBatches();
    run.metrics(rows(3000, 3));

    assertTrue(texts().containsAll(List.of("loss per batch", "smoothed", "0", "1000")));
  }

  @Test
  void theDevWordsAreComparedWithEachKindOfTraining() throws Exception {
    Files.writeString(
        folder.resolve("evaluation.csv"), "step,split,loss\n0,dev,2.6\n99,dev,2.4\n99,test,9.0\n");
    run.metrics(rows(100, 3));
    assertTrue(texts().containsAll(List.of("loss", "NLL on the dev words", "0")));

    writeBatches();
    assertTrue(texts().containsAll(List.of("loss per batch", "smoothed", "NLL on the dev words")));
  }

  @Test
  void lossesOnTheDevWordsAreOfTheModelAfterTheUpdate() throws Exception {
    Files.writeString(
        folder.resolve("evaluation.csv"), "step,split,loss\n0,dev,2.6\n1,dev,2.4\n1,test,9.0\n");
    assertEquals(List.of(1.0, 2.0), steps(LossCurve.dev(folder)));

    RecordsOfTests.inTraining(27, Map.of("model.kind", "counts")).write(folder.resolve("run.yaml"));
    assertEquals(List.of(0.0, 1.0), steps(LossCurve.dev(folder)));
  }

  private static List<Double> steps(Curve curve) {
    return IntStream.range(0, curve.size()).mapToObj(curve::step).toList();
  }

  @Test
  void labelsAreAtTheirLinesOrLeftOut() throws Exception {
    LabelPlaces places = new LabelPlaces(new Rectangle2D.Double(0, 0, 100, 100));
    Rectangle2D place = new Rectangle2D.Double(10, 10, 50, 20);

    assertEquals(Optional.of(place), places.takeFree(List.of(place)));
    assertEquals(Optional.empty(), places.takeFree(List.of(place)));
    assertEquals(
        Optional.empty(), places.takeFree(List.of(new Rectangle2D.Double(80, 50, 50, 20))));
  }

  @Test
  void aNoisyTrainingIsCutWhereItsSmoothedLossesEndBelowTheUniformOne() {
    double[] steps = IntStream.range(0, 100).mapToDouble(step -> step).toArray();
    double[] losses = IntStream.range(0, 100).mapToDouble(step -> 28 - 0.26 * step).toArray();
    double[] noisy = losses.clone();
    noisy[99] = 4;
    Axis axis =
        LossAxes.losses(
            List.of(
                new LossPicture.Line("loss per batch", new Curve(steps, noisy), CurveStyle.PALE),
                new LossPicture.Line("smoothed", new Curve(steps, losses), CurveStyle.SMOOTH)),
            List.of(new LossPicture.Reference("uniform", 3.3)),
            0,
            1);

    assertTrue(axis.high() < 5, () -> "" + axis.high());
  }

  @Test
  void lossesBeyondTheAxisAreMentioned() throws Exception {
    run.bigrams(new BigramTable(List.of(".", "a"), new long[] {2, 2, 6, 0}, new double[4]));
    run.metrics("0,27.25,27.25,1.0", "1,0.6,0.6,1.0", "2,0.5,0.5,1.0");
    assertTrue(texts().contains("beyond the axis: losses up to 27.3"), texts()::toString);

    run.metrics("0,1.2,1.2,1.0", "1,0.6,0.6,1.0");
    assertTrue(texts().stream().noneMatch(text -> text.startsWith("beyond")), texts()::toString);
  }

  @Test
  void thousandsOfStepsAreSeparatedWhereThereAreTenThousands() throws Exception {
    run.metrics(rows(20_000, 3));
    assertTrue(texts().containsAll(List.of("0", "5,000", "10,000")), texts()::toString);
  }

  @Test
  void uniformIsOverAllSymbolsOfTheModel() throws Exception {
    RecordsOfTests.inTraining(27, Map.of()).write(folder.resolve("run.yaml"));
    Files.writeString(folder.resolve("ngrams.csv"), "context,next,count\n..,a,2\n.a,.,2\n");
    run.metrics("0,3.7,3.7,1.0", "1,3.0,3.0,1.0");

    assertTrue(texts().contains("uniform, ln 27 = 3.30"), texts()::toString);
  }

  @Test
  void withoutALowestLossOnlyTheUniformOneIsMarked() {
    assertEquals(
        List.of("uniform, ln 2"),
        LossCurve.references(
                2, Optional.of(new LossPicture.Reference("lowest", Double.NaN)), LossUnit.NATS)
            .stream()
            .map(LossPicture.Reference::name)
            .toList());
  }
}
