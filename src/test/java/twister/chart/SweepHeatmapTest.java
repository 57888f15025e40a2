package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twister.chart.SweepFolder.L2;
import static twister.chart.SweepFolder.RATE;
import static twister.chart.SweepFolder.SEED;

import java.awt.geom.Rectangle2D;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.spec.ChartSize;

@Tag("processor")
class SweepHeatmapTest {
  @TempDir Path folder;
  private SweepFolder sweep;

  @BeforeEach
  void open() {
    sweep = new SweepFolder(folder);
  }

  private List<String> texts() throws Exception {
    drawn();
    return sweep.said("sweep-heatmap");
  }

  private SvgFile drawn() throws Exception {
    sweep.write();
    SweepHeatmap.draw(folder, SweepFolder.table(folder), FigureStyle.DEFAULT);
    return sweep.svg("sweep-heatmap");
  }

  private SweepCells cells() throws Exception {
    sweep.write();
    return SweepCells.of(SweepFolder.table(folder)).orElseThrow();
  }

  private void addGrid(int rates, int strengths) {
    for (int x = 0; x < rates; x++) {
      for (int y = 0; y < strengths; y++) {
        double loss = 2.5 + 0.01 * x + 0.05 * y;
        sweep.add(loss, L2, Math.pow(10, y - 3), RATE, Math.pow(2, x));
      }
    }
  }

  @Test
  void theRateGoesAcrossAndTheStrengthUpWhicheverHasMoreValues() throws Exception {
    addGrid(2, 3);

    assertEquals(List.of(RATE, L2), List.of(cells().across().name(), cells().up().name()));
  }

  @Test
  void cellsHoldTheirLossesAndTheBestIsNamed() throws Exception {
    addGrid(3, 2);

    List<String> texts = texts();

    assertTrue(
        texts.containsAll(
            List.of(
                "2.50",
                "2.51",
                "2.52",
                "2.55",
                "2.56",
                "2.57",
                "learning rate",
                "L2 strength",
                "0.001",
                "0.01",
                "4",
                "loss (nats per character)",
                "The best setting is framed: 2.5000, at learning rate 1, L2 strength 0.001")),
        texts::toString);
  }

  @Test
  void lossesThatThreeDigitsDoNotTellApartHaveFour() throws Exception {
    sweep.add(2.501, RATE, 1, L2, 0).add(2.502, RATE, 2, L2, 0);
    sweep.add(2.6, RATE, 1, L2, 1).add(2.7, RATE, 2, L2, 1);

    List<String> texts = texts();

    assertTrue(texts.containsAll(List.of("2.501", "2.502", "2.600")), texts::toString);
  }

  @Test
  void aCellIsTheMeanOverSeedsAndTheBestOverFurtherKeys() throws Exception {
    for (int hidden : new int[] {50, 100}) {
      for (int seed = 0; seed < 2; seed++) {
        for (int x = 1; x <= 3; x++) {
          for (int y = 1; y <= 3; y++) {
            double loss = 2 + (hidden == 50 ? 0.5 : 0.2) + 0.2 * seed + 0.01 * x;
            sweep.add(loss, RATE, x, L2, y, "model.hidden", hidden, SEED, seed);
          }
        }
      }
    }

    assertEquals(2.31, cells().cell(0, 0).orElseThrow().loss(), 1e-12);
    assertTrue(
        texts()
            .contains(
                "Colours show the final loss, the mean over seeds, the best over hidden units"));
  }

  @Test
  void cellsThatDivergedAreCrossedAndMissingOnesEmpty() throws Exception {
    sweep.add(2.5, RATE, 1, L2, 0).add(2.6, RATE, 1, L2, 1).addDiverged(RATE, 2, L2, 1);

    SweepCells cells = cells();
    assertTrue(cells.isGrid());
    assertTrue(cells.cell(1, 1).orElseThrow().isDiverged());
    assertTrue(cells.cell(1, 0).isEmpty());
    assertTrue(texts().contains("3 runs, 1 diverged (×)"));
  }

