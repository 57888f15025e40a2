package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.tracking.ExperimentFolder;

class DoctorCommandTest extends CommandLineTest {
  private static final String SWEEP = "training.learning-rate=0.5,1";
  private Path experiment = Path.of("");
  private Path run = Path.of("");
  private Map<String, String> whole = Map.of();

  @BeforeEach
  void sweep() throws IOException {
    assertEquals(0, run("-q", small, "--sweep", SWEEP).code());
    experiment = results.resolve("small");
    run = experiment.resolve(rows(experiment.resolve("runs.csv")).getFirst().get("run"));
    whole = Snapshot.of(experiment);
  }

  private Answer doctor(Object... arguments) {
    Object[] all = new Object[arguments.length + 3];
    all[0] = "doctor";
    all[1] = "--results";
    all[2] = results;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return twister(all);
  }

  @Test
  void soundResultsAreLeftAsTheyAre() throws IOException {
    Answer answer = doctor();
    assertEquals(0, answer.code(), answer.err());
    assertEquals(experiment + ": all is well" + System.lineSeparator(), answer.out());
    assertEquals(whole, Snapshot.of(experiment));
  }

  @Test
  void whatCanBeDerivedIsRepairedUnlessNothingMayChange() throws IOException {
    Files.delete(experiment.resolve("runs.csv"));
    Files.createDirectory(experiment.resolve(".0123456789ab.draft"));
    Files.writeString(run.resolve(".weights.csv.tmp"), "torn");
    Answer dry = doctor("--dry-run", "small");
    assertEquals(1, dry.code());
    assertFalse(Files.exists(experiment.resolve("runs.csv")));
    Answer answer = doctor("small");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("3 findings"), answer.out());
    assertTrue(
        answer.out().contains("runs.csv: is missing; made anew from the runs"), answer.out());
    assertEquals(whole, Snapshot.of(experiment));
    assertFalse(Files.exists(experiment.resolve(".0123456789ab.draft")));
    assertTrue(doctor().out().contains("all is well"));
  }

  @Test
  void tableThatSaysOtherThanTheRunsIsMadeAnew() throws IOException {
    Path table = experiment.resolve("runs.csv");
    String text = Files.readString(table);
    Files.writeString(table, text.replace("finished", "diverged"));
    assertEquals(0, doctor().code());
    assertEquals(text, Files.readString(table));
  }

  @ParameterizedTest
  @CsvSource({
    "metrics.csv, 20, ends in the middle of a line",
    "metrics.csv, 0, ends in the middle of a line",
    "metrics.csv, -1, metrics.csv is missing or empty",
    "metrics.csv, 1, which are not those of 3 steps",
    "weights.csv, 10, ends in the middle of a line",
    "samples.csv, 1, 'samples.csv has 1 names, not 2'",
    "spec.yaml, -1, spec.yaml is missing"
  })
  void damagedRunIsTrainedAnewToTheSameBytes(String name, int length, String problem)
      throws IOException {
    Path file = run.resolve(name);
    if (length < 0) {
      Files.delete(file);
    } else if (length == 1) {
      String text = Files.readString(file);
      Files.writeString(file, text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1));
    } else {
      byte[] bytes = Files.readAllBytes(file);
      Files.writeString(
          file, new String(bytes, 0, length, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
    Answer answer = doctor();
    assertEquals(1, answer.code(), answer.out());
    assertTrue(answer.out().contains(problem), answer.out());
    assertTrue(answer.out().contains("trains it anew"), answer.out());
    assertEquals(0, run("-q", small, "--sweep", SWEEP).code());
    assertEquals(whole, Snapshot.of(experiment));
    assertEquals(0, doctor().code());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 60, 300, 700})
  void tornRecordIsNoRunUntilItIsTrainedAnew(int length) throws IOException {
    Path record = run.resolve("run.yaml");
    Files.write(record, Arrays.copyOf(Files.readAllBytes(record), length));
    Answer answer = run("-q", small, "--sweep", SWEEP);
    assertEquals(0, answer.code(), answer.err());
    assertEquals(whole, Snapshot.of(experiment));
  }

  @Test
  void copiesOfRunsAndOtherFoldersAreNoRuns() throws IOException {
    Path copy = Files.createDirectory(experiment.resolve("copy of " + run.getFileName()));
    Files.copy(run.resolve("run.yaml"), copy.resolve("run.yaml"));
    Path other = Files.createDirectory(experiment.resolve("other"));
    Files.createFile(other.resolve("run.yaml"));
    Files.delete(experiment.resolve("runs.csv"));
    Answer answer = run("-q", small, "--sweep", SWEEP);
    assertEquals(0, answer.code(), answer.err());
    assertEquals(whole.get("runs.csv"), Snapshot.of(experiment).get("runs.csv"));
    assertEquals(0, twister("runs", experiment).code());
    Answer doctor = doctor();
    assertTrue(doctor.out().contains("a copy of the run " + run.getFileName()), doctor.out());
    assertTrue(doctor.out().contains("other: run.yaml cannot be read"), doctor.out());
    assertEquals(
        Files.readString(run.resolve("run.yaml")), Files.readString(copy.resolve("run.yaml")));
  }

  @Test
  void runsLeftInTrainingAreMarkedAndStrangersAreLeft() throws IOException {
    Path record = run.resolve("run.yaml");
    Files.writeString(record, Files.readString(record).replace("finished", "running"));
    Path stranger = Files.createDirectory(experiment.resolve("notes"));
    Answer answer = doctor();
    assertEquals(1, answer.code());
    assertTrue(answer.out().contains("its process ended in the middle of the training"));
    assertTrue(answer.out().contains("notes: there is no run.yaml"), answer.out());
    assertTrue(Files.readString(record).contains("status: failed"));
    assertTrue(Files.isDirectory(stranger));
  }

  @Test
  void divergedAndThinnedAndCountedRunsAreSound() throws IOException {
    run(
        "-q", small, "--set", "training.l2=1", "--set", "training.steps=5000",
        "--sweep", "training.learning-rate=log(0.1,1e300,120)", "--no-charts");
    run("-q", small, "--set", "model={kind: counts}", "--set", "training=null", "--set", "samples.count=0");
    Answer answer = doctor();
    assertEquals(0, answer.code(), answer.out());
    assertTrue(answer.out().contains("all is well"), answer.out());
    assertTrue(
        rows(experiment.resolve("runs.csv")).stream()
            .anyMatch(row -> row.get("status").equals("diverged")));
  }

  @Test
  void busyFolderIsNotTouched() throws IOException {
    Files.delete(experiment.resolve("runs.csv"));
    try (FileChannel _ = new ExperimentFolder(experiment).lock().orElseThrow()) {
      Answer answer = doctor();
      assertEquals(1, answer.code());
      assertTrue(answer.err().contains("in use by another twister"), answer.err());
    }
    assertFalse(Files.exists(experiment.resolve("runs.csv")));
  }
}
