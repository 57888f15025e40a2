package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twister.chart.SweepFolder.L2;
import static twister.chart.SweepFolder.RATE;
import static twister.chart.SweepFolder.SEED;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.spec.ChartSize;
import twister.spec.ChartStyle;
import twister.tracking.RunsTable;

@Tag("processor")
class SweepKeysTest {
  private static final String BY_RATE = "loss-by-training-learning-rate";

  private static final Axis LOSSES = new Axis(Scale.LINEAR, 2, 4, 700, 0);

  @TempDir Path folder;
  private SweepFolder sweep;

  @BeforeEach
  void open() {
    sweep = new SweepFolder(folder);
  }

  private List<String> texts(String chart) throws Exception {
    sweep.write();
    SweepKeys.draw(folder, SweepFolder.table(folder), FigureStyle.DEFAULT);
    return sweep.said(chart);
  }

  private KeyLines lines(String name) throws Exception {
    sweep.write();
    SweepTable table = SweepFolder.table(folder);
    SweepKey key =
        table.keys().stream().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
    return KeyLines.of(table, key);
  }

  @Test
  void errorBarsAreOverSeeds() throws Exception {
    for (int seed = 1; seed <= 5; seed++) {
      sweep.add(2.5 + 0.01 * seed, RATE, 1.0, SEED, seed).add(2.6, RATE, 10.0, SEED, seed);
    }

    List<String> texts = texts(BY_RATE);

    assertTrue(
        texts.containsAll(
            List.of(
                "10 runs, 5 seeds each",
                "Points are means over seeds, bars their 95 % confidence intervals",
                "The best loss is 2.5100, at learning rate 1, seed 1",
                "learning rate",
                "final loss (nats per character)")),
        texts::toString);
  }

  @Test
  void aSecondKeyWithFewValuesHasALineForEach() throws Exception {
    for (double rate : new double[] {1, 10, 100}) {
      for (double strength : new double[] {0, 0.01}) {
        sweep.add(2.5 + strength, RATE, rate, L2, strength);
      }
    }
    KeyLines lines = lines(RATE);

    assertEquals(L2, lines.split().orElseThrow().name());
    assertEquals(List.of(3, 3), lines.lines().stream().map(List::size).toList());
    assertTrue(texts(BY_RATE).containsAll(List.of("L2 strength", "0", "0.01")));
    assertTrue(texts("loss-by-training-l2").containsAll(List.of("1", "10", "100")));
  }

  @Test
  void linesAreTheBestOverFurtherKeysThatDidNotDiverge() throws Exception {
    for (double rate : new double[] {1, 10, 100}) {
      for (double strength : new double[] {0, 0.01}) {
        sweep.add(2.5, RATE, rate, L2, strength, "model.hidden", 50);
        sweep.addDiverged(RATE, rate, L2, strength, "model.hidden", 100);
      }
    }
    KeyLines lines = lines(RATE);

    assertEquals(2.5, lines.lines().getFirst().getFirst().loss());
    assertEquals(List.of(), lines.edges(LOSSES));
    assertTrue(texts(BY_RATE).contains("Each point is the best over hidden units"));
  }

  @Test
  void aKeyThatSomeRunsLackHasNoLinesSinceTheyWouldBeMissing() throws Exception {
    sweep.add(2.4, "model.kind", "counts", "model.smoothing", 1.0);
    sweep.add(2.5, "model.kind", "counts", "model.smoothing", 10.0);
    sweep.add(2.6, "model.kind", "softmax");
    KeyLines ofKinds = lines("model.kind");
    KeyLines ofSmoothing = lines("model.smoothing");

    assertEquals(Optional.empty(), ofKinds.split());
    assertEquals(
        List.of(2.4, 2.6), ofKinds.lines().getFirst().stream().map(KeyLines.Point::loss).toList());
    assertEquals(Optional.empty(), ofSmoothing.split());
    assertEquals(List.of("softmax"), levels(ofSmoothing));
  }

  @Test
  void aKindOfModelWithoutTheKeyIsALevel() throws Exception {
    sweep.add(2.3, "model.kind", "counts");
    sweep.add(2.5, "model.kind", "softmax", RATE, 1).add(2.6, "model.kind", "softmax", RATE, 2);
    KeyLines lines = lines(RATE);
    SweepTable table = SweepFolder.table(folder);

    assertEquals(List.of(new LossPicture.Reference("counts", 2.3)), lines.levels(table));
    assertEquals(0, lines.hidden(table));
    assertEquals(2.3, lines.range(table).low());
    List<String> texts = texts(BY_RATE);
    assertTrue(
        texts.containsAll(
            List.of("counts = 2.30", "Dashed is the best of counts, without learning rate")),
        texts::toString);
  }