  @Test
  void aSettingWithASeedThatDivergedIsWorseThanAny() throws Exception {
    sweep.add(2.1, RATE, 1, L2, 0, SEED, 1).addDiverged(RATE, 1, L2, 0, SEED, 2);
    sweep.add(2.9, RATE, 2, L2, 0, SEED, 1).add(2.9, RATE, 2, L2, 1, SEED, 1);

    assertEquals(2.9, cells().best().orElseThrow().loss());
  }

  @Test
  void valuesDrawnAtRandomAreNoGrid() throws Exception {
    Random random = new Random(1);
    for (int run = 0; run < 20; run++) {
      sweep.add(2.5 + 0.01 * run, RATE, random.nextDouble(), L2, random.nextDouble());
    }

    assertFalse(cells().isGrid());
    assertTrue(
        texts().stream().anyMatch(text -> text.startsWith("The best setting is ringed: 2.5000")));
  }

  @Test
  void valuesThatGoTogetherAreNoGrid() throws Exception {
    sweep.add(2.5, RATE, 1, L2, 0.1).add(2.6, RATE, 2, L2, 0.2).add(2.7, RATE, 3, L2, 0.3);

    assertFalse(cells().isGrid());
  }

  @Test
  void aGridOfTwelveHasLossesInItsCellsAndMarksAtItsEnds() throws Exception {
    addGrid(12, 12);

    List<String> texts = texts();

    assertTrue(
        texts.containsAll(
            List.of(
                "2.500",
                "2.610",
                "3.050",
                "1",
                "2048",
                "0.001",
                "10⁸",
                "They are spread by the square root of the loss above the lowest")),
        texts::toString);
  }

  @Test
  void aLargeGridHasNoLossesInItsCellsAndLabelsThatKeepApart() throws Exception {
    for (int x = 0; x < 32; x++) {
      for (int y = 0; y < 32; y++) {
        sweep.add(2.5 + 0.01 * x + 0.001 * y, RATE, Math.pow(1.3, x), L2, Math.pow(1.4, y));
      }
    }

    List<String> texts = texts();

    assertTrue(texts.size() < 60, () -> texts.size() + " texts");
    assertTrue(Files.size(sweep.chart("sweep-heatmap.svg")) < 400_000);
  }

  @Test
  void aGridOfThousandsIsOneImage() throws Exception {
    for (int x = 0; x < 100; x++) {
      for (int y = 0; y < 20; y++) {
        sweep.add(2.5 + 0.01 * x + 0.001 * y, RATE, x + 1, L2, y);
      }
    }

    assertEquals(1, drawn().elements("image").size());
  }

  @Test
  void lossesFarAboveTheUniformOneHaveTheColourOfTheEnd() throws Exception {
    addGrid(2, 2);
    sweep.add(1e6, RATE, 4, L2, 0.001);

    assertTrue(texts().contains("Losses above 4.12 have the colour of 4.12"));
  }

  @Test
  void gridsOfOneLossOrOfNoneAreDrawn() throws Exception {
    IntStream.range(0, 4).forEach(i -> sweep.add(2.5, RATE, i % 2, L2, i / 2));
    assertTrue(texts().contains("2.500"));

    sweep = new SweepFolder(folder);
    IntStream.range(0, 4).forEach(i -> sweep.addDiverged(RATE, i % 2, L2, i / 2));
    List<String> texts = texts();
    assertTrue(
        texts.containsAll(List.of("4 runs, 4 diverged (×)", "all runs diverged")), texts::toString);
    assertFalse(texts.contains("loss (nats per character)"), texts::toString);
  }

  @Test
  void aSweepOfOneKeyHasNoHeatmap() throws Exception {
    addGrid(2, 2);
    drawn();
    sweep = new SweepFolder(folder);
    addGrid(3, 1);
    sweep.write();

    SweepHeatmap.draw(folder, SweepFolder.table(folder), FigureStyle.DEFAULT);

    assertFalse(Files.exists(sweep.chart("sweep-heatmap.svg")));
    assertFalse(Files.exists(sweep.chart("sweep-heatmap.png")));
  }

