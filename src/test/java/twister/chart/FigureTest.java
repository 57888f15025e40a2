package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twister.spec.ChartSize;
import twister.tracking.BigramTables;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;

@Tag("processor")
class FigureTest {
  private static final List<ChartSize> SIZES =
      List.of(
          ChartSize.DEFAULT,
          ChartSize.centimetres(8.5, 6.5, 9),
          ChartSize.centimetres(17, 6.5, 10),
          ChartSize.pixels(700, 1500));

  private static final List<String> TITLES =
      List.of(
          "A title",
          "损失",
          "A title that is so long that it has no room on a single line of a figure for a column");

  @TempDir Path folder;

  private static FigureStyle style(Random random) {
    // Those that have the letters of all titles.
    List<String> fonts = List.of("SansSerif", "Serif", "Monospaced");
    Optional<ChartFont> font =
        random.nextBoolean()
            ? Optional.empty()
            : ChartFont.of(fonts.get(random.nextInt(fonts.size())));
    Optional<String> title =
        random.nextBoolean() ? Optional.empty() : Optional.of(TITLES.get(random.nextInt(3)));
    return new FigureStyle(
        SIZES.get(random.nextInt(SIZES.size())), random.nextBoolean(), font, title);
  }

  private Path sweep(int trial, Random random) throws IOException {
    Path path = Files.createDirectories(folder.resolve("sweep" + trial));
    SweepFolder sweep = new SweepFolder(path);
    int rates = 1 + random.nextInt(12);
    int strengths = 1 + random.nextInt(5);
    int seeds = 1 + random.nextInt(3);
    double scale = Math.pow(10, random.nextInt(-2, 4));
    for (int rate = 0; rate < rates; rate++) {
      for (int l2 = 0; l2 < strengths; l2++) {
        for (int seed = 0; seed < seeds; seed++) {
          Object[] settings = {
            SweepFolder.RATE,
            0.1 * Math.pow(2, rate),
            SweepFolder.L2,
            l2 * 0.003,
            SweepFolder.SEED,
            seed
          };
          if (random.nextInt(12) == 0) {
            sweep.addDiverged(settings);
          } else {
            sweep.add(scale * (2 + random.nextDouble()), settings);
          }
        }
      }
    }
    sweep.write();
    return path;
  }

