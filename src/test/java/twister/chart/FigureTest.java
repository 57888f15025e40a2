package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