  @Test
  void keysHaveTheirNamesInWordsAndUnits() throws Exception {
    sweep.add(2.4, "training.batch", 8, "training.optimizer.kind", "sgd", "data.split.seed", 1);
    sweep.add(2.5, "training.batch", 9, "training.optimizer.kind", "adam", "data.split.seed", 2);
    List<SweepKey> keys = SweepFolder.table(sweepFolder()).keys();

    assertEquals(
        Set.of("batch size (examples)", "optimizer kind", "seed of the split"),
        keys.stream().map(SweepKey::axisTitle).collect(Collectors.toSet()));
    assertTrue(keys.stream().noneMatch(key -> key.isSpread() && key.name().endsWith("seed")));
  }

  private List<String> levels(KeyLines lines) throws IOException {
    return lines.levels(SweepFolder.table(folder)).stream()
        .map(LossPicture.Reference::name)
        .toList();
  }

  private Path sweepFolder() throws IOException {
    sweep.write();
    return folder;
  }

  @Test
  void aSecondKeyWithManyValuesLeavesTheBestAmongAllRuns() throws Exception {
    for (int x = 0; x < 3; x++) {
      for (int y = 0; y < 9; y++) {
        sweep.add(2.5 + 0.1 * x + 0.01 * y, RATE, 1 + x, L2, 1 + y);
      }
    }
    KeyLines lines = lines(RATE);

    assertTrue(lines.showsRuns());
    assertEquals(1, lines.lines().size());
    assertEquals(
        List.of(2.5, 2.6, 2.7),
        lines.lines().getFirst().stream().map(KeyLines.Point::loss).toList());
    assertTrue(
        texts(BY_RATE).contains("Pale dots are all runs, the line joins the best of each value"));
  }

  @Test
  void valuesDrawnAtRandomAreTakenTogether() throws Exception {
    Random random = new Random(1);
    for (int run = 0; run < 100; run++) {
      double rate = Math.pow(10, random.nextDouble(-1, 2));
      sweep.add(2.5 + random.nextDouble(), RATE, rate, L2, random.nextDouble());
    }

    assertTrue(lines(RATE).lines().getFirst().size() <= 20);
    assertTrue(
        texts(BY_RATE)
            .contains("Pale dots are all runs, the line joins the best of each 20th of the axis"));
  }

  @Test
  void zeroHasAPlaceBeforeALogarithmicAxisAndIsJoinedToNoLine() throws Exception {
    sweep.add(2.5, L2, 0).add(2.5, L2, 0.001).add(2.5, L2, 0.01).add(2.5, L2, 0.1);
    KeyLines lines = lines(L2);
    KeyAxis axis = KeyAxis.below(lines.key(), new Rectangle2D.Double(100, 0, 1000, 700));

    assertTrue(axis.pixel(0) > 100 && axis.pixel(0) < axis.gap().orElseThrow());
    assertTrue(axis.pixel(1) > axis.gap().orElseThrow());
    assertEquals(axis.pixel(2) - axis.pixel(1), axis.pixel(3) - axis.pixel(2), 1e-9);
    assertEquals(
        List.of(1, 3),
        KeyLines.parts(lines.lines().getFirst(), axis, LOSSES).stream().map(List::size).toList());
    assertTrue(texts("loss-by-training-l2").containsAll(List.of("0", "0.001", "0.01", "0.1")));
  }

  @Test
  void wordsAreDrawnAtTheirNames() throws Exception {
    sweep.add(2.5, "training.path", "counts").add(2.6, "training.path", "examples");

    assertTrue(texts("loss-by-training-path").containsAll(List.of("counts", "examples", "path")));
  }

  @Test
  void longWordsAreShortened() throws Exception {
    sweep.add(2.5, RATE, "until 10 rate 50.0; rate 5.0");
    for (int i = 0; i < 5; i++) {
      sweep.add(2.5, RATE, "until 2" + i + " rate 50.0; rate 5.0");
    }

    assertTrue(texts(BY_RATE).stream().anyMatch(text -> text.matches("until.*…")));
  }