  @Test
  void textsOfFiguresOfSweepsAreReadable() throws Exception {
    Random random = new Random(17);
    SweepFigure.Keys none =
        new SweepFigure.Keys(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    for (int trial = 0; trial < 60; trial++) {
      SweepFigure sweep = SweepFigure.of(new ExperimentFolder(sweep(trial, random)));
      Set<FigureKind> kinds = sweep.kinds(none);
      kinds.removeAll(Set.of(FigureKind.LOSS, FigureKind.COMPARE));
      for (FigureKind kind : kinds) {
        FigureStyle style = style(random);
        Recording picture = sweep.draw(kind, none, LossView.Losses.DECIDING, style).recording();
        DrawnTexts.assertReadable(picture);
        assertTrue(
            style.title().isEmpty() || picture.texts().getFirst().at().getY() < 60,
            () -> kind + " of " + style);
      }
    }
  }

  @Test
  void textsOfPanelsAreReadable() throws Exception {
    Random random = new Random(19);
    int drawn = 0;
    for (int trial = 0; trial < 60; trial++) {
      SweepFigure sweep = SweepFigure.of(new ExperimentFolder(sweep(trial, random)));
      for (String key : List.of("training.l2", "model.init.seed")) {
        SweepFigure.Keys keys = panels(key);
        for (FigureKind kind : List.of(FigureKind.LOSSES, FigureKind.BY_KEY, FigureKind.SEEDS)) {
          FigureStyle style = style(random);
          try {
            if (sweep.kinds(keys).contains(kind)) {
              DrawnTexts.assertReadable(
                  sweep.draw(kind, keys, LossView.Losses.DECIDING, style).recording());
              drawn++;
            }
          } catch (InvalidInputException e) {
            // The key does not vary, or text of this size has no room.
            assertTrue(String.valueOf(e.getMessage()).contains(key), key);
          }
        }
      }
    }
    assertTrue(drawn > 60, drawn + " figures");
  }

  private Recording panels(FigureKind kind, SweepFolder sweep) throws Exception {
    sweep.write();
    return SweepFigure.of(new ExperimentFolder(folder))
        .draw(kind, panels("training.l2"), LossView.Losses.DECIDING, FigureStyle.DEFAULT)
        .recording();
  }

  @Test
  void numbersOfPanelsBesideEachOtherDoNotTouch() throws Exception {
    SweepFolder sweep = new SweepFolder(folder);
    for (double l2 : new double[] {0, 0.1, 0.2}) {
      for (double rate : new double[] {0.00012345671, 0.00012345672, 1234567.8}) {
        sweep.add(2.5 + l2, SweepFolder.RATE, rate, SweepFolder.L2, l2);
      }
    }

    Recording picture = panels(FigureKind.BY_KEY, sweep);

    DrawnTexts.assertReadable(picture);
    double foot =
        picture.plots().plots().stream().mapToDouble(plot -> plot.area().getMaxY()).max().orElse(0);
    List<Rectangle2D> below =
        picture.texts().stream()
            .filter(text -> !text.text().equals("learning rate"))
            .map(Mark.Text::bounds)
            .filter(place -> place.getMinY() > foot)
            .sorted(Comparator.comparingDouble(Rectangle2D::getMinX))
            .toList();
    assertTrue(below.size() >= 3, below::toString);
    for (int i = 1; i < below.size(); i++) {
      assertTrue(
          below.get(i).getMinX() - below.get(i - 1).getMaxX() >= PlotStyle.GAP, below::toString);
    }
  }

  @Test
  void panelsOfSeedsTellTheMeanOfEach() throws Exception {
    SweepFolder sweep = new SweepFolder(folder);
    for (int seed = 0; seed < 3; seed++) {
      sweep.add(2.5 + 0.1 * seed, SweepFolder.SEED, seed, SweepFolder.L2, 0);
      sweep.add(3.5 + 0.01 * seed, SweepFolder.SEED, seed, SweepFolder.L2, 0.1);
    }

    List<String> words = panels(FigureKind.SEEDS, sweep).description().sentences();

    // t(0.975, 2) * 0.1 / sqrt(3) = 0.248
    assertEquals(
        List.of(
            "6 runs of the experiment, 3 seeds each",
            "Dashed lines are means over seeds, in their 95 % confidence intervals",
            "The best loss is 2.5000, at L2 strength 0, seed 0",
            "L2 strength 0: the mean is 2.6000 ± 0.25, the best loss is 2.5000, at seed 0",
            "L2 strength 0.1: the mean is 3.5100 ± 0.025, the best loss is 3.5000, at seed 0"),
        words.stream()
            .map(text -> text.replace(String.valueOf(folder.getFileName()), "the experiment"))
            .toList());
  }

  @Test
  void theIntervalOfSeedsIsWholeOrMarked() {
    SweepTable one = table(new double[][] {{2.5, 2.6}});
    SeedRange alone = SeedRange.of(List.of(one));
    assertFalse(alone.isIntervalCut(one.settings().getFirst()));
    // t(0.975, 1) * 0.0707 / sqrt(2) = 0.635
    assertEquals(2.55 + 0.635, alone.losses().high(), 1e-3);

    SweepTable two = table(new double[][] {{2.5, 2.9}, {2.6, 2.6001}});
    List<SweepTable> panels = two.panels(two.keys().getFirst());
    SeedRange common = SeedRange.of(panels);
    SweepSetting wide = panels.get(0).settings().getFirst();
    assertTrue(common.isCutAbove(wide) && common.isCutBelow(wide));
    assertFalse(common.isIntervalCut(panels.get(1).settings().getFirst()));
    SweepKey seeds = two.seeds().orElseThrow();
    Recording picture =
        new SeedPicture(panels.get(0), seeds, common, Frame.of(ChartSize.DEFAULT)).recording();
    DrawnTexts.assertReadable(picture);
    assertTrue(DrawnTexts.of(picture).contains("beyond the axis"));
    assertEquals(
        3,
        picture.steps().stream()
            .filter(step -> step.mark() instanceof Mark.Area area && isTriangle(area))
            .count());
  }

  private static boolean isTriangle(Mark.Area area) {
    return PlotStyle.REFERENCE.equals(area.paint()) || PlotStyle.FRAME.equals(area.paint());
  }

  /// A table of seeds.
  ///
  /// @param losses (settings, seeds)
  private SweepTable table(double[][] losses) {
    SweepFolder sweep = new SweepFolder(folder);
    for (int l2 = 0; l2 < losses.length; l2++) {
      for (int seed = 0; seed < losses[l2].length; seed++) {
        sweep.add(losses[l2][seed], SweepFolder.SEED, seed, SweepFolder.L2, l2);
      }
    }
    try {
      sweep.write();
      return SweepTable.of(RunsTable.read(new ExperimentFolder(folder)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SweepFigure.Keys panels(String key) {
    return new SweepFigure.Keys(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(key));
  }

  @Test
  void textsOfHeatmapsAreReadable() throws Exception {
    Random random = new Random(18);
    for (int trial = 0; trial < 20; trial++) {
      Path run = Files.createDirectories(folder.resolve("run" + trial));
      List<String> letters = BigramTables.LETTERS.subList(0, 2 + random.nextInt(25));
      new RunFolder(run).bigrams(BigramTables.random(letters, trial));
      List<twister.tracking.RunFolder> runs = List.of(new twister.tracking.RunFolder(run));
      for (FigureKind kind :
          List.of(FigureKind.BIGRAMS, FigureKind.PROBABILITIES, FigureKind.DIFFERENCE)) {
        DrawnTexts.assertReadable(
            RunFigure.of(kind, runs, Optional.empty(), style(random)).recording());
      }
    }
  }

  @Test
  void aTitleTakesItsRoomFromThePicture() throws IOException {
    Curve curve = new Curve(new double[] {0, 1}, new double[] {3, 2});
    List<LossPicture.Line> lines = List.of(new LossPicture.Line("loss", curve, CurveStyle.MAIN));
    for (ChartSize size : SIZES) {
      FigureStyle style =
          new FigureStyle(size, false, Optional.empty(), Optional.of(TITLES.getLast()));
      Recording picture =
          style
              .figure(room -> new LossPicture(lines, List.of(), LossView.DEFAULT, room).recording())
              .recording();
      assertEquals(size.unitsUp(), picture.height(), 1.0);
      assertEquals(size, picture.size());
    }
  }

  @Test
  void aTitleWithoutRoomIsAProblem() {
    ChartSize low = ChartSize.centimetres(8.5, 4.6, 9);
    assertTrue(new FigureStyle(low, false, Optional.empty(), Optional.empty()).problem().isEmpty());
    FigureStyle titled =
        new FigureStyle(low, false, Optional.empty(), Optional.of(TITLES.getLast()));
    assertTrue(titled.problem().orElse("").startsWith("a chart with text of 9 pt: expected"));
  }
}
