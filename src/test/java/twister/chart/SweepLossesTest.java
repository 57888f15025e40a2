package twister.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twister.chart.SweepFolder.RATE;
import static twister.chart.SweepFolder.SEED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import twister.spec.ChartSize;
import twister.tracking.RunsOfTests;
import twister.tracking.RunsTable;

@Tag("processor")
class SweepLossesTest {
  private static final Mark.Pen CROSS = new Mark.Pen(Shades.LINES.at(1), PlotStyle.THICK);

  @TempDir Path folder;
  private SweepFolder sweep;

  @BeforeEach
  void open() {
    sweep = new SweepFolder(folder);
  }

  private List<String> texts() throws Exception {
    drawn();
    return sweep.said("sweep-losses");
  }

  private SvgFile drawn() throws Exception {
    sweep.write();
    SweepLosses.draw(folder, SweepFolder.table(folder), FigureStyle.DEFAULT);
    return sweep.svg("sweep-losses");
  }

  private static List<String> strokes(SvgFile svg) {
    return svg.elements("path").stream().map(SweepLossesTest::stroke).toList();
  }

  /// Colour of a stroke, which Batik gives to the element or to the group around it.
  private static String stroke(Element drawn) {
    Element group = (Element) drawn.getParentNode();
    return drawn.hasAttribute("stroke")
        ? drawn.getAttribute("stroke")
        : group.getAttribute("stroke");
  }

  @Test
  void theCurvesAreNamedByABarOfTheKey() throws Exception {
    sweep.add(2.6, RATE, 1.0).add(2.5, RATE, 10.0).add(2.7, RATE, 100.0);

    List<String> texts = texts();

    assertTrue(
        texts.containsAll(
            List.of(
                "3 runs",
                "The best loss is 2.5000, at learning rate 10",
                "learning rate",
                "1",
                "10",
                "100",
                "uniform, ln 27 = 3.30",
                "lowest possible (counts) = 2.45",
                "step")),
        texts::toString);
  }

  @Test
  void curvesAreColouredByTheirValueOnALogarithmicScaleTheBestLast() throws Exception {
    sweep.add(2.6, RATE, 1.0).add(2.5, RATE, 10.0).add(2.7, RATE, 100.0);

    List<String> colours = strokes(drawn()).stream().distinct().toList();

    assertEquals(
        List.of(rgb(1), rgb(0), rgb(0.5)),
        colours.stream().filter(List.of(rgb(0), rgb(0.5), rgb(1))::contains).toList());
  }

  private static String rgb(double share) {
    var colour = Shades.LINES.at(share);
    return "rgb(%d,%d,%d)".formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
  }

  @Test
  void curvesWithoutAValueOfTheKeyAreGreyAndSaySo() throws Exception {
    sweep.add(2.6, "model.hidden", 100).add(2.5, "model.hidden", 200).add(2.7, RATE, 1.0);

    assertTrue(texts().contains("Grey lines have no hidden units"));
  }

  @Test
  void seedsAreABandAroundTheirMean() throws Exception {
    sweep.add(2.5, SEED, 1).add(2.7, SEED, 2);

    List<String> texts = texts();

    assertTrue(texts.contains("2 runs, 2 seeds"), texts::toString);
    assertTrue(
        texts.contains("Lines are means over seeds, bands go from the least to the greatest"),
        texts::toString);
  }

  @Test
  void manyRunsAreQuantilesWithTheBestRun() throws Exception {
    for (int run = 1; run <= 100; run++) {
      sweep.add(2.4 + 0.01 * Math.abs(run - 40), RATE, run * 0.5);
    }

    List<String> texts = texts();

    assertTrue(
        texts.containsAll(
            List.of(
                "100 runs",
                "The best loss is 2.4000, at learning rate 20",
                "best run",
                "median",
                "25–75 %",
                "10–90 %")),
        texts::toString);
  }

  @Test
  void quantilesCountRunsThatDivergedAsTheWorst() throws Exception {
    for (int run = 0; run < 70; run++) {
      sweep.add("finished", 1 + run, new double[] {1 + run, 1 + run}, RATE, 1.0 + run);
    }
    for (int run = 0; run < 31; run++) {
      sweep.add("diverged", Double.NaN, new double[] {0.5, Double.NaN}, RATE, 100.0 + run);
    }
    sweep.write();
    SweepTable table = SweepFolder.table(folder);
    CurveBands bands =
        new CurveBands(table, SweepCurves.read(folder, table, SweepCurves.Kind.DECIDING));

    double[] losses = bands.losses().toArray();

    // At step 0, 31 runs begin at 0.5; at step 1 the 10 %, 25 %, 50 % quantiles of 101 runs are
    // those
    // of the runs 10, 25 and 50 from the best, and the 75 % and 90 % ones are not finite.
    assertTrue(Arrays.stream(losses).anyMatch(loss -> loss == 51), () -> Arrays.toString(losses));
    assertEquals(5 + 3 + 2, losses.length);
  }

