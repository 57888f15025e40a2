package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A link in the place of the folder of a single run, which keeps even its failures there: nothing
/// is read or written where it leads.
@Tag("processor")
class LinkedRunTest extends CommandLineTest {
  private Path run = Path.of("");
  private Path elsewhere = Path.of("");

  @BeforeEach
  void link() throws IOException {
    run = runFolder(run("-q", small));
    elsewhere = folder.resolve("elsewhere");
    Files.move(run, elsewhere);
    Files.createSymbolicLink(run, elsewhere);
  }

  private void assertRefused(Answer answer) {
    assertEquals(1, answer.code(), answer.err());
    String refusal = run + ": is a link, where a folder should be; move it away";
    assertTrue(answer.err().contains(refusal), answer.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--quiet", "--again"})
  void isNotTrainedThrough(String option) throws IOException {
    Map<String, String> before = Snapshot.of(elsewhere);
    assertRefused(run(option, small));
    assertEquals(before, Snapshot.of(elsewhere));
  }

  @Test
  void isNotTrainedThroughWhereItLeadsToACheckpoint() throws IOException {
    Files.writeString(elsewhere.resolve("checkpoint.bin"), "mine");
    Files.writeString(elsewhere.resolve(".spec.yaml.tmp"), "mine");
    Map<String, String> before = Snapshot.of(elsewhere);
    assertRefused(run(small));
    assertEquals(before, Snapshot.of(elsewhere));
  }

  @Test
  void isNotTrainedThroughWhereItLeadsNowhere() throws IOException {
    deleteAll(elsewhere);
    assertRefused(run(small));
    assertFalse(Files.exists(elsewhere));
  }

  @Test
  void isNotReadThrough() {
    List<Answer> answers =
        List.of(
            twister("plot", run, "--out", folder.resolve("loss.png")),
            twister("compare", run, run),
            twister("score", "--run", run, "ava"),
            twister("sample", run),
            twister("tag", run, "good"),
            twister("note", run, "a note"));
    answers.forEach(this::assertRefused);
    assertFalse(Files.exists(folder.resolve("loss.png")));
  }
}
