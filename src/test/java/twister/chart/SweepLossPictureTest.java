package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BasicStroke;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.spec.ChartSize;

@Tag("processor")
class SweepLossPictureTest {
  @TempDir Path folder;
  private SweepFolder sweep;

  @BeforeEach
  void open() {
    sweep = new SweepFolder(folder);
  }

  private Recording recorded() throws IOException {
    sweep.write();
    SweepTable table = SweepFolder.table(folder);
    SweepCurves curves = SweepCurves.read(folder, table, SweepCurves.Kind.DECIDING);
    for (ChartSize size : DrawnTexts.SIZES) {
      Recording recording = new SweepLossPicture(table, curves, size).recording();
      DrawnTexts.assertReadable(recording);
      DrawnTexts.assertNoOutlines(recording);
    }
    return new SweepLossPicture(table, curves, ChartSize.DEFAULT).recording();
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -1,
        2.5,
        1e38,
        -1e38,
        4.9e-324,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void textsOfOddLossesAreReadable(double loss) throws IOException {
    double[] equal = {loss, loss, loss};
    sweep.add("finished", loss, equal, SweepFolder.RATE, 1.0);
    recorded();

    sweep.add("finished", loss, equal, SweepFolder.RATE, 10.0);
    recorded();

    sweep.add(2.6, SweepFolder.RATE, 0.0).add("finished", 3, new double[] {3}, SweepFolder.RATE, 1);
    assertTrue(DrawnTexts.of(recorded()).contains("step"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a name of sixty letters that says more than one wants to read",
        "anameofsixtyletterswithoutanyblankthatsaysmorethanonewants",
        "απώλεια ανά χαρακτήρα",
        "每个字符的损失",
        "🔥🔥🔥",
        "$x^2$ <b> & 'quoted'"
      })
  void valuesMayBeLongAndOfAnyLetters(String value) throws IOException {
    String key = "training.optimizer";
    sweep.add(2.6, key, value).add(2.5, key, "sgd").addDiverged(key, value + " 2");

    // Letters that no font has take the room of their code points.
    String begin = Character.toString(value.codePointAt(0));
    assertTrue(DrawnTexts.of(recorded()).stream().anyMatch(text -> text.startsWith(begin)));
  }

  @Test
  void thousandsOfSettingsAreReadable() throws IOException {
    for (int run = 0; run < 2000; run++) {
      if (run % 3 == 0) {
        sweep.addDiverged(SweepFolder.RATE, 1 + run);
      } else {
        sweep.add(2.4 + 1e-3 * run, SweepFolder.RATE, 1 + run);
      }
    }
    Recording recording = recorded();

    assertTrue(
        DrawnTexts.of(recording).containsAll(List.of("best run", "10–90 %", "diverged")),
        () -> DrawnTexts.of(recording).toString());
  }

  /// As long as there are no more values than kinds of dashes.
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 8})
  void curvesOfNumbersAreToldApartWithoutColour(int values) throws IOException {
    for (int value = 1; value <= values; value++) {
      double loss = 2 + 0.1 * value;
      sweep.add("finished", loss, new double[] {3, loss, loss}, SweepFolder.RATE, value);
    }

    assertEquals(values, curves(recorded()).distinct().count());
  }

  /// A perceptron is no softmax model, whatever rate they share.
  @Test
  void kindsOfModelsAreToldApartFirst() throws IOException {
    for (double rate : new double[] {1, 2, 3}) {
      sweep.add(2.5, "model.kind", "softmax", SweepFolder.RATE, rate);
      sweep.add(3.5, "model.kind", "mlp", SweepFolder.RATE, rate);
    }

    assertTrue(DrawnTexts.of(recorded()).containsAll(List.of("softmax", "mlp")));
    assertTrue(
        recorded().description().sentences().stream()
            .anyMatch(
                text ->
                    text.equals(
                        "Each line is a setting; those of one colour differ in learning rate")),
        () -> "the caption says what is not told apart");
  }

  /// What tells curves and their samples in the legend apart where there is no colour.
  private static Stream<String> curves(Recording recording) {
    float width = CurveStyle.SERIES.getFirst().stroke().getLineWidth();
    return recording.steps().stream()
        .map(Recording.Step::mark)
        .filter(Mark.Line.class::isInstance)
        .map(mark -> (BasicStroke) ((Mark.Line) mark).style().stroke())
        .filter(stroke -> stroke.getLineWidth() == width)
        .map(stroke -> Arrays.toString(stroke.getDashArray()));
  }

  @Test
  void bandsAndCurvesEndAtTheEdgesOfThePlot() throws IOException {
    for (int seed = 1; seed <= 2; seed++) {
      sweep.add("finished", 2.5, new double[] {2.6, 1e9 * seed, 2.5}, SweepFolder.SEED, seed);
    }
    Recording recording = recorded();

    List<Mark> beyond =
        recording.steps().stream()
            .map(Recording.Step::mark)
            .filter(mark -> mark instanceof Mark.Line || mark instanceof Mark.Area)
            .filter(
                mark ->
                    (mark instanceof Mark.Line line ? line.path() : ((Mark.Area) mark).shape())
                            .getBounds2D()
                            .getMinY()
                        < 0)
            .toList();
    assertEquals(List.of(), beyond);
  }

  @Test
  void whatIsSeenIsSaidInWords() throws IOException {
    sweep.add(2.5, SweepFolder.RATE, 1.0).add(2.6, SweepFolder.RATE, 2.0);

    assertEquals(
        List.of(
            "2 runs",
            "The best loss is 2.5000, at learning rate 1",
            "uniform, ln 27: 3.30",
            "lowest possible (counts): 2.45"),
        recorded().description().sentences());
  }
}
