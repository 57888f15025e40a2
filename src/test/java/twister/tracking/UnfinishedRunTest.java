package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedRunTest {
  @TempDir private Path folder;

  private Path run(String id, String status) throws IOException {
    Path run = Files.createDirectories(folder.resolve(id)).resolve("run.yaml");
    return Files.writeString(
        run,
        "run: %s\nstatus: %s\nstarted: '2026-01-01T00:00:00Z'\nsteps: 1\nloss: 1.0\nnll: 1.0\n"
                .formatted(id, status)
            + "data: {uniform-loss: 1.0, lowest-loss: 0.5}\n");
  }

  @Test
  void runsInTrainingAreMarkedAsFailedAndOthersAreLeft() throws IOException {
    Path broken = run("a", "running");
    Path whole = run("b", "finished");
    String before = Files.readString(whole);
    List<Path> left = new ExperimentFolder(folder).failUnfinished("the driver ended it");
    assertEquals(List.of(folder.resolve("a")), left);
    String record = Files.readString(broken);
    assertTrue(record.contains("status: failed"), record);
    assertTrue(record.contains("message: the driver ended it"), record);
    assertEquals(before, Files.readString(whole));
    assertTrue(Files.readString(folder.resolve("runs.csv")).contains("a,failed,"));
  }

  @Test
  void folderOfASweepThatLeftDraftsIsNamed() throws IOException {
    Files.createDirectory(Draft.of(folder.resolve("j35882d4cdb9")));
    assertEquals(
        List.of(folder), new ExperimentFolder(folder).failUnfinished("the driver ended it"));
  }
}
