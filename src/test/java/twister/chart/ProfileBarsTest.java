package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.spec.ChartSize;
import twister.spec.ChartStyle;
import twister.tracking.ProfileTable;

class ProfileBarsTest {
  @TempDir private Path folder;

  private Path profile(String rows) throws IOException {
    return Files.writeString(
        folder.resolve("profile.csv"), "part,launches,seconds,compile_seconds,bytes\n" + rows);
  }

  @Test
  void barsAreThePartsInTheirOrder() throws IOException {
    Path file = profile("softmax,3,1.5,0.5,\ncopies in,3,0.25,0,100\n");
    assertEquals(
        List.of(
            new ProfileTable.Part("softmax", 1.5, 0.5),
            new ProfileTable.Part("copies in", 0.25, 0)),
        ProfileTable.read(file).parts());
    assertEquals(3, ProfileTable.read(file).launches());
  }

  @Test
  void timesAreSecondsAndPercentOfTheWhole() {
    ProfileTable.Part most = new ProfileTable.Part("a", 1.5, 1.5);
    ProfileTable.Part rest = new ProfileTable.Part("b", 1, 0);
    ProfilePicture picture =
        new ProfilePicture("a title", new ProfileTable(List.of(most, rest), 2), ChartSize.DEFAULT);
    assertEquals("1.50 s + 1.50 s compiled, 75 %", picture.time(most));
    assertEquals("1.00 s, 25 %", picture.time(rest));
    assertEquals("12 ms, 0 %", picture.time(new ProfileTable.Part("c", 0.012, 0)));
    assertEquals("51 µs, 0 %", picture.time(new ProfileTable.Part("c", 5.06e-5, 0)));
  }

  @Test
  void emptyProfilesAndThoseOfNoTimeAreDrawn() throws IOException {
    profile("");
    ProfileBars.draw(folder, "bigram on 0:0: a GPU through cuda", ChartStyle.DEFAULT);
    profile("softmax,0,0,0,\n");
    ProfileBars.draw(folder, "bigram on 0:0: a GPU through cuda", ChartStyle.DEFAULT);
    assertTrue(Files.size(folder.resolve("charts/profile.png")) > 0);
  }

  @Test
  void rowThatIsNoProfileIsRefusedWithItsLine() throws IOException {
    profile("softmax,3,many,0,\n");
    IOException refusal =
        assertThrows(
            IOException.class,
            () ->
                ProfileBars.draw(folder, "bigram on 0:0: a GPU through cuda", ChartStyle.DEFAULT));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("profile.csv, line 2: seconds"),
        refusal.toString());
  }

  @Test
  void pictureNamesWhatWasTrainedAndOnWhat() throws IOException {
    profile("softmax,3,1.5,0.5,\n");
    ProfileBars.draw(folder, "bigram on 0:0: a GPU through cuda", ChartStyle.DEFAULT);
    String caption = Files.readString(folder.resolve("charts/profile.txt"));
    assertTrue(caption.contains("bigram on 0:0: a GPU through cuda"), caption);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a name of sixty letters that says more than one wants to read",
        "απώλεια ανά χαρακτήρα",
        "每个字符的损失",
        "🔥🔥🔥",
        "$x^2$ <b> & \"quoted\"",
        "f"
      })
  void textsOfAnyBarsAreReadable(String name) {
    double[] seconds = {0, 1e-9, 1.234e-3, 59.99, 1e6, 1e38};
    for (double ran : seconds) {
      for (double compiled : seconds) {
        List<ProfileTable.Part> bars =
            List.of(
                new ProfileTable.Part(name, ran, compiled),
                new ProfileTable.Part("waiting", compiled, 0));
        for (ChartSize size : DrawnTexts.SIZES) {
          Recording recording =
              new ProfilePicture("a title", new ProfileTable(bars, 1_000_000), size).recording();
          DrawnTexts.assertReadable(recording);
          DrawnTexts.assertNoOutlines(recording);
        }
      }
    }
  }

  @Test
  void barsAreAsLongAsTheirTimes() {
    List<ProfileTable.Part> bars =
        List.of(
            new ProfileTable.Part("a", 2, 1),
            new ProfileTable.Part("b", 1, 0),
            new ProfileTable.Part("waiting", 3, 0));
    List<Rectangle2D> areas =
        new ProfilePicture("a title", new ProfileTable(bars, 2), ChartSize.DEFAULT)
            .recording().steps().stream()
                .filter(step -> step.clip().isPresent())
                .map(Recording.Step::mark)
                .filter(mark -> mark instanceof Mark.Area)
                .map(mark -> ((Mark.Area) mark).shape().getBounds2D())
                .filter(area -> area.getWidth() > 0)
                .toList();

    // What ran, then what is no task, then what was compiled.
    assertEquals(4, areas.size());
    double second = areas.get(1).getWidth();
    assertEquals(2 * second, areas.get(0).getWidth(), 1e-6);
    assertEquals(3 * second, areas.get(2).getWidth(), 1e-6);
    assertEquals(second, areas.get(3).getWidth(), 1e-6);
    assertEquals(areas.get(0).getMaxX(), areas.get(3).getMinX(), 1e-6);
    assertEquals(areas.get(0).getY(), areas.get(3).getY(), 1e-6);
    assertTrue(areas.get(0).getY() < areas.get(1).getY());
    assertTrue(areas.get(1).getY() < areas.get(2).getY());
  }

  @Test
  void deviceStandsAboveTheBars() {
    ProfileTable profile = new ProfileTable(List.of(new ProfileTable.Part("softmax", 1.5, 0.5)), 1);
    List<Mark.Text> texts =
        new ProfilePicture("bigram on 0:0: a GPU through cuda", profile, ChartSize.DEFAULT)
            .recording().steps().stream()
                .map(Recording.Step::mark)
                .filter(mark -> mark instanceof Mark.Text)
                .map(mark -> (Mark.Text) mark)
                .sorted(Comparator.comparingDouble(text -> text.at().getY()))
                .toList();
    assertEquals("bigram on 0:0: a GPU through cuda", texts.getFirst().text());
  }

  @Test
  void whatIsSeenIsSaidInWords() {
    List<ProfileTable.Part> bars = List.of(new ProfileTable.Part("softmax", 1.5, 0.5));

    assertEquals(
        List.of("The whole took 2.00 s in 1 launch", "softmax: 1.50 s + 500 ms compiled, 100 %"),
        new ProfilePicture("a title", new ProfileTable(bars, 1), ChartSize.DEFAULT)
            .recording()
            .description()
            .sentences());
  }
}