  @Test
  void runsThatDivergedEndInCrossesAndTheAxisIsCut() throws Exception {
    sweep.add(2.5, RATE, 1.0).addDiverged(RATE, 1000.0);

    List<String> texts = texts();

    assertTrue(
        texts.containsAll(
            List.of("2 runs, 1 diverged (×)", "diverged", "Losses above 4.12 are beyond the axis")),
        texts::toString);
    SweepTable table = SweepFolder.table(folder);
    Recording recording =
        new SweepLossPicture(
                table,
                SweepCurves.read(folder, table, SweepCurves.Kind.DECIDING),
                ChartSize.DEFAULT)
            .recording();
    List<Mark.Line> crosses =
        recording.steps().stream()
            .filter(step -> step.mark() instanceof Mark.Line)
            .map(step -> (Mark.Line) step.mark())
            .filter(line -> line.style().equals(CROSS))
            .toList();
    assertEquals(1, crosses.size());
    assertEquals(
        xOfStep(recording, "2"), crosses.getFirst().path().getBounds2D().getCenterX(), 1.5);
  }

  /// Where the mark of a step is across.
  private static double xOfStep(Recording recording, String step) {
    return recording.texts().stream()
        .filter(text -> text.text().equals(step))
        .reduce((_, last) -> last)
        .orElseThrow()
        .bounds()
        .getCenterX();
  }

  @Test
  void theCurvesOfASplitAreNamedAsTrainingLosses() throws Exception {
    sweep.add(2.5, RATE, 1.0).add(2.6, RATE, 2.0).write();
    Path runs = folder.resolve("runs.csv");
    String penalized = Files.readString(runs).replace("2.5,2.5", "2.5,2.4");
    List<String> lines = penalized.lines().toList();
    RunsOfTests.write(
        folder,
        "%s,dev_loss\n%s,2.9\n%s,Infinity\n".formatted(lines.get(0), lines.get(1), lines.get(2)));
    RunsTable table = SweepFolder.runs(folder);
    SweepLosses.draw(
        folder,
        SweepTable.of(new RunsTable("rates", table.columns(), table.rows())),
        FigureStyle.DEFAULT);
    List<String> texts = sweep.said("sweep-losses");

    assertTrue(
        texts.containsAll(
            List.of(
                "2 runs of rates, 1 with an infinite dev loss",
                "The best dev loss is 2.9000, at learning rate 1",
                "The curves show the training loss with L2, on the words learnt from",
                "training loss with L2 (nats/char)")),
        texts::toString);
  }

