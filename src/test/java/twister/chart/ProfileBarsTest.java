package twister.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            new ProfilePicture.Bar("softmax", 1.5, 0.5),
            new ProfilePicture.Bar("copies in", 0.25, 0)),
        ProfileBars.bars(file));
    assertEquals(3, ProfileBars.launches(file));
  }

  @Test
  void timesAreSecondsAndPercentOfTheWhole() {
    ProfilePicture.Bar most = new ProfilePicture.Bar("a", 1.5, 1.5);
    ProfilePicture.Bar rest = new ProfilePicture.Bar("b", 1, 0);
    ProfilePicture picture = new ProfilePicture("a title", List.of(most, rest), 2);
    assertEquals("1.50 s + 1.50 s compiled, 75 %", picture.time(most));
    assertEquals("1.00 s, 25 %", picture.time(rest));
    assertEquals("12 ms, 0 %", picture.time(new ProfilePicture.Bar("c", 0.012, 0)));
    assertEquals("51 µs, 0 %", picture.time(new ProfilePicture.Bar("c", 5.06e-5, 0)));
  }

  @Test
  void emptyProfilesAndThoseOfNoTimeAreDrawn() throws IOException {
    profile("");
    ProfileBars.draw(folder, "bigram on 0:0: a GPU through cuda");
    profile("softmax,0,0,0,\n");
    ProfileBars.draw(folder, "bigram on 0:0: a GPU through cuda");
    assertTrue(Files.size(folder.resolve("charts/profile.png")) > 0);
  }

  @Test
  void rowThatIsNoProfileIsRefusedWithItsLine() throws IOException {
    profile("softmax,3,many,0,\n");
    IOException refusal =
        assertThrows(
            IOException.class, () -> ProfileBars.draw(folder, "bigram on 0:0: a GPU through cuda"));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("profile.csv, line 2: seconds"),
        refusal.toString());
  }

  @Test
  void pictureNamesWhatWasTrainedAndOnWhat() throws IOException {
    profile("softmax,3,1.5,0.5,\n");
    ProfileBars.draw(folder, "bigram on 0:0: a GPU through cuda");
    String svg = Files.readString(folder.resolve("charts/profile.svg"));
    assertTrue(svg.contains("bigram on 0:0: a GPU through cuda"), svg);
  }
}
