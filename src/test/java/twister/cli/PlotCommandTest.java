package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.chart.ChartFont;

@Tag("processor")
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
  void runsOfSeveralExperimentsHaveTheirNamesWhereMoreThanAFewSettingsDiffer() throws IOException {
    String softmax = run("name=trained");
    String pair = run("name=counted", "model={kind: counts}", "training=null");
    String triple = run("name=counted", "model={kind: counts}", "training=null", "data.order=3");
    String svg = svg(softmax, pair, triple);
    for (String name : List.of("trained", "counted, order 2", "counted, order 3")) {
      assertTrue(svg.contains(">" + name + "</text"), () -> name + " in " + svg);
    }
    List<String> words = Files.readAllLines(file("a.txt"));
    assertTrue(
        words.getLast().matches("The runs also differ in \\d+ settings, .*"), words.toString());
    // The counts have no steps: they are a level beside those that were trained.
    assertTrue(words.get(2).matches("counted, order 2: [0-9.]+ at all steps\\."), words.get(2));
  }

  @Test
  void runsOfSeveralExperimentsThatDifferInOneSettingAreNamedByIt() throws IOException {
    String svg = svg(run("name=slow"), run("name=fast", "training.learning-rate=2"));
    assertTrue(svg.contains(">learning-rate 1</text"), svg);
    assertTrue(svg.contains(">learning-rate 2</text"), svg);
  }

  @Test
  void theSameRunInTwoExperimentsIsNamedByThem() throws IOException {
    String svg =
        svg(
            results.resolve("one").resolve(run("name=one")),
            results.resolve("two").resolve(run("name=two")));
    assertTrue(svg.contains(">one</text"), svg);
    assertTrue(svg.contains(">two</text"), svg);
  }

  @Test
  void theOrderOfNamesChangesNoColour() throws IOException {
    run("name=one");
    run("name=two", "training.learning-rate=2");
    String svg = svg("one", "two");
    String turned = svg("two", "one");
    for (String colour : List.of("rgb(8,81,156)", "rgb(217,95,2)")) {
      assertTrue(svg.contains(colour), () -> colour + " in " + svg);
    }
    assertEquals(colourOf(svg, "one"), colourOf(turned, "one"), turned);
    assertEquals(colourOf(svg, "two"), colourOf(turned, "two"), turned);
  }

  /// The colour of the sample that stands before a name in a legend.
  private static String colourOf(String svg, String name) {
    String before = svg.substring(0, svg.indexOf(">" + name + "</text"));
    Matcher colours = Pattern.compile("stroke=\"(rgb\\(\\d+,\\d+,\\d+\\))\"").matcher(before);
    String colour = "";
    while (colours.find()) {
      colour = colours.group(1);
    }
    return colour;
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
        "--out a.gif | does not say the format, allowed: a name that ends in .png, .svg, .pdf or"
            + " .tex",
        "--width big | --width big: allowed: a length above 0, at most 100cm or 12000px, such as",
        "--width 0cm | --width 0cm: allowed: a length above 0",
        "--width 101cm | --width 101cm: allowed: a length above 0, at most 100cm or 12000px",
        "--width 3cm | a chart with text of 9 pt: expected at least 6.73 cm wide, got 3",
        "--height 3cm | a chart with text of 9 pt: expected at least 4.49 cm high, got 3",
        "--width 8cm --height 900px | --width, --height: the height is another kind of length",
        "--font-size -1 | --font-size -1.0: allowed: a number of points above 0, at most 100,",
        "--font-size 500 | --font-size 500.0: allowed: a number of points above 0, at most 100,",
        "--out nodir/a.png | --out nodir/a.png: there is no folder nodir; make it first",
        "--steps 9 | --steps 9: allowed: the first and the last step, such as 0:500, 100: or :500",
        "--steps 9:3 | --steps 9:3: the first step is above the last",
        "--steps 9000: | --steps: no curve has a point there; their last one is at step",
        "--smooth 0 | --smooth 0: allowed: a whole number from 1",
        "--smooth 5000 | --smooth 5000: no curve has so many points",
        "--dev | --dev: there are no losses on dev words, for the words are not divided",
        "--dev --train | --dev --train: allowed: one of them",
        "--chart bigrams --scale cubic | --scale: found \"cubic\", allowed: linear, sqrt, log",
        "--unit miles | --unit: found \"miles\", allowed: nats, bits, perplexity",
        "--font Sanss | --font Sanss: this machine has no such font",
        "--format gif | --format: found \"gif\", allowed: png, svg, pdf, pgfplots",
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
    Answer answer = plot(run);
    assertEquals(2, answer.code());
    assertTrue(
        answer
            .err()
            .contains(
                "has no chart of loss, which is of trained runs; it has: bigrams, probabilities,"
                    + " difference"),
        answer.err());
    Answer unknown = plot(run, "zz");
    assertTrue(unknown.err().contains("RUN zz: there is no such run"), unknown.err());
    Answer many = plot(Collections.nCopies(9, run).toArray());
    assertEquals(2, many.code());
    assertTrue(many.err().contains("found 9 runs, allowed: at most 8 in one figure"), many.err());
  }

  private String svg(Object... arguments) throws IOException {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", file("a.svg")));
    Answer answer = plot(all.toArray());
    assertEquals(0, answer.code(), answer.err());
    return Files.readString(file("a.svg"));
  }

  @Test
  void unitsAreThoseOfTheAxisTheMarksAndTheWords() throws IOException {
    String run = run();
    String bits = svg(run, "--unit", "bits");
    assertTrue(bits.contains(">loss (bits per character)</text"), bits);
    assertTrue(bits.contains(">uniform, log₂ "), bits);
    String inBits = Files.readAllLines(file("a.txt")).get(1);
    String perplexity = svg(run, "--unit", "perplexity");
    assertTrue(perplexity.contains(">perplexity (per character)</text"), perplexity);
    String inPerplexity = Files.readAllLines(file("a.txt")).get(1);
    // 2 to the power of the bits.
    double first = Double.parseDouble(inBits.split(" ", -1)[1]);
    assertEquals(Math.pow(2, first), Double.parseDouble(inPerplexity.split(" ", -1)[1]), 0.02);
  }

  @Test
  void stepsAndSmoothingAreSaidInTheWords() throws IOException {
    String run = run("training.steps=40");
    svg(run, "--steps", "10:19", "--smooth", "3");
    List<String> words = Files.readAllLines(file("a.txt"));
    assertTrue(words.get(1).matches("loss: .* at step 10, .* at step 19[.]"), words.get(1));
    assertEquals(
        "each point the mean of 3 neighbouring ones where there are so many.", words.getLast());
  }

  @Test
  void theLossIsThatWhichDecidesOrTheOneAskedFor() throws IOException {
    String split = "data.split={train: 0.7, dev: 0.3}";
    String one = run(split);
    String other = run(split, "training.learning-rate=2");
    svg(one, other);
    assertEquals(
        "Loss on the dev words of 2 runs over the steps.",
        Files.readAllLines(file("a.txt")).getFirst());
    svg(one, other, "--train");
    assertEquals("Loss of 2 runs over the steps.", Files.readAllLines(file("a.txt")).getFirst());
    assertFalse(svg(one, "--dev").contains(">loss</text"));
    assertFalse(svg(one, "--train").contains("dev words"));
  }

  @Test
  void aRunHasTheSameColourInEveryFigure() throws IOException {
    List<String> runs = new ArrayList<>();
    for (String rate : List.of("1", "2", "3")) {
      runs.add(run("training.learning-rate=" + rate));
    }
    String all = svg(runs.toArray());
    String two = svg(runs.get(2), runs.get(1));
    List<String> colours =
        List.of("8,81,156", "217,95,2", "27,120,55").stream()
            .map(rgb -> "stroke=\"rgb(" + rgb + ")\"")
            .toList();
    colours.forEach(colour -> assertTrue(all.contains(colour), () -> colour + " in " + all));
    assertEquals(List.of(false, true, true), colours.stream().map(two::contains).toList(), two);
  }

  @Test
  void aTitleStandsAboveInTheSameSize() throws IOException {
    String run = run();
    String titled = svg(run, "--width", "8.5cm", "--height", "6cm", "--title", "A training");
    assertTrue(titled.contains(">A training</text"), titled);
    String plain = svg(run, "--width", "8.5cm", "--height", "6cm", "--title", "none");
    assertFalse(plain.contains(">none</text"), plain);
    for (String svg : List.of(titled, plain)) {
      assertTrue(svg.contains("width=\"8.5cm\"") && svg.contains("height=\"6cm\""), svg);
    }
  }

  @Test
  void aFontIsNamedInAnSvgAndEmbeddedInAPdf() throws IOException {
    List<String> fonts = ChartFont.names().stream().filter(n -> n.endsWith(" Serif")).toList();
    assumeTrue(!fonts.isEmpty(), "this machine has no second font");
    String font = fonts.getFirst();
    String run = run();
    assertTrue(svg(run, "--font", font.toUpperCase(Locale.ROOT)).contains(font));
    assertEquals(0, plot(run, "--out", file("a.pdf"), "--font", font).code());
    Set<String> embedded = new HashSet<>();
    PDFTextStripper stripper =
        new PDFTextStripper() {
          @Override
          protected void processTextPosition(TextPosition text) {
            assertTrue(text.getFont().isEmbedded());
            embedded.add(text.getFont().getName().replaceAll("^[A-Z]+[+]", ""));
          }
        };
    try (PDDocument document = Loader.loadPDF(file("a.pdf").toFile())) {
      stripper.getText(document);
    }
    assertEquals(Set.of(font.replace(" ", "")), embedded);
  }

  @Test
  void lettersThatNoFontHasAreSpelledAndNamed() throws IOException {
    String letter = Character.toString(0x12000);
    boolean isThere = ChartFont.names().stream().anyMatch(n -> n.contains("Cuneiform"));
    assumeFalse(isThere, "this machine has a font for Cuneiform");
    for (String ending : List.of(".svg", ".png", ".pdf")) {
      Answer answer = plot(run(), "--out", file("a" + ending), "--title", "Of " + letter);
      assertEquals(0, answer.code(), answer.err());
      assertTrue(
          answer
              .err()
              .contains(
                  "twister: no font of this machine has %s (U+12000); charts show its code point"
                      .formatted(letter)),
          answer.err());
    }
    assertTrue(Files.readString(file("a.svg")).contains(">Of U+12000</text"));
    try (PDDocument document = Loader.loadPDF(file("a.pdf").toFile())) {
      assertTrue(new PDFTextStripper().getText(document).contains("Of U+12000"));
    }
  }

  @Test
  void pgfplotsHasItsDataBesideIt() throws IOException {
    Answer answer = plot(run(), "--out", file("a.tex"), "--width", "8.5cm");
    assertEquals(
        "%s\n%s\n%s\n".formatted(file("a.tex"), file("a.csv"), file("a.txt")), answer.out());
    assertTrue(Files.readString(file("a.tex")).contains("col sep=comma]{a.csv}"));
    Answer spaced = plot(run(), "--out", file("a b.tex"));
    assertEquals(2, spaced.code());
    assertTrue(spaced.err().contains("a b.tex: TeX cannot read such a name"), spaced.err());
  }

  /// A sweep over two keys with two seeds each, on divided words.
  private void sweep() {
    Answer answer =
        run(
            small,
            "-q",
            "--no-charts",
            "--set",
            "data.split={train: 0.7, dev: 0.3}",
            "--sweep",
            "training.learning-rate=1,2,4",
            "--sweep",
            "training.l2=0,0.1",
            "--sweep",
            "seeds=2");
    assertEquals(0, answer.code(), answer.err());
  }

  @Test
  void anExperimentHasTheChartsOfItsSweep() throws IOException {
    sweep();
    assertTrue(svg("small").contains(">Loss over the steps of the runs of a sweep</title"));
    String byKey = svg("small", "--chart", "by-key", "--x", "l2", "--colour", "learning-rate");
    assertTrue(byKey.contains(">L2 strength</text") && byKey.contains(">learning rate</text"));
    String heatmap = svg("small", "--chart", "heatmap", "--x", "l2");
    int across = heatmap.indexOf(">L2 strength</text");
    assertTrue(across > 0 && heatmap.contains(">learning rate</text"), heatmap);
    assertNotEquals(heatmap, svg("small", "--chart", "heatmap", "--x", "learning-rate"));
    assertNotEquals(svg("small"), svg("small", "--train"));
    assertNotEquals(svg("small"), svg("small", "--colour", "l2"));
    svg("small", "small", "--chart", "compare");
    assertTrue(
        Files.readAllLines(file("a.txt")).stream()
            .anyMatch(
                line ->
                    line.matches("small: the best setting, learning rate .*, mean over 2 seeds.")),
        Files.readString(file("a.txt")));
  }

  @Test
  void aKeyHasAPanelForEachValue() throws IOException {
    sweep();
    for (String chart : List.of("loss", "losses", "by-key")) {
      String svg = svg("small", "--chart", chart, "--panel", "l2", "--width", "12cm");
      assertTrue(svg.contains(">L2 strength 0</text") && svg.contains(">L2 strength 0.1</text"));
      assertTrue(svg.contains("width=\"12cm\""));
      String words = Files.readString(file("a.txt"));
      assertTrue(words.contains("a panel for each value of L2 strength."), words);
      assertTrue(words.contains("L2 strength 0.1"), words);
    }
    String seeds = svg("small", "--chart", "by-key", "--panel", "seed", "--height", "900px");
    assertTrue(seeds.contains("height=\"900\""));
    assertTrue(seeds.contains(">L2 strength 0</text"), seeds);
  }

  @Test
  void seedsHavePanelsOfTheOnlyOtherKey() throws IOException {
    run(small, "-q", "--no-charts", "--sweep", "seeds=3", "--sweep", "training.l2=0,0.1");
    assertTrue(
        svg("small", "--chart", "seeds", "--panel", "l2").contains(">L2 strength 0.1</text"));
  }

  @Test
  void morePanelsThanCanBeComparedAreRefused() throws IOException {
    run(small, "-q", "--no-charts", "--sweep", "training.l2={linear: [0, 1], points: 13}");
    for (String chart : List.of("loss", "losses")) {
      Answer answer = plot("small", "--chart", chart, "--panel", "l2");
      assertEquals(2, answer.code());
      assertTrue(answer.err().contains("--panel l2: found 13 values, allowed: at most 12 panels"));
    }
  }

  @Test
  void aRunHasTheChartsOfItsFiles() throws IOException {
    String run = run();
    assertTrue(svg(run, "--chart", "bigrams").contains(">next character</text"));
    assertTrue(
        svg(run, "--chart", "bigrams", "--scale", "log").contains("by the logarithm of the"));
    assertFalse(svg(run, "--chart", "bigrams", "--scale", "linear").contains("are spread by"));
    assertTrue(svg(run, "--chart", "probabilities").contains(">next character</text"));
    assertTrue(svg(run, "--chart", "difference").contains("model minus those of the counts"));
    assertTrue(
        svg(run, run("training.learning-rate=2"), "--chart", "difference")
            .contains("learning-rate 1"));
  }

  @Test
  void anExperimentOfOneSettingHasTheChartOfItsSeeds() throws IOException {
    run(small, "-q", "--no-charts", "--sweep", "seeds=3");
    assertTrue(svg("small", "--chart", "seeds").contains(">seed</text"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "small --chart by | --chart by: there is no such chart",
        "small --chart by-kei | did you mean by-key?",
        "smal | EXPERIMENT smal: did you mean small?",
        "small --chart loss | --chart loss: found 12 runs, allowed: at most 8 in one figure",
        "small --chart seeds | has no chart of seeds, which is of one setting with several seeds,"
            + " or of each with --panel KEY; it has: loss, losses,",
        "small small --chart losses | --chart losses: found 2 experiments, allowed: at most 1",
        "small --chart by-key --x order | --x order: is no key that varies in small",
        "small --y l2 | --y l2: a figure of losses has none; allowed with --chart heatmap",
        "small --unit bits | a chart of losses has none of these",
        "small --chart heatmap --train | a chart of heatmap has none of these",
        "small --chart heatmap --panel l2 | --panel l2: a figure of heatmap has none; allowed with"
            + " --chart loss or losses or by-key or seeds",
        "small --panel order | --panel order: is no key that varies in small; those that do:",
        "small --chart loss --panel order | --panel order: is no setting in which the runs differ",
        "small --chart by-key --x l2 --colour l2 | --colour l2: has a place in the figure already",
        "small --chart by-key --x seed | --x seed: is the seed, over which losses are averaged;"
            + " --panel seed shows each",
        "small --colour seed | --colour seed: is the seed, over which losses are averaged",
        "small --chart by-key --x l2 --panel l2 | --panel l2: has a place in each panel already",
        "small --panel learning-rate --width 6cm --height 4.6cm | --panel learning-rate: 3 panels"
            + " with text of 9 pt have no room: --height has to be 7.11 cm at least",
        "small --scale log | --scale log: a figure of losses has none; allowed with --chart"
            + " bigrams",
      })
  void whatThereIsNotIsSaidInOneSentence(String arguments, String expected) throws IOException {
    sweep();
    Answer answer = plot((Object[]) arguments.split(" ", -1));
    assertEquals(2, answer.code(), answer.out());
    assertTrue(answer.err().contains(expected), answer.err());
  }

  @Test
  void sweepsAreWrittenForLatexToo() throws IOException {
    sweep();
    for (String chart : List.of("losses", "by-key", "compare", "heatmap")) {
      Answer answer = plot("small", "--chart", chart, "--out", file(chart + ".tex"));
      assertEquals(0, answer.code(), answer.err());
      String tex = Files.readString(file(chart + ".tex"));
      assertTrue(tex.contains("]{" + chart + ".csv}"), tex);
    }
    String byKey = Files.readString(file("by-key.tex"));
    assertTrue(byKey.contains("xticklabels={{1},{2},{4}}"), byKey);
    assertTrue(byKey.contains("\\addlegendentry{L2 strength 0.1}"), byKey);
  }
}