  private void writeSplit(double... devLosses) throws IOException {
    sweep.write();
    Path runs = folder.resolve("runs.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(runs));
    lines.set(0, lines.get(0) + ",dev_loss");
    for (int run = 0; run < devLosses.length; run++) {
      lines.set(run + 1, lines.get(run + 1) + "," + devLosses[run]);
      Files.writeString(
          folder.resolve("run" + run).resolve("evaluation.csv"),
          "step,split,loss\n0,dev,3.1\n2,dev," + devLosses[run] + "\n2,test,9\n");
    }
    RunsOfTests.write(folder, String.join("\n", lines) + "\n");
  }

  @Test
  void theCurvesShowTheLossThatDecidesAndTheTrainingLossOnRequest() throws Exception {
    sweep.add(2.5, RATE, 1.0).add(2.6, RATE, 2.0);
    writeSplit(2.9, 2.8);
    SweepTable table = SweepFolder.table(folder);
    SweepLosses.draw(folder, table, FigureStyle.DEFAULT);
    List<String> texts = sweep.said("sweep-losses");

    assertTrue(
        texts.containsAll(List.of("dev loss (nats per character)", "The curves show the dev loss")),
        texts::toString);
    SweepCurves curves = SweepCurves.read(folder, table, SweepCurves.Kind.DECIDING);
    Curve curve = curves.curve(table.runs().getFirst());
    assertEquals(
        List.of(1.0, 3.1, 3.0, 2.9),
        List.of(curve.step(0), curve.value(0), curve.step(1), curve.value(1)));
    assertEquals(2, curve.size());
    SweepCurves training = SweepCurves.read(folder, table, SweepCurves.Kind.TRAINING);
    assertEquals(3.5, training.curve(table.runs().getFirst()).value(0));
    assertFalse(training.areOfDevWords());
  }

  @Test
  void aSettingIsDrawnToTheLastStepOfItsSeeds() throws Exception {
    sweep.add("finished", 2.5, new double[] {3, 2.8, 2.6, 2.5}, RATE, 1.0, SEED, 1);
    sweep.add("finished", 2.7, new double[] {3.2, 2.7}, RATE, 1.0, SEED, 2);
    sweep.add("finished", 2.7, new double[] {3.2, 2.7}, RATE, 2.0, SEED, 1);
    List<String> texts = texts();

    assertTrue(
        texts.contains("Beyond step 1, there are 1 of 2 seeds of learning rate 1"),
        texts::toString);
    SweepTable table = SweepFolder.table(folder);
    SweepCurves curves = SweepCurves.read(folder, table, SweepCurves.Kind.DECIDING);
    Curve mean =
        curves.combined(
            table.settings().getFirst().runs(), losses -> losses.average().orElseThrow());
    assertEquals(4, mean.size());
    assertEquals(3.1, mean.value(0), 1e-12);
    assertEquals(2.5, mean.value(3), 1e-12);
  }

  @Test
  void aModelWithoutTrainingIsAHorizontalLine() throws Exception {
    sweep.add("finished", 2.4, new double[] {2.4}, "model.kind", "counts");
    sweep.add(2.5, "model.kind", "softmax", RATE, 1).add(2.6, "model.kind", "softmax", RATE, 2);
    List<String> texts = texts();
    SweepTable table = SweepFolder.table(folder);
    SweepCurves curves = SweepCurves.read(folder, table, SweepCurves.Kind.DECIDING);

    assertTrue(texts.contains("Dashed lines are models without training"), texts::toString);
    List<Curve> levels =
        new CurveFamily(table, curves, ChartSize.DEFAULT)
            .lines().stream().filter(line -> line.value(0) == 2.4).toList();
    assertEquals(2, levels.getFirst().size());
    assertEquals(2.4, levels.getFirst().value(1));
    assertEquals(2, levels.getFirst().step(1));
  }

  @Test
  void theLastMeanIsNotOneOfFewerSteps() throws Exception {
    double[] losses = IntStream.range(0, 1003).mapToDouble(s -> s < 1002 ? 2.5 : 9).toArray();
    sweep.add("finished", 2.5, losses, RATE, 1.0).write();
    SweepTable table = SweepFolder.table(folder);
    SweepCurves curves = SweepCurves.read(folder, table, SweepCurves.Kind.DECIDING);

    assertEquals(6, curves.width());
    assertEquals(2.5, curves.curve(table.runs().getFirst()).finiteValues().max().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void runsWithoutAnyFiniteLossSaySo(String loss) throws Exception {
    double[] losses = {Double.parseDouble(loss)};
    sweep.add("diverged", Double.NaN, losses, RATE, 1.0);
    sweep.add("diverged", Double.NaN, losses, RATE, 2.0);

    assertTrue(texts().contains("all runs diverged"));
  }

  @Test
  void aSweepWhoseRunsAllDivergedIsDrawn() throws Exception {
    sweep.addDiverged(RATE, 1.0).addDiverged(RATE, 2.0);

    assertTrue(texts().contains("2 runs, 2 diverged (×)"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 2.5, 4.9e-324, Double.MAX_VALUE, -Double.MAX_VALUE})
  void lossesThatAreAllTheSameAreDrawn(double loss) throws Exception {
    double[] losses = {loss, loss};
    sweep.add("finished", loss, losses, RATE, 1.0).add("finished", loss, losses, RATE, 2.0);

    assertTrue(texts().contains("step"));
  }

  @Test
  void oneRunIsDrawnAndNoneIsNot() throws Exception {
    sweep.add(2.5, RATE, 1.0);
    assertTrue(texts().contains("1 run"));

    sweep = new SweepFolder(folder);
    sweep.write();
    SweepLosses.draw(folder, SweepFolder.table(folder), FigureStyle.DEFAULT);
    assertFalse(Files.exists(sweep.chart("sweep-losses.svg")));
  }

  @Test
  void manyStepsAreMeansAndTheDrawingStaysSmall() throws Exception {
    for (int run = 1; run <= 40; run++) {
      double[] losses = IntStream.range(0, 5000).mapToDouble(s -> 2.5 + 1.0 / (1 + s)).toArray();
      sweep.add("finished", 2.5, losses, RATE, 1.0 * run);
    }

    assertTrue(texts().contains("Each point is the mean of 25 steps"));
    assertTrue(Files.size(sweep.chart("sweep-losses.svg")) < 400_000);
  }

  @Test
  void theSameFilesGiveTheSameBytes() throws Exception {
    sweep.add(2.5, RATE, 1.0).add(2.6, RATE, 10.0).addDiverged(RATE, 100.0);
    drawn();
    byte[] svg = Files.readAllBytes(sweep.chart("sweep-losses.svg"));
    byte[] png = Files.readAllBytes(sweep.chart("sweep-losses.png"));

    SweepLosses.draw(folder, SweepFolder.table(folder), FigureStyle.DEFAULT);

    assertArrayEquals(svg, Files.readAllBytes(sweep.chart("sweep-losses.svg")));
    assertArrayEquals(png, Files.readAllBytes(sweep.chart("sweep-losses.png")));
  }
}
