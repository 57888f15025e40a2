package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that people put into the folders of runs stay there, whatever is trained again.
@Tag("processor")
class KeptFilesTest extends CommandLineTest {
  private static final String SWEEP = "training.learning-rate=0.5,1";
  private static final List<String> MINE =
      List.of("analysis.ipynb", "charts/mine.png", "charts/loss.pdf", "deep/er/weights.csv", ".x");

  private Path experiment = Path.of("");
  private Path run = Path.of("");
  private Map<String, String> whole = Map.of();

  @BeforeEach
  void sweep() throws IOException {
    assertEquals(0, run("-q", small, "--set", "charts=[loss]", "--sweep", SWEEP).code());
    experiment = results.resolve("small");
    run = experiment.resolve(rows(experiment.resolve("runs.csv")).getFirst().get("run"));
    for (String mine : MINE) {
      Files.createDirectories(run.resolve(mine).getParent());
      Files.writeString(run.resolve(mine), "mine");
    }
    whole = Snapshot.of(experiment);
  }

  private Answer sweepAgain(Object... options) {
    Object[] all = {"-q", small, "--set", "charts=[loss]", "--sweep", SWEEP};
    return run(Stream.of(all, options).flatMap(Stream::of).toArray());
  }

  @Test
  void theyStayWhenADamagedRunOfASweepIsTrainedAgain() throws IOException {
    Files.delete(run.resolve("metrics.csv"));
    Answer again = sweepAgain();
    assertEquals(0, again.code(), again.err());
    assertEquals(whole, Snapshot.of(experiment));
    assertTrue(twister("doctor", "--results", results).out().contains("all is well"));
  }

  @Test
  void theyStayWhenEverythingIsTrainedAgain() throws IOException {
    Answer again = sweepAgain("--again");
    assertEquals(0, again.code(), again.err());
    assertEquals(whole, Snapshot.of(experiment));
    Answer alone = run("-q", run.resolve("spec.yaml"), "--again");
    assertEquals(0, alone.code(), alone.err());
    for (String mine : MINE) {
      assertEquals("mine", Files.readString(run.resolve(mine)));
    }
  }

  @Test
  void theyStayInDraftsAndFoldersThatAreCalledLikeDrafts() throws IOException {
    Path draft = Files.createDirectory(experiment.resolve("." + run.getFileName() + ".draft"));
    Path other = Files.createDirectory(experiment.resolve(".mine.draft"));
    for (Path folder : List.of(draft, other)) {
      Files.writeString(folder.resolve("metrics.csv"), "step");
      Files.writeString(folder.resolve("mine.txt"), "mine");
    }
    Answer doctor = twister("doctor", "--results", results);
    assertEquals(0, doctor.code(), doctor.out());
    assertTrue(doctor.out().contains(draft.getFileName() + ": has files that are"), doctor.out());
    assertFalse(Files.exists(draft.resolve("metrics.csv")));
    assertEquals("mine", Files.readString(draft.resolve("mine.txt")));
    assertEquals("step", Files.readString(other.resolve("metrics.csv")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics.csv", "run.yaml"})
  void folderWithSomethingInItIsNoFileToBeReplaced(String name) throws IOException {
    Files.delete(run.resolve(name));
    Files.createDirectory(run.resolve(name));
    Files.writeString(run.resolve(name).resolve("mine.txt"), "mine");
    Map<String, String> before = Snapshot.of(run);
    Answer again = sweepAgain();
    assertEquals(1, again.code());
    String problem = run.resolve(name) + ": is a folder, where a file should be; move it away";
    assertTrue(again.err().contains(problem), again.err());
    assertEquals(before, Snapshot.of(run));
  }

  @Test
  void pipeInPlaceOfTheLockOfNotesIsNamedAndNotWaitedFor() throws Exception {
    Path lock = experiment.resolve(".notes.lock");
    assumeTrue(new ProcessBuilder("mkfifo", lock.toString()).start().waitFor() == 0, "no mkfifo");
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          Answer tag = twister("tag", run, "x");
          assertEquals(1, tag.code());
          assertTrue(tag.err().contains(lock + ": is no plain file"), tag.err());
          assertEquals(1, sweepAgain("--again").code());
        });
  }
}
