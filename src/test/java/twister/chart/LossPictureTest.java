package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.spec.ChartSize;
import twister.spec.LossUnit;
import twister.tracking.Metrics;

class LossPictureTest {
  private static final List<LossPicture.Reference> MARKS =
      List.of(
          new LossPicture.Reference("uniform, ln 27", Math.log(27)),
          new LossPicture.Reference("lowest possible (counts)", 2.45));

  private static final List<ChartSize> SIZES =
      List.of(
          ChartSize.DEFAULT,
          ChartSize.centimetres(8.5, 6, 9),
          ChartSize.centimetres(6, 4.6, 9),
          ChartSize.centimetres(17, 5, 10),
          ChartSize.pixels(700, 2000));

  @TempDir Path folder;

  private static Curve curve(int points, IntToDoubleFunction loss) {
    return new Curve(
        IntStream.range(0, points).mapToDouble(step -> step).toArray(),
        IntStream.range(0, points).mapToDouble(loss).toArray());
  }

  private static LossPicture.Line line(String name, Curve curve, CurveStyle look) {
    return new LossPicture.Line(name, curve, look);
  }

  private static Recording recorded(Curve curve, ChartSize size) {
    return new LossPicture(
            List.of(line("loss", curve, CurveStyle.MAIN)), MARKS, LossView.DEFAULT, size)
        .recording();
  }

  static List<Curve> oddCurves() {
    double infinite = Double.POSITIVE_INFINITY;
    return List.of(
        curve(0, step -> 0),
        curve(1, step -> 3),
        curve(1, step -> infinite),
        curve(2, step -> 3),
        curve(100, step -> 2.5),
        curve(5, step -> step % 2 == 0 ? 3 : infinite),
        curve(50, step -> step < 40 ? 3 : Double.NaN),
        curve(50, step -> step < 40 ? 3 : -infinite),
        curve(50, step -> step == 0 ? infinite : 3),
        curve(30, step -> 1e38),
        curve(30, step -> 1e38 / (step + 1)),
        curve(30, step -> 3 + 1e-12 * step),
        curve(30, step -> 1e-300 * step),
        curve(30, step -> step == 3 ? Double.MAX_VALUE : -Double.MAX_VALUE),
        curve(30, step -> Math.pow(10, -step)),
        curve(200_000, step -> 2.5 + 1.0 / (step + 1)),
        new Curve(new double[] {1e15, 1e15 + 1}, new double[] {3, 2}),
        new Curve(new double[] {7}, new double[] {0}));
  }

  @ParameterizedTest
  @MethodSource("oddCurves")
  void textsOfOddCurvesAreReadable(Curve curve) {
    for (ChartSize size : SIZES) {
      Recording recording = recorded(curve, size);
      DrawnTexts.assertReadable(recording);
      DrawnTexts.assertNoOutlines(recording);
      assertTrue(DrawnTexts.of(recording).contains("step"));
    }
  }

  @Test
  void textsOfRandomCurvesAreReadable() {
    Random random = new Random(16);
    for (int trial = 0; trial < 300; trial++) {
      double scale = Math.pow(10, random.nextInt(-3, 6));
      double slope = random.nextDouble(5);
      int points = 1 + (int) Math.pow(10, random.nextDouble(3));
      int diverged = random.nextInt(4) == 0 ? random.nextInt(points) : points;
      double noise = random.nextDouble(0.3);
      List<LossPicture.Line> lines = new ArrayList<>();
      for (String name : List.of("loss per batch", "smoothed", "NLL on the dev words")) {
        lines.add(
            line(
                name,
                curve(
                    points,
                    step ->
                        step < diverged
                            ? scale * (1 + slope / (step + 1) + noise * random.nextDouble())
                            : Double.POSITIVE_INFINITY),
                name.equals("smoothed") ? CurveStyle.SMOOTH : CurveStyle.PALE));
      }
      List<LossPicture.Line> shown = lines.subList(0, random.nextInt(2, 4));
      List<LossPicture.Reference> marks = random.nextBoolean() ? MARKS : List.of();
      ChartSize size = SIZES.get(random.nextInt(SIZES.size()));
      LossView view = view(random);
      List<LossPicture.Line> viewed =
          shown.stream()
              .map(line -> line(line.name(), view.shown(line.curve()), line.look()))
              .toList();
      Recording recording = new LossPicture(viewed, marks, view, size).recording();
      DrawnTexts.assertReadable(recording);
      DrawnTexts.assertNoOutlines(recording);
    }
  }

