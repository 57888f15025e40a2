package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is drawn after a training makes no other run: it is drawn anew.
class NewSamplesTest extends CommandLineTest {
  private static final String OTHERS = "samples={count: 7, seed: 3, length-limit: 9}";

  private Path run(String name, String model, String... options) {
    Object[] all = new Object[6 + 2 * options.length];
    all[0] = "-q";
    all[1] = small;
    all[2] = "--set";
    all[3] = "name=" + name;
    all[4] = "--set";
    all[5] = model;
    for (int i = 0; i < options.length; i++) {
      all[6 + 2 * i] = "--set";
      all[7 + 2 * i] = options[i];
    }
    return runFolder(super.run(all));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model={kind: softmax}",
        "model={kind: mlp, block-size: 2, embedding: 3, hidden: 4}",
        "data.order=3"
      })
  void namesDrawnAnewAreThoseThatTheRunWouldHaveHad(String model) throws IOException {
    Path run = run("anew", model);
    Map<String, String> before = Snapshot.of(run);
    Path same = run("anew", model, OTHERS);
    Path fresh = run("fresh", model, OTHERS);
    assertEquals(run, same);
    assertEquals(
        Files.readString(fresh.resolve("samples.csv")),
        Files.readString(run.resolve("samples.csv")));
    assertEquals(
        Files.readString(fresh.resolve("spec.yaml")).replace("name: fresh", "name: anew"),
        Files.readString(run.resolve("spec.yaml")));
    Map<String, String> after = Snapshot.of(run);
    assertNotEquals(before.get("run.yaml"), after.get("run.yaml"), "the checksums");
    for (String file : List.of("weights.csv", "metrics.csv")) {
      assertEquals(before.get(file), after.get(file));
    }
    assertEquals(1, rows(results.resolve("anew").resolve("runs.csv")).size());
    Answer doctor = twister("doctor", "anew", "--results", results);
    assertTrue(doctor.out().contains("all is well"), doctor.out());
  }

  @Test
  void countsDrawAnewToo() throws IOException {
    Path run = run("anew", "model={kind: counts}", "training=null");
    Path same = run("anew", "model={kind: counts}", "training=null", OTHERS);
    Path fresh = run("fresh", "model={kind: counts}", "training=null", OTHERS);
    assertEquals(run, same);
    assertEquals(
        Files.readString(fresh.resolve("samples.csv")),
        Files.readString(run.resolve("samples.csv")));
  }

  @Test
  void nothingIsTrainedAndItIsSaid() {
    run("anew", "model={kind: softmax}");
    Answer answer = super.run(small, "--set", "name=anew", "--set", OTHERS);
    assertTrue(answer.out().contains("is finished; its names are drawn anew"), answer.out());
    assertTrue(answer.out().contains("  samples   "), answer.out());
    Answer again = super.run(small, "--set", "name=anew", "--set", OTHERS);
    assertTrue(again.out().contains("is finished; --again trains it again"), again.out());
  }

  @Test
  void setsAlongTheTrainingNeedItAgainInTheSameFolder() throws IOException {
    Path run = run("anew", "model={kind: softmax}");
    Path same = run("anew", "model={kind: softmax}", "samples.every=1");
    assertEquals(run, same);
    assertEquals(
        List.of("0", "1", "2"),
        rows(run.resolve("samples.csv")).stream().map(row -> row.get("step")).distinct().toList());
    assertEquals(1, rows(results.resolve("anew").resolve("runs.csv")).size());
  }

  @Test
  void runsOfASweepDrawAnewAndRankNoTieWithThemselves() throws IOException {
    Object[] command = {small, "--sweep", "training.learning-rate=0.5,1"};
    assertEquals(0, super.run(command).code());
    List<CSVRecord> before = rows(results.resolve("small").resolve("runs.csv"));
    Object[] other = {small, "--sweep", "training.learning-rate=0.5,1", "--set", OTHERS};
    Answer answer = super.run(other);
    assertEquals(0, answer.code(), answer.err());
    List<CSVRecord> after = rows(results.resolve("small").resolve("runs.csv"));
    assertEquals(
        before.stream().map(CSVRecord::toMap).toList(),
        after.stream().map(CSVRecord::toMap).toList());
    for (CSVRecord row : after) {
      Path run = results.resolve("small").resolve(row.get("run"));
      assertEquals(8, Files.readAllLines(run.resolve("samples.csv")).size());
    }
    assertFalse(answer.out().contains("no difference to rank 1"), answer.out());
    assertTrue(twister("doctor", "small", "--results", results).out().contains("all is well"));
  }

  @Test
  void samplesCannotVaryInASweep() {
    Answer answer = super.run(small, "--sweep", "samples.count=1,2");
    assertEquals(2, answer.code());
    assertTrue(
        answer
            .err()
            .contains(
                "sweep.samples.count cannot vary, as names are drawn after the training, which they"
                    + " do not change; allowed: keys below data, model and training"),
        answer.err());
  }
}
