package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// docs/gallery.md shows what the code draws of the shipped experiments today.
///
/// `mvn -q test -Dtest=GalleryTest -Dtwister.gallery=write` draws it anew.
@Tag("processor")
class GalleryTest extends CommandLineTest {
  private static final Path PAGE = Path.of("docs/gallery.md");
  private static final String PICTURES = "gallery";
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");
  private static final Pattern PIXELS = Pattern.compile("base64,[^\"]*");

  /// Other processors compute other last bits: numbers of pictures may move by a pixel, those of
  /// captions by one in the last digit.
  private static final double NEAR = 1.5;

  private static final double NEAR_IN_WORDS = 0.0015;

  private static final List<List<String>> RUNS =
      List.of(
          List.of("experiments/bigram.yaml"),
          List.of("experiments/learning-rate-range.yaml"),
          List.of("experiments/learning-rate-and-l2.yaml"),
          List.of("experiments/bigram.yaml", "--set", "name=bigram-seeds", "--sweep", "seeds=20"));

  /// A chart: what it is called, and what `twister plot` is told.
  private record Chart(String name, String title, String arguments) {}

  private static final List<Chart> CHARTS =
      List.of(
          new Chart("loss", "Losses of a run", "bigram"),
          new Chart(
              "loss-logarithmic",
              "The same in bits, on logarithmic steps",
              "bigram --log-x --unit bits"),
          new Chart("compare", "Experiments beside each other", "bigram learning-rate-and-l2"),
          new Chart("bigrams", "Counts of bigrams", "bigram --chart bigrams"),
          new Chart("probabilities", "Probabilities of a model", "bigram --chart probabilities"),
          new Chart("difference", "Model minus counts", "bigram --chart difference"),
          new Chart(
              "range", "Range test of the learning rate", "learning-rate-range --chart range"),
          new Chart("losses", "Losses of a sweep over steps", "learning-rate-and-l2"),
          new Chart(
              "by-key",
              "Final losses of a sweep over a key",
              "learning-rate-and-l2 --chart by-key --x learning-rate --colour l2"),
          new Chart(
              "panels",
              "The same in panels of a key",
              "learning-rate-and-l2 --chart by-key --x learning-rate --panel l2"),
          new Chart(
              "losses-panels",
              "Losses over steps in panels of a key",
              "learning-rate-and-l2 --panel l2"),
          new Chart(
              "heatmap", "Final losses over two keys", "learning-rate-and-l2 --chart heatmap"),
          new Chart("seeds", "Final losses over seeds", "bigram-seeds --chart seeds"));

  @Test
  void theGalleryShowsWhatIsDrawn() throws IOException {
    assumeTrue(isDejaVu(), "the pictures are drawn with DejaVu Sans, which is not this one's font");
    for (List<String> run : RUNS) {
      List<Object> arguments = new ArrayList<>(List.of("--quiet", "--no-charts"));
      arguments.addAll(run);
      assertEquals(0, run(arguments.toArray()).code());
    }
    boolean isWritten = "write".equals(System.getProperty("twister.gallery"));
    Path docs = isWritten ? PAGE.resolveSibling("") : folder;
    Path pictures = Files.createDirectories(docs.resolve(PICTURES));
    StringBuilder page = new StringBuilder(begin());
    for (Chart chart : CHARTS) {
      page.append(drawn(chart, pictures));
      Path file = Path.of(PICTURES, chart.name() + ".svg");
      assertNear(PAGE.resolveSibling(file), docs.resolve(file), NEAR);
    }
    Files.writeString(docs.resolve("gallery.md"), page);
    assertNear(PAGE, docs.resolve("gallery.md"), NEAR_IN_WORDS);
  }

  private static String begin() {
    return """
    # Gallery

    Every chart that `twister plot` draws of the shipped experiments, 8.5 cm wide, below the command that draws it.
    A test draws all of them and compares. `mvn -q test -Dtest=GalleryTest -Dtwister.gallery=write` writes this page
    anew. A profile needs a device, so that there is none here.

    The runs, each by `./twister run`:

        %s
    """
        .formatted(String.join("\n    ", RUNS.stream().map(run -> String.join(" ", run)).toList()));
  }

  /// Draws a chart and tells of it.
  private String drawn(Chart chart, Path pictures) throws IOException {
    Path file = pictures.resolve(chart.name() + ".svg");
    List<Object> arguments = new ArrayList<>(List.of("plot", "--results", results));
    arguments.addAll(List.of(chart.arguments().split(" ", -1)));
    arguments.addAll(List.of("--width", "8.5cm", "--out", file));
    Answer answer = twister(arguments.toArray());
    assertEquals(0, answer.code(), answer.err());
    Path words = pictures.resolve(chart.name() + ".txt");
    List<String> caption = Files.readAllLines(words);
    Files.delete(words);
    return """

    ## %s

        ./twister plot %s --width 8.5cm

    ![%s](%s/%s.svg)

    - %s
    """
        .formatted(
            chart.title(),
            chart.arguments(),
            chart.title(),
            PICTURES,
            chart.name(),
            String.join("\n- ", caption));
  }

  private static void assertNear(Path expected, Path actual, double tolerance) throws IOException {
    String was = PIXELS.matcher(Files.readString(expected)).replaceAll("");
    String is = PIXELS.matcher(Files.readString(actual)).replaceAll("");
    String advice = expected + " is no longer what is drawn; write it anew, see " + PAGE;
    assertEquals(
        NUMBER.matcher(was).replaceAll(""), NUMBER.matcher(is).replaceAll(""), () -> advice);
    List<Double> before = numbers(was);
    List<Double> now = numbers(is);
    for (int i = 0; i < before.size(); i++) {
      int at = i;
      assertTrue(
          Math.abs(before.get(i) - now.get(i)) <= tolerance,
          () -> "%s: %s, not %s".formatted(advice, now.get(at), before.get(at)));
    }
  }

  private static List<Double> numbers(String text) {
    return NUMBER.matcher(text).results().map(MatchResult::group).map(Double::valueOf).toList();
  }

  /// Whether Java's font without serifs is as wide as DejaVu Sans.
  private static boolean isDejaVu() {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 1000);
    FontRenderContext exact = new FontRenderContext(null, true, true);
    return Math.abs(font.getStringBounds("loss 0123456789", exact).getWidth() - 8612) < 2;
  }
}