  @Test
  void whereOnlySeedsVaryTheyAreAStripWithTheirMean() throws Exception {
    sweep.add(2.5, SEED, 7).add(2.6, SEED, 2147483647).add(2.7, SEED, 42);

    List<String> texts = texts("loss-by-model-init-seed");

    assertTrue(texts.containsAll(List.of("7", "42", "2147483647", "seed")), texts::toString);
    // t(0.975, 2) * 0.1 / sqrt(3) = 0.248
    assertTrue(
        texts.contains(
            "The dashed line is their mean, 2.6000, in its 95 % confidence interval, ± 0.25"),
        texts::toString);
  }

  @Test
  void runsThatDivergedAreCrossesAndCutTheLine() throws Exception {
    sweep.add(2.5, RATE, 1).add(2.6, RATE, 10).addDiverged(RATE, 100).add(2.7, RATE, 1000);
    KeyLines lines = lines(RATE);

    assertEquals(List.of(new KeyLines.Edge(2, 0, EdgeMarks.Kind.DIVERGED)), lines.edges(LOSSES));
    assertEquals(
        2, KeyLines.parts(lines.lines().getFirst(), KeyAxis.shares(lines.key()), LOSSES).size());
    assertTrue(texts(BY_RATE).contains("4 runs, 1 diverged (×)"));
  }

  @Test
  void whatHasNoPlaceOnTheAxisIsAtItsEdgeAndCutsTheLine() throws Exception {
    sweep.add(2.5, RATE, 1).add(26, RATE, 2).add(2.6, RATE, 3);
    sweep.add("finished", Double.POSITIVE_INFINITY, new double[] {3}, RATE, 4);
    KeyLines lines = lines(RATE);

    assertEquals(
        List.of(
            new KeyLines.Edge(1, 0, EdgeMarks.Kind.BEYOND),
            new KeyLines.Edge(3, 0, EdgeMarks.Kind.INFINITE)),
        lines.edges(LOSSES));
    assertEquals(
        List.of(List.of(0), List.of(2)),
        KeyLines.parts(lines.lines().getFirst(), KeyAxis.shares(lines.key()), LOSSES).stream()
            .map(part -> part.stream().map(KeyLines.Point::place).toList())
            .toList());
    List<String> texts = texts(BY_RATE);
    assertTrue(
        texts.containsAll(
            List.of(
                "4 runs, 1 with an infinite loss (△)",
                "Losses above 4.12 are beyond the axis (▲)")),
        texts::toString);
  }

  @Test
  void edgesSayWhichLineTheyBelongTo() throws Exception {
    sweep.add(2.5, RATE, 1, L2, 0).add(2.6, RATE, 1, L2, 1);
    sweep.add(26, RATE, 2, L2, 0).addDiverged(RATE, 2, L2, 1);

    assertEquals(
        List.of(
            new KeyLines.Edge(1, 0, EdgeMarks.Kind.BEYOND),
            new KeyLines.Edge(1, 1, EdgeMarks.Kind.DIVERGED)),
        lines(RATE).edges(LOSSES));
  }

  @Test
  void valuesThatHardlyOccurTwiceArePointsColouredByAKeyOfFewValues() throws Exception {
    for (int run = 0; run < 9; run++) {
      sweep.add(2.5 + 0.01 * run, RATE, 1 + run, L2, 1.1 * (9 - run), "training.steps", 10);
    }
    sweep.add(2.4, RATE, 1, L2, 9.9, "training.steps", 30);
    KeyLines lines = lines(RATE);

    assertEquals(KeyLines.Form.POINTS, lines.form());
    assertEquals("training.steps", lines.split().orElseThrow().name());
    assertEquals(List.of(9, 1), lines.lines().stream().map(List::size).toList());
    assertTrue(texts(BY_RATE).contains("Each point is a run"));
    Recording picture =
        new KeyPicture(SweepFolder.table(folder), lines, ChartSize.DEFAULT).recording();
    PlotData plot = picture.plots().plots().getFirst();
    List<String> marks =
        plot.parts().stream()
            .filter(PlotData.Dots.class::isInstance)
            .filter(part -> part.points().size() > 0)
            .map(part -> ((PlotData.Dots) part).mark())
            .toList();
    assertEquals(List.of("*", "square"), marks, "told apart without colours");
    assertEquals(
        List.of(0, 1), plot.legend().stream().map(entry -> entry.series().orElseThrow()).toList());
  }