  private static LossView view(Random random) {
    LossUnit[] units = LossUnit.values();
    LossView.Spread[] spreads = LossView.Spread.values();
    long first = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
    return new LossView(
        new LossView.Steps(first, first + 1 + random.nextInt(2000)),
        1 + random.nextInt(5),
        LossView.Losses.DECIDING,
        units[random.nextInt(3)],
        spreads[random.nextInt(2)],
        spreads[random.nextInt(2)]);
  }

  @ParameterizedTest
  @MethodSource("oddCurves")
  void oddCurvesMayBeLogarithmic(Curve curve) {
    LossView.Spread logarithmic = LossView.Spread.LOGARITHMIC;
    LossView view =
        new LossView(
            LossView.Steps.ALL,
            1,
            LossView.Losses.DECIDING,
            LossUnit.PERPLEXITY,
            logarithmic,
            logarithmic);
    for (ChartSize size : SIZES) {
      DrawnTexts.assertReadable(
          new LossPicture(
                  List.of(line("loss", view.shown(curve), CurveStyle.MAIN)), MARKS, view, size)
              .recording());
    }
  }

  @Test
  void logarithmicAxesShowTheBeginningToo() {
    double[] losses = {30, 20, 10, 5, 3, 2.9};
    Curve curve = curve(6, step -> losses[step]);
    LossView.Spread logarithmic = LossView.Spread.LOGARITHMIC;
    LossView view =
        new LossView(
            LossView.Steps.ALL,
            1,
            LossView.Losses.DECIDING,
            LossUnit.NATS,
            logarithmic,
            LossView.Spread.CHOSEN);
    List<String> texts =
        DrawnTexts.of(
            new LossPicture(
                    List.of(line("loss", view.shown(curve), CurveStyle.MAIN)),
                    MARKS,
                    view,
                    ChartSize.DEFAULT)
                .recording());

    assertTrue(texts.containsAll(List.of("1", "2", "5", "20")), texts::toString);
    assertTrue(texts.stream().noneMatch(text -> text.startsWith("beyond")), texts::toString);
    assertTrue(
        DrawnTexts.of(recorded(curve, ChartSize.DEFAULT)).stream()
            .anyMatch(text -> text.startsWith("beyond")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a name of sixty letters that says more than one wants to read",
        "απώλεια ανά χαρακτήρα",
        "每个字符的损失",
        "🔥🔥🔥",
        "שלום עולם",
        "$x^2$ <b> & \"quoted\""
      })
  void namesMayBeLongAndOfAnyLetters(String name) throws IOException {
    Curve curve = curve(100, step -> 2.5 + 1.0 / (step + 1));
    for (ChartSize size : SIZES) {
      List<LossPicture.Line> lines =
          List.of(line(name, curve, CurveStyle.MAIN), line("loss", curve, CurveStyle.DASHED));
      Recording recording =
          new LossPicture(
                  lines, List.of(new LossPicture.Reference(name, 3)), LossView.DEFAULT, size)
              .recording();
      DrawnTexts.assertReadable(recording);
      String begin = Character.toString(name.codePointAt(0));
      assertTrue(DrawnTexts.of(recording).stream().anyMatch(text -> text.startsWith(begin)));
      Svg.write(recording, new ByteArrayOutputStream());
      Pdf.write(recording, new ByteArrayOutputStream());
    }
  }

  @Test
  void twoHundredThousandStepsMakeSmallFiles() throws IOException {
    Random random = new Random(1);
    double[] losses = random.doubles(200_000, 2, 5).toArray();
    double[] steps = IntStream.range(0, losses.length).mapToDouble(step -> step).toArray();
    StringBuilder rows = new StringBuilder("step,loss,nll,learning_rate\n");
    for (int step = 0; step < losses.length; step++) {
      rows.append("%d,%s,%s,0.1\n".formatted(step, losses[step], losses[step]));
    }
    Path metrics = Files.writeString(folder.resolve("metrics.csv"), rows);
    List<LossPicture.Line> lines =
        LossCurve.lines(Metrics.read(metrics), true, new Curve(steps, losses), LossView.DEFAULT);
    Recording recording =
        new LossPicture(lines, MARKS, LossView.DEFAULT, ChartSize.DEFAULT).recording();
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();

    Svg.write(recording, svg);
    Pdf.write(recording, pdf);

    assertTrue(svg.size() < 100_000, () -> "SVG of " + svg.size() + " bytes");
    assertTrue(pdf.size() < 100_000, () -> "PDF of " + pdf.size() + " bytes");
  }

  @Test
  void ticksAreRoundNumbersOfTheLosses() {
    List<String> texts =
        DrawnTexts.of(recorded(curve(100, step -> 2.5 + 1.3 / (step + 1)), ChartSize.DEFAULT));

    assertTrue(
        texts.containsAll(List.of("2.5", "3.0", "3.5", "0", "20", "40", "60", "80", "100")),
        texts::toString);
  }

  @Test
  void wideLossesHavePowersOfTen() {
    List<String> texts =
        DrawnTexts.of(recorded(curve(9, step -> Math.pow(10, 4 - step)), ChartSize.DEFAULT));

    assertTrue(texts.contains("10⁻²"), texts::toString);
  }

  /// Of a part of the steps, marks that are far away are no reason for a flat line.
  @Test
  void partOfTheStepsFillsThePicture() {
    List<LossPicture.Line> lines =
        List.of(
            new LossPicture.Line("loss", curve(100, step -> 2.6 - 1e-4 * step), CurveStyle.MAIN));
    LossView part =
        new LossView(
            new LossView.Steps(0, 99),
            0,
            LossView.Losses.DECIDING,
            LossUnit.NATS,
            LossView.Spread.CHOSEN,
            LossView.Spread.CHOSEN);
    Predicate<LossView> marked =
        view ->
            DrawnTexts.of(new LossPicture(lines, MARKS, view, ChartSize.DEFAULT).recording())
                .stream()
                .anyMatch(text -> text.startsWith("uniform"));
    assertTrue(marked.test(LossView.DEFAULT));
    assertFalse(marked.test(part));
  }

  @Test
  void aCurveIsOneLineUpToTheEdgeOfThePlot() {
    double[] losses = {27, 2.4, 2.6, 2.4};
    Recording recording = recorded(curve(4, step -> losses[step]), ChartSize.DEFAULT);
    List<Mark.Line> curves =
        recording.steps().stream()
            .map(Recording.Step::mark)
            .filter(mark -> mark instanceof Mark.Line)
            .map(mark -> (Mark.Line) mark)
            .filter(line -> line.style().paint().equals(CurveStyle.MAIN.colour()))
            .toList();

    assertEquals(1, curves.size());
    assertTrue(curves.getFirst().path().getBounds2D().getMinY() > -100);
  }

  @Test
  void whatIsSeenIsSaidInWords() {
    double[] losses = {3.7, 2.5};

    assertEquals(
        List.of(
            "loss: 3.700 at step 0, 2.500 at step 1",
            "uniform, ln 27: 3.30",
            "lowest possible (counts): 2.45"),
        recorded(curve(2, step -> losses[step]), ChartSize.DEFAULT).description().sentences());
  }

  @Test
  void linesCanBeSeenOnWhitePaper() {
    for (CurveStyle look :
        List.of(CurveStyle.MAIN, CurveStyle.SMOOTH, CurveStyle.PALE, CurveStyle.DASHED)) {
      float[] rgb = look.colour().getRGBColorComponents(null);
      double[] linear =
          IntStream.range(0, 3)
              .mapToDouble(
                  i -> rgb[i] <= 0.04045 ? rgb[i] / 12.92 : Math.pow((rgb[i] + 0.055) / 1.055, 2.4))
              .toArray();
      double luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
      // WCAG 2.2, success criterion 1.4.11.
      assertTrue(1.05 / (luminance + 0.05) >= 3, () -> look + " " + Arrays.toString(linear));
    }
  }
}
