package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class ListCommandTest extends CommandLineTest {
  private Answer list(String format) {
    return twister("list", "--results", results, "--format", format);
  }

  @Test
  void experimentsHaveTheirRunsAndTheBestOfThem() throws IOException {
    run("-q", small, "--set", "training.learning-rate=1");
    run("-q", small, "--set", "training.learning-rate=10");
    run("-q", small, "--set", "training.learning-rate=1e30");
    run("-q", small, "--set", "name=divided", "--set", "data.split={train: 0.4, dev: 0.3}");
    Answer answer = list("csv");
    assertEquals(0, answer.code(), answer.err());
    List<CSVRecord> listed = rows(Files.writeString(folder.resolve("listed.csv"), answer.out()));
    assertEquals(
        List.of("divided", "small"), listed.stream().map(row -> row.get("experiment")).toList());
    CSVRecord divided = listed.getFirst();
    assertEquals("dev_loss", divided.get("decided_by"));
    CSVRecord small = listed.getLast();
    List<CSVRecord> runs = rows(results.resolve("small/runs.csv"));
    CSVRecord best =
        runs.stream()
            .filter(run -> run.get("training.learning-rate").equals("10.0"))
            .findFirst()
            .orElseThrow();
    assertEquals("3", small.get("runs"));
    assertEquals(best.get("loss"), small.get("best_loss"));
    assertEquals(best.get("run"), small.get("best_run"));
    assertEquals("loss", small.get("decided_by"));
    assertTrue(small.get("last_started").matches("20.*T[0-9:]{8}Z"), answer.out());
  }

  @Test
  void experimentThatCannotBeReadHidesNoOther() throws IOException {
    run("-q", small);
    run("-q", small, "--set", "name=torn");
    Files.writeString(results.resolve("torn/runs.csv"), "run,status\nabc\n");
    Answer answer = list("table");
    assertEquals(1, answer.code());
    assertTrue(answer.out().lines().toList().get(1).startsWith("small"), answer.out());
    assertTrue(answer.err().contains("runs.csv, line 1: expected a column"), answer.err());
  }

  @Test
  void folderWithoutExperimentsIsSaidInASentence() {
    Answer answer = list("table");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("there is no such folder; twister run"), answer.err());
  }
}