  @Test
  void phasesAndRangeTestsAreValuesOfTheLearningRate() throws Exception {
    String test = "training.learning-rate.range-test.log";
    sweep.add(2.5, RATE, 50.0, test, "").add(2.6, RATE, "until 5 rate 50.0; rate 5.0", test, "");
    sweep.add(2.7, RATE, "", test, "0.1; 100.0");
    KeyLines lines = lines(RATE);

    assertEquals(
        List.of("50", "range test log 0.1–100", "until 5 rate 50; rate 5"),
        List.of(lines.key().label(0), lines.key().label(1), lines.key().label(2)));
    assertEquals(0, lines.hidden(SweepFolder.table(folder)));
    assertTrue(
        texts(BY_RATE).stream()
            .anyMatch(
                text -> text.startsWith("From the left, learning rate is 50 | range test log")));
  }

  @Test
  void runsWithoutTheKeyAreCounted() throws Exception {
    sweep.add(2.5, RATE, 1, "model.hidden", 100);
    sweep.add(2.6, RATE, 1, "model.hidden", 200);
    sweep.add(2.7, RATE, 2);

    assertTrue(
        texts("loss-by-model-hidden")
            .contains("1 of 3 runs have no hidden units and are not shown"));
  }

  @ParameterizedTest
  @CsvSource({"1e308, 1.79e308", "0, 1.7e308", "1.0e307, 1.79e308", "-1.7e308, 1.7e308"})
  void valuesAtTheEndOfTheDoublesAreDrawn(double first, double last) throws Exception {
    sweep.add(2.5, L2, first).add(2.6, L2, last);
    sweep.write();
    SweepCharts.draw(folder, SweepFolder.runs(folder), ChartStyle.DEFAULT);

    KeyAxis axis = KeyAxis.shares(lines(L2).key());
    assertTrue(axis.pixel(0) >= 0 && axis.pixel(0) < axis.pixel(1) && axis.pixel(1) <= 1);
  }

  @Test
  void sweepsOfOneLossOrOfNoneAreDrawn() throws Exception {
    sweep.add(2.5, RATE, 1).add(2.5, RATE, 2);
    assertTrue(texts(BY_RATE).contains("learning rate"));

    sweep = new SweepFolder(folder);
    sweep.addDiverged(RATE, 1).addDiverged(RATE, 2);
    assertTrue(texts(BY_RATE).contains("all runs diverged"));

    sweep = new SweepFolder(folder);
    sweep.addDiverged(SEED, 1).addDiverged(SEED, 2);
    assertTrue(texts("loss-by-model-init-seed").contains("all runs diverged"));
  }

  @Test
  void allChartsAreDrawnAndThoseOfFormerKeysGo() throws Exception {
    sweep.add(2.5, RATE, 1, L2, 0).add(2.6, RATE, 2, L2, 0).add(2.6, RATE, 1, L2, 1).write();
    SweepCharts.draw(folder, SweepFolder.runs(folder), ChartStyle.DEFAULT);
    assertEquals(
        Set.of("loss-by-training-l2", BY_RATE, "sweep-heatmap", "sweep-losses"), sweep.charts());

    sweep = new SweepFolder(folder);
    sweep.add(2.5, L2, 0).add(2.6, L2, 1).write();
    SweepCharts.draw(folder, SweepFolder.runs(folder), ChartStyle.DEFAULT);
    assertEquals(Set.of("loss-by-training-l2", "sweep-losses"), sweep.charts());

    sweep = new SweepFolder(folder);
    sweep.add(2.5, L2, 0).write();
    SweepCharts.draw(folder, SweepFolder.runs(folder), ChartStyle.DEFAULT);
    assertEquals(Set.of("sweep-losses"), sweep.charts());
  }

  @Test
  void aMissingFileOfARunIsNamed() throws IOException {
    sweep.add(2.5, RATE, 1).add(2.6, RATE, 2).write();
    RunsTable runs = SweepFolder.runs(folder);
    Path missing = folder.resolve("run1").resolve("metrics.csv");
    Files.delete(missing);

    IOException problem =
        assertThrows(IOException.class, () -> SweepCharts.draw(folder, runs, ChartStyle.DEFAULT));
    assertEquals(missing + ": no such file", problem.getMessage());
  }
}
