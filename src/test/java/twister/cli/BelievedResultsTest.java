package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.tracking.RunRecord;
import twister.tracking.RunStatus;

/// What is not so is not believed: every command that needs it says so with exit code 1.
@Tag("processor")
class BelievedResultsTest extends CommandLineTest {
  private Path experiment = Path.of("");
  private Path run = Path.of("");
  private Path other = Path.of("");

  @BeforeEach
  void train() throws IOException {
    assertEquals(
        0,
        run(
                "-q",
                "--no-charts",
                small,
                "--set",
                "data.split={train: 0.7, dev: 0.3}",
                "--sweep",
                "training.learning-rate=0.5,1")
            .code());
    experiment = results.resolve("small");
    List<CSVRecord> rows = rows(experiment.resolve("runs.csv"));
    run = experiment.resolve(rows.getFirst().get("run"));
    other = experiment.resolve(rows.getLast().get("run"));
  }

  private Answer command(String name) {
    return switch (name) {
      case "compare" -> twister("compare", run, other);
      case "score" -> twister("score", "--run", run, "ava");
      case "sample" -> twister("sample", run, "--count", 1);
      case "plot" -> twister("plot", run, "--dev", "--out", folder.resolve("loss.png"));
      case "plot all" ->
          twister("plot", experiment, "--chart", "losses", "--out", folder.resolve("all.png"));
      case "runs" -> twister("runs", experiment);
      case "list" -> twister("list", "--results", results);
      case "doctor" -> twister("doctor", "--results", results);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void replace(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    String changed = text.replaceFirst("(?m)" + from, to);
    assertNotEquals(text, changed);
    Files.writeString(file, changed);
  }

  private void assertRefused(String command, String file) {
    Answer answer = command(command);
    assertEquals(1, answer.code(), command + answer.err());
    assertTrue((answer.out() + answer.err()).contains(file), command + answer.err());
    assertFalse(answer.out().contains("loss"), command + answer.out());
  }

  @ParameterizedTest
  @CsvSource({
    "run.yaml, ^loss: ., loss: 7, compare score sample plot doctor",
    "spec.yaml, steps: 3, steps: 4, score sample doctor",
    "metrics.csv, ^1, 7, compare plot doctor",
    "evaluation.csv, '[0-9]$', 77, plot doctor",
    "weights.csv, '[0-9]$', 77, score sample doctor"
  })
  void changedFileOfARunIsRefusedWithOneExitCode(
      String file, String from, String to, String commands) throws IOException {
    replace(run.resolve(file), from, to);
    for (String command : commands.split(" ", -1)) {
      assertRefused(command, command.equals("doctor") ? "" : file);
    }
  }

  @Test
  void changedTableIsRefusedWithTheSameExitCode() throws IOException {
    replace(experiment.resolve("runs.csv"), "finished", "diverged");
    assertRefused("runs", "runs.csv");
    assertEquals(1, command("list").code());
    assertRefused("plot all", "runs.csv");
  }

  @Test
  void changedExperimentRanksNothing() throws IOException {
    replace(experiment.resolve("spec.yaml"), "seed: 2147483647", "seed: 2147483646");
    assertRefused("runs", "spec.yaml: is not what was written");
    assertEquals(1, command("list").code());
    assertEquals(1, command("doctor").code());
  }

  /// Also where nothing is left to train, as the doctor says; one that can be believed stays.
  @ParameterizedTest
  @ValueSource(strings = {"changed", "missing", "unreadable"})
  void experimentThatCannotBeBelievedIsWrittenAnew(String what) throws IOException {
    Path spec = experiment.resolve("spec.yaml");
    String sweep = Files.readString(spec);
    Object[] single = {"-q", "--no-charts", small, "--set", "data.split={train: 0.7, dev: 0.3}"};
    assertEquals(0, run(single).code());
    assertEquals(sweep, Files.readString(spec));
    switch (what) {
      case "changed" -> replace(spec, "seed: 2147483647", "seed: 2147483646");
      case "missing" -> Files.delete(spec);
      default -> Files.writeString(spec, "[");
    }
    assertEquals(0, run(single).code());
    assertEquals(0, command("doctor").code());
    assertEquals(0, command("list").code());
    assertTrue(Files.readString(spec).contains("learning-rate: 1.0"), Files.readString(spec));
  }

  /// Once the doctor has marked a run as failed, its files are those that were damaged.
  @ParameterizedTest
  @ValueSource(strings = {"weights.csv", "metrics.csv", "evaluation.csv"})
  void filesOfAFailedRunAreRefused(String file) throws IOException {
    replace(run.resolve(file), "[0-9]$", "77");
    assertEquals(1, command("doctor").code());
    for (String command : List.of("score", "sample", "plot")) {
      assertRefused(command, "failed");
    }
    Answer compared = command("compare");
    assertEquals(1, compared.code(), compared.err());
    assertTrue(compared.err().contains("has failed: damaged: " + file), compared.err());
    assertTrue(compared.out().contains("failed"), compared.out());
    assertTrue(compared.out().contains("no steps in common"), compared.out());
    assertEquals(1, command("doctor").code());
  }

  @Test
  void recordOfAFailedRunIsSealed() throws IOException {
    replace(run.resolve("weights.csv"), "[0-9]$", "77");
    command("doctor");
    replace(run.resolve("run.yaml"), "^status: failed", "status: finished");
    assertRefused("score", "run.yaml is not what was written");
  }

  @Test
  void filesOfAnInterruptedRunAreSealed() throws IOException {
    RunRecord record = RunRecord.read(run.resolve("run.yaml"));
    RunRecord.Outcome ended =
        new RunRecord.Outcome(Instant.now(), 1, 2, 1, 1, Map.of(), "interrupted");
    record.ended(RunStatus.INTERRUPTED, ended).write(run.resolve("run.yaml"));
    assertEquals(0, command("plot").code());
    assertEquals(0, command("compare").code());
    replace(run.resolve("metrics.csv"), "^1", "7");
    assertRefused("plot", "metrics.csv");
    assertRefused("compare", "metrics.csv");
    assertTrue(command("doctor").out().contains("metrics.csv is not what was written"));
    assertEquals("failed", RunRecord.read(run.resolve("run.yaml")).status().word());
  }

  @Test
  void filesWithoutTheRecordOfTheirRunAreRefused() throws IOException {
    replace(run.resolve("evaluation.csv"), "[0-9]$", "77");
    Files.delete(run.resolve("run.yaml"));
    assertRefused("plot all", "run.yaml: is missing");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "links differ")
  void filesBesideALinkToARecordAreRefused() throws IOException {
    replace(run.resolve("evaluation.csv"), "[0-9]$", "77");
    Files.move(run.resolve("run.yaml"), folder.resolve("elsewhere.yaml"));
    Files.createSymbolicLink(run.resolve("run.yaml"), folder.resolve("elsewhere.yaml"));
    assertRefused("plot", "run.yaml: is a link");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run --results ELSEWHERE", "plan", "validate"})
  void changedSpecIsNoExperimentThatWasRun(String command) throws IOException {
    String elsewhere = folder.resolve("elsewhere").toString();
    List<Object> words = List.of((Object[]) command.replace("ELSEWHERE", elsewhere).split(" ", -1));
    for (Path spec : List.of(run.resolve("spec.yaml"), experiment.resolve("spec.yaml"))) {
      Map<String, String> before = Snapshot.of(results);
      assertEquals(0, twister(and(words, "--set", "charts=[]", spec)).code());
      assertEquals(before, Snapshot.of(results));
      replace(spec, "steps: 3", "steps: 4");
      Answer answer = twister(and(words, spec));
      assertEquals(2, answer.code(), answer.err());
      assertTrue(answer.err().contains(spec + ": is not what was written"), answer.err());
      Path copy = Files.copy(spec, folder.resolve("mine.yaml"));
      assertEquals(0, twister("validate", copy).code());
      Files.delete(copy);
    }
  }

  private static Object[] and(List<Object> words, Object... more) {
    return Stream.concat(words.stream(), Stream.of(more)).toArray();
  }
}
