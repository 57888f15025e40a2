package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlotCommandTest extends CommandLineTest {
  private Answer plot(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("plot", "--results", results));
    all.addAll(List.of(arguments));
    return twister(all.toArray());
  }

  private String run(String... settings) {
    Stream<Object> sets = Stream.of(settings).flatMap(set -> Stream.of("--set", set));
    Stream<Object> quiet = Stream.of(small, "-q", "--no-charts");
    return runFolder(run(Stream.concat(quiet, sets).toArray())).getFileName().toString();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  @Test
  void pngHasThePixelsThatItsSizeMeans() throws IOException {
    Answer answer = plot(run(), "--out", file("a.png"), "--width", "8.5cm", "--height", "60mm");
    assertEquals(0, answer.code(), answer.err());
    assertEquals("%s\n%s\n".formatted(file("a.png"), file("a.txt")), answer.out());
    // 8.5 and 6 cm at 300 dots per inch.
    assertEquals(1004, ImageIO.read(file("a.png").toFile()).getWidth());
    assertEquals(709, ImageIO.read(file("a.png").toFile()).getHeight());
  }

  @Test
  void svgHasTheSizeAndTheWords() throws IOException {
    assertEquals(0, plot(run(), "--out", file("a.svg"), "--width", "8.5cm").code());
    String svg = Files.readString(file("a.svg"));
    assertTrue(svg.contains("width=\"8.5cm\""), svg.substring(0, 300));
    assertTrue(svg.contains(">Loss over the steps of a training</title"));
    assertEquals(
        "Loss over the steps of a training.", Files.readAllLines(file("a.txt")).getFirst());
  }

  @Test
  void pdfHasTheSizeAndTextThatCanBeSearched() throws IOException {
    Object[] options = {"--out", file("a.pdf"), "--width", "10cm", "--font-size", "9"};
    assertEquals(0, plot(Stream.concat(Stream.of(run()), Stream.of(options)).toArray()).code());
    try (PDDocument document = Loader.loadPDF(file("a.pdf").toFile())) {
      assertEquals(10 / 2.54 * 72, document.getPage(0).getMediaBox().getWidth(), 0.01);
      assertTrue(new PDFTextStripper().getText(document).contains("step"));
    }
  }

  @Test
  void severalRunsAreNamedByWhatDiffers() throws IOException {
    String one = run();
    String other = run("training.learning-rate=2", "training.l2=0.5");
    assertEquals(0, plot(one, other, "--out", file("a.svg")).code());
    String svg = Files.readString(file("a.svg"));
    assertTrue(svg.contains(">learning-rate 1, l2 0</text"), svg);
    assertTrue(svg.contains(">learning-rate 2, l2 0.5</text"), svg);
    List<String> words = Files.readAllLines(file("a.txt"));
    assertEquals("Loss of 2 runs over the steps.", words.getFirst());
    assertTrue(words.get(1).startsWith("learning-rate 1, l2 0: "), words.get(1));
  }

  @Test
  void twoFiguresOfTheSameRunsAreEqual() throws IOException {
    String run = run();
    for (String ending : List.of(".png", ".svg", ".pdf")) {
      plot(run, "--out", file("a" + ending));
      plot(run, "--out", file("b" + ending));
      assertEquals(-1, Files.mismatch(file("a" + ending), file("b" + ending)), ending);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--out a.gif | does not say the format, allowed: a name that ends in .png, .svg or .pdf",
        "--width big | --width big: allowed: a length, such as 8.5cm, 85mm, 3.3in or 1200px",
        "--width 0cm | --width 0cm: allowed: a length above 0",
        "--width 101cm | --width 101cm: allowed: at most 100cm or 12000px",
        "--width 3cm | a chart with text of 9 pt: expected at least 5.98 cm wide, got 3",
        "--width 8cm --height 900px | --height 900px: found another kind of length than --width"
            + " has",
        "--font-size -1 | --font-size -1.0: allowed: a number of points above 0, such as 9",
        "--format gif | Invalid value for option '--format'",
      })
  void mistakesAreNamedAndNothingIsWritten(String options, String expected) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of(run()));
    arguments.addAll(List.of(options.split(" ", -1)));
    if (!options.contains("--out")) {
      arguments.addAll(List.of("--out", file("a.png")));
    }
    Answer answer = plot(arguments.toArray());
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains(expected), answer.err());
    assertFalse(Files.exists(file("a.png")));
  }

  @Test
  void runsThatCannotBeDrawnAreNamed() throws IOException {
    String run = run();
    Files.delete(results.resolve("small").resolve(run).resolve("metrics.csv"));
    Answer answer = plot(run, "zz");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("has no metrics.csv"), answer.err());
    assertTrue(answer.err().contains("RUN zz: there is no such run"), answer.err());
    Answer many = plot(Collections.nCopies(9, run).toArray());
    assertEquals(2, many.code());
    assertTrue(many.err().contains("found 9 runs, allowed: at most 8"), many.err());
  }
}