  private void assertReadable() throws Exception {
    SweepTable table = tableOf();
    for (ChartSize size : DrawnTexts.SIZES) {
      Recording recording =
          new SweepHeatPicture(table, SweepCells.of(table).orElseThrow(), size).recording();
      DrawnTexts.assertReadable(recording);
      DrawnTexts.assertNoOutlines(recording);
      assertTrue(recording.height() <= size.unitsUp());
    }
  }

  private SweepTable tableOf() throws Exception {
    sweep.write();
    return SweepFolder.table(folder);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 2.5, -1e38, 1e-300, 1e38, 1e300, Double.POSITIVE_INFINITY, Double.NaN})
  void textsOfAnyLossesAreReadable(double loss) throws Exception {
    for (double other : new double[] {loss, loss / 3, 2.5, Double.POSITIVE_INFINITY}) {
      sweep = new SweepFolder(folder);
      for (int i = 0; i < 6; i++) {
        sweep.add(i % 2 == 0 ? loss : other, RATE, i % 3, L2, i / 3);
      }
      assertReadable();
    }
  }

  @Test
  void textsOfTwoThousandSettingsAreReadable() throws Exception {
    addGrid(100, 20);
    assertReadable();
  }

  @Test
  void textsOfRandomGridsAreReadable() throws Exception {
    Random random = new Random(16);
    String[] keys = {
      "model.hidden",
      "a.key.of.sixty.letters.that.says.more.than.one.wants.to.read",
      "model.μήκος",
      "model.长度"
    };
    for (int trial = 0; trial < 40; trial++) {
      sweep = new SweepFolder(folder);
      int columns = random.nextInt(1, 5) * random.nextInt(2, 12);
      int rows = random.nextInt(1, 4) * random.nextInt(2, 12);
      String across = keys[random.nextInt(2)];
      String up = keys[random.nextInt(2, 4)];
      double[] x = random.doubles(columns, 0, Math.pow(10, random.nextInt(-5, 9))).toArray();
      double[] y = random.doubles(rows, 0, Math.pow(10, random.nextInt(-5, 9))).toArray();
      double spread = Math.pow(10, random.nextInt(-6, 3));
      for (int cell = 0; cell < columns * rows; cell++) {
        double loss = random.nextInt(9) == 0 ? Double.NaN : 2.5 + spread * random.nextDouble();
        sweep.add(loss, across, x[cell % columns], up, y[cell / columns]);
      }
      assertReadable();
    }
  }

  @Test
  void cellsOfHigherRowsAreHigher() throws Exception {
    sweep.add(2, RATE, 1, L2, 0).add(3, RATE, 2, L2, 0);
    sweep.add(4, RATE, 1, L2, 1).addDiverged(RATE, 2, L2, 1);
    SweepTable table = tableOf();
    LossRange range = LossRange.of(DoubleStream.of(2, 3, 4), table.uniform());

    Recording recording =
        new SweepHeatPicture(table, SweepCells.of(table).orElseThrow(), ChartSize.DEFAULT)
            .recording();
    List<Mark.Area> cells =
        recording.steps().stream()
            .map(Recording.Step::mark)
            .filter(mark -> mark instanceof Mark.Area)
            .map(mark -> (Mark.Area) mark)
            .filter(area -> area.shape().getBounds2D().getWidth() > 300)
            .toList();

    assertEquals(4, cells.size());
    Rectangle2D best = cells.getFirst().shape().getBounds2D();
    assertEquals(range.colour(2), cells.getFirst().paint());
    Rectangle2D other =
        cells.stream()
            .filter(area -> area.paint().equals(range.colour(4)))
            .findFirst()
            .orElseThrow()
            .shape()
            .getBounds2D();
    assertEquals(best.getX(), other.getX());
    assertEquals(best.getMinY(), other.getMaxY());
  }
}
