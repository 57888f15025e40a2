package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static twister.chart.SweepFolder.L2;
import static twister.chart.SweepFolder.RATE;
import static twister.chart.SweepFolder.SEED;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.spec.ChartSize;

/// The pictures of final losses by keys, by seeds and by two keys.
@Tag("processor")
class KeyPictureTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static final String LONG =
      "a-name-of-sixty-letters-that-says-more-than-one-wants-to-read";

  @TempDir Path folder;

  private List<Recording> recorded(Consumer<SweepFolder> runs) throws IOException {
    SweepFolder sweep = new SweepFolder(folder);
    runs.accept(sweep);
    SweepTable table = sweep.table();
    List<Recording> recordings = new ArrayList<>();
    for (ChartSize size : DrawnTexts.SIZES) {
      for (SweepKey key : table.keys()) {
        recordings.add(new KeyPicture(table, KeyLines.of(table, key), size).recording());
      }
      if (table.keys().isEmpty()) {
        recordings.add(new SeedPicture(table, table.seeds().orElseThrow(), size).recording());
      }
      SweepCells.of(table)
          .map(cells -> new SweepScatterPicture(table, cells, size))
          .ifPresent(picture -> recordings.add(picture.recording()));
    }
    return recordings;
  }

  private static void assertReadable(List<Recording> recordings) {
    for (Recording recording : recordings) {
      DrawnTexts.assertReadable(recording);
      DrawnTexts.assertNoOutlines(recording);
    }
  }

  private static Consumer<SweepFolder> sweep(double... losses) {
    return sweep -> {
      for (int i = 0; i < losses.length; i++) {
        sweep.add("finished", losses[i], new double[] {3}, RATE, i + 1, L2, 0.1 * (i % 3));
      }
    };
  }

  private static Consumer<SweepFolder> values(String key, Object... values) {
    return sweep -> {
      for (int i = 0; i < values.length; i++) {
        sweep.add(2.5 + 0.01 * i, key, values[i], "training.batch", 16 + i % 2);
      }
    };
  }

  static List<Consumer<SweepFolder>> oddSweeps() {
    return List.of(
        sweep(2.5, 2.5, 2.5, 2.5),
        sweep(2.5, INFINITE, 26, 2.6),
        sweep(INFINITE, INFINITE),
        sweep(Double.NaN, 1, 1),
        sweep(1e38, 1e38, 1e38),
        sweep(1e38, 2.5, 3.5),
        sweep(1e38, 10, 1e-38),
        sweep(Double.MAX_VALUE, -Double.MAX_VALUE, 1),
        sweep(0, 0, 1e-300),
        sweep(3, 3 + 1e-12, 3 - 1e-12),
        sweep -> sweep.addDiverged(RATE, 1, L2, 0).addDiverged(RATE, 2, L2, 1),
        sweep -> sweep.addDiverged(SEED, 1).addDiverged(SEED, 2),
        sweep -> sweep.add(2.5, SEED, 7).add(2.5, SEED, Long.MAX_VALUE),
        sweep -> sweep.add(1e38, SEED, 7).add(-1e38, SEED, Long.MIN_VALUE),
        sweep -> sweep.add(2.5, SEED, 1).add(26, SEED, 2).addDiverged(SEED, 3),
        values(L2, 0, 1e-300, 1e-5, 1),
        values(L2, 0, 0.001, 0.01, 0.1),
        values(L2, 1e308, Double.MAX_VALUE),
        values(L2, -Double.MAX_VALUE, 0, Double.MAX_VALUE),
        values(L2, 1, 1.000001, 1.000002),
        values(L2, -5, 12345678, 3),
        values("training.steps", 1_000_000, 2_000_000, 9_999_999),
        values("model." + LONG, 1, 2, 3),
        values("model." + LONG, LONG + 1, LONG + 2, LONG + 3),
        values("model.kind", IntStream.range(0, 40).mapToObj(i -> LONG + i).toArray()));
  }

  @ParameterizedTest
  @MethodSource("oddSweeps")
  void textsOfOddSweepsAreReadable(Consumer<SweepFolder> runs) throws IOException {
    assertReadable(recorded(runs));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LONG,
        "απώλεια ανά χαρακτήρα",
        "每个字符的损失",
        "🔥🔥🔥",
        "שלום עולם",
        "$x^2$ <b> & 'quoted'",
        "gypsy, jogging"
      })
  void namesMayBeLongAndOfAnyLetters(String name) throws IOException {
    List<Recording> recordings =
        recorded(
            sweep -> {
              for (int rate = 1; rate < 4; rate++) {
                sweep.add(2.5 / rate, RATE, rate, "model.kind", name);
                sweep.add(2.6 / rate, RATE, rate, "model.kind", "softmax");
                sweep.add(2.7 / rate, RATE, rate, "model.kind", name + " too");
              }
            });

    assertReadable(recordings);
    for (Recording recording : recordings) {
      String begin = Character.toString(name.codePointAt(0));
      assertTrue(
          !recording.size().equals(ChartSize.DEFAULT)
              || DrawnTexts.of(recording).stream().anyMatch(text -> text.startsWith(begin)));
      Svg.write(recording, new ByteArrayOutputStream());
      Pdf.write(recording, new ByteArrayOutputStream());
    }
  }

  @Test
  void textsOfRandomSweepsAreReadable() throws IOException {
    Random random = new Random(16);
    for (int trial = 0; trial < 60; trial++) {
      assertReadable(recorded(sweep -> addRandom(sweep, random)));
    }
  }

  private static void addRandom(SweepFolder sweep, Random random) {
    List<Object> rates = values(random);
    List<Object> strengths = values(random);
    int seeds = random.nextInt(1, 4);
    double scale = Math.pow(10, random.nextInt(-3, 6));
    for (Object rate : rates) {
      Object strength = strengths.get(random.nextInt(strengths.size()));
      for (int seed = 1; seed <= seeds; seed++) {
        double loss = random.nextInt(9) == 0 ? INFINITE : scale * (2 + random.nextDouble());
        sweep.add("finished", loss, new double[] {3}, RATE, rate, L2, strength, SEED, seed);
      }
    }
    sweep.addDiverged(RATE, rates.getFirst(), L2, strengths.getFirst(), SEED, seeds + 1);
  }

  private static List<Object> values(Random random) {
    double low = random.nextDouble(-6, 3);
    double span = random.nextDouble(0.1, 6);
    boolean areWords = random.nextInt(4) == 0;
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < 1 + Math.pow(10, random.nextDouble(0.3, 2)); i++) {
      double number = Math.pow(10, low + span * random.nextDouble());
      values.add(areWords ? "until " + number + " rate 5.0" : number);
    }
    if (random.nextInt(3) == 0) {
      values.set(0, 0.0);
    }
    return values;
  }

  @Test
  void twoThousandSettingsMakeSmallFiles() throws IOException {
    Random random = new Random(1);
    List<Recording> recordings =
        recorded(
            sweep -> {
              for (int run = 0; run < 2000; run++) {
                double rate = Math.pow(10, random.nextDouble(-3, 3));
                double strength = Math.pow(10, random.nextDouble(-7, 1));
                sweep.add(2.5 + random.nextDouble(), RATE, rate, L2, strength);
              }
            });

    assertReadable(recordings);
    for (Recording recording : recordings) {
      ByteArrayOutputStream svg = new ByteArrayOutputStream();
      Svg.write(recording, svg);
      assertTrue(svg.size() < 120_000, () -> "SVG of " + svg.size() + " bytes");
    }
  }

  @Test
  void twoThousandSeedsAreReadable() throws IOException {
    assertReadable(
        recorded(
            sweep -> {
              for (int seed = 1; seed <= 2000; seed++) {
                sweep.add(2.5 + 1.0 / seed, SEED, seed);
              }
            }));
  }

  private static List<Mark.Line> lines(Recording recording, Color colour) {
    return recording.steps().stream()
        .map(Recording.Step::mark)
        .filter(mark -> mark instanceof Mark.Line)
        .map(mark -> (Mark.Line) mark)
        .filter(line -> line.style().paint().equals(colour))
        .toList();
  }

  @Test
  void ticksAreAtTheValuesWhereverTheyAre() throws IOException {
    Recording recording = recorded(values(L2, 1, 3, 50, 1000)).getFirst();

    assertTrue(
        DrawnTexts.of(recording).containsAll(List.of("1", "3", "50", "1000", "L2 strength")),
        () -> DrawnTexts.of(recording).toString());
  }

  @Test
  void wordsStandOnOneLine() throws IOException {
    Recording recording = recorded(values("model.kind", "gypsy", "once", "All")).getFirst();

    assertEquals(
        1,
        recording.texts().stream()
            .filter(text -> List.of("gypsy", "once", "All").contains(text.text()))
            .map(text -> text.at().getY())
            .distinct()
            .count());
  }

  @Test
  void anErrorBarHasTwoCapsAndADot() throws IOException {
    Recording recording =
        recorded(
                sweep ->
                    sweep
                        .add(2.5, RATE, 1, SEED, 1)
                        .add(2.6, RATE, 1, SEED, 2)
                        .add(3.9, RATE, 2, SEED, 1))
            .getFirst();

    // The line between the values, the dots, the bar with its caps.
    List<Mark.Line> lines = lines(recording, new Color(0x08519c));
    assertEquals(3, lines.size());
    assertEquals(18, lines.getLast().path().getBounds2D().getWidth(), 1e-9);
  }

  @Test
  void pointsOfManyLinesKeepToTheirColumns() throws IOException {
    Recording recording =
        recorded(
                sweep -> {
                  for (int kind = 0; kind < 9; kind++) {
                    for (int rate = 1; rate < 9; rate++) {
                      sweep.add(2.5 + 0.01 * rate, "training.optimizer", "o" + kind, RATE, rate);
                    }
                  }
                })
            .stream()
            .filter(chart -> DrawnTexts.of(chart).contains("optimizer"))
            .findFirst()
            .orElseThrow();

    double left =
        recording.texts().stream()
            .filter(text -> text.text().equals("o0"))
            .mapToDouble(text -> text.bounds().getCenterX())
            .findFirst()
            .orElseThrow();
    Color first = Shades.LINES.at(0);
    double column = (recording.width() - left) / 9;
    assertTrue(
        lines(recording, first).stream()
            .mapToDouble(line -> line.path().getBounds2D().getMinX())
            .allMatch(at -> at > left - column / 2));
  }

  @Test
  void whatIsSeenIsSaidInWords() throws IOException {
    Description description = recorded(sweep(2.5, 2.6, 2.7, 2.8)).getFirst().description();

    assertEquals("Final loss by learning rate and L2 strength", description.title());
    assertTrue(description.sentences().contains("4 runs"), description::toString);
  }
}
