package twister.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.spec.SpecReader;
import twister.yaml.InvalidInputException;

@Tag("processor")
class RunRecordTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("run.yaml"), text);
  }

  @Test
  void whatIsWrittenIsReadBackEqual() throws IOException {
    RecordsOfTests records = new RecordsOfTests(1);
    Path run = Files.createDirectory(Draft.of(folder.resolve("a"))); // which is not forced to disk
    Path file = run.resolve("run.yaml");
    Files.writeString(run.resolve("spec.yaml"), "name: a\n");
    for (int i = 0; i < 1000; i++) {
      RunRecord record = records.next();
      record.write(file);
      assertEquals(record, RunRecord.read(file));
      String text = Files.readString(file);
      RunRecord.read(file).write(file);
      assertEquals(text, Files.readString(file));
    }
  }

  @Test
  void settingsAreReadBackAsTheyWereBegunWith() throws IOException, InvalidInputException {
    Path experiment =
        Files.writeString(
            folder.resolve("x.yaml"),
            """
            data: {file: names.txt}
            model: {kind: softmax, init: {seed: 2147483648}}
            training:
              steps: 100
              learning-rate: [{until: 1, rate: 100}, {until: 100, rate: 1e-4}]
            """);
    RunRecord run = RecordsOfTests.inTraining(27, Map.of());
    RunSettings settings = RunSettings.of(SpecReader.read(experiment, List.of()));
    RunRecord begun = RunRecord.begun(run.id(), settings, run.provenance());
    begun.write(folder.resolve("run.yaml"));
    assertEquals(begun, RunRecord.read(folder.resolve("run.yaml")));
    assertEquals(
        Map.of(
            "data.order",
            2,
            "model.kind",
            "softmax",
            "model.init.generator",
            "torch-cpu",
            "model.init.seed",
            2147483648L,
            "training.steps",
            100,
            "training.learning-rate",
            "until 1 rate 100.0; rate 1.0E-4",
            "training.l2",
            0.0,
            "training.path",
            "counts",
            "training.accumulate-gradients",
            false),
        begun.settings());
    Path written = Files.writeString(folder.resolve("settings.yaml"), settings.yaml());
    assertEquals(Yaml.flat(Yaml.read(written)), settings.values());
  }

  @Test
  void recordIsWrittenInAFixedOrder() throws IOException {
    Files.writeString(folder.resolve("spec.yaml"), "name: a\n");
    RunRecord run = RecordsOfTests.inTraining(27, Map.of("model.kind", "counts"));
    RunRecord.Outcome outcome =
        new RunRecord.Outcome(
            Instant.EPOCH, 1, 10, 2.5, 2.25, Map.of("dev", 2.75), "stopped after step 9");
    run.ended(RunStatus.FINISHED, outcome).write(folder.resolve("run.yaml"));
    String text = Files.readString(folder.resolve("run.yaml"));
    assertEquals(
        """
        run: 0123456789ab
        status: finished
        started: 1970-01-01T00:00:00Z
        ended: 1970-01-01T00:00:00Z
        training-seconds: 1.0
        steps: 10
        loss: 2.5
        nll: 2.25
        split-loss:
          dev: 2.75
        message: stopped after step 9
        twister:
          version: '1'
        device:
          index: cpu
          backend: cpu
          name: a processor
          driver: a JDK
        jdk: '25'
        os: an OS
        data:
          file: names.txt
          sha256: '0'
          words: 10
          empty-lines: 0
          examples: 60
          symbols: 27
          contexts: 27
          uniform-loss: 3.0
          lowest-loss: 2.0
        settings:
          model.kind: counts
        checksums:
          spec.yaml: 69fd44a9
          run.yaml: '5312330f'
        """,
        text);
  }

  @Test
  void recordsOfOlderVersionsLackWhatTheyDidNotWrite() throws IOException {
    Path file =
        file(
            """
            run: 0123456789ab
            status: diverged
            started: '2026-01-01T00:00:00Z'
            ended: '2026-01-01T00:00:01Z'
            training-seconds: 1.5
            steps: 12
            loss: .nan
            nll: .nan
            twister: 0.1
            code:
              commit: c0ffee
              dirty: true
            device:
              backend: cpu
              name: a processor
            data:
              file: names.txt
              symbols: 27
              uniform-loss: 3.3
              lowest-loss: 2
            settings:
              model: {kind: softmax}
              training: {batch: 32}
            """);
    RunRecord run = RunRecord.read(file);
    assertEquals(RunStatus.DIVERGED, run.status());
    assertEquals(Map.of("model.kind", "softmax", "training.batch", 32), run.settings());
    assertEquals(
        new Provenance(
            new TwisterVersion("0.1", Optional.empty()),
            new Provenance.UsedDevice("", "cpu", "a processor", ""),
            new Provenance.Platform("", ""),
            new Provenance.Data("names.txt", "", 0, 0, 0, 27, 0, 3.3, 2),
            Optional.of(new Provenance.Commit("c0ffee", true))),
        run.provenance());
    assertEquals(
        Optional.of(
            new RunRecord.Outcome(
                Instant.parse("2026-01-01T00:00:01Z"),
                1.5,
                12,
                Double.NaN,
                Double.NaN,
                Map.of(),
                "")),
        run.outcome());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status: finished\\nstarted: '2026-01-01T00:00:00Z' | : lacks run, which every run has",
        "run: a\\nstatus: fine | : status: expected running, finished, diverged, failed,"
            + " interrupted, found 'fine'",
        "run: a\\nstatus: running\\nstarted: now | : started: expected a time such as"
            + " 2026-01-31T12:00:00Z, found 'now'",
        "run: a\\nstatus: running\\nstarted: '2026-01-01T00:00:00Z'\\ndata: {words: -1} | :"
            + " data.words: expected a whole number from 0 to 2147483647, found '-1'",
        "run: a\\nstatus: running\\nstarted: '2026-01-01T00:00:00Z'\\ndata: {uniform-loss: x} | :"
            + " data.uniform-loss: expected a number, found 'x'",
        "run: a\\nrun: b | :2:1: run: found a second time, given first at line 1",
      })
  void whatIsNoRecordIsRefusedByFileAndKey(String text, String message) throws IOException {
    Path file = file(text.replace("\\n", "\n") + "\n");
    IOException refused = assertThrows(IOException.class, () -> RunRecord.read(file));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith(file + message), refused.getMessage());
    assertEquals(Optional.empty(), new RunFolder(folder).record());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "run: a",
        "- a\n",
        "a\n",
        "\0[\n",
        "? \n: a\n",
        "~: a\n",
        "run: &a [*a]\n",
        "&a run: *a\n",
        "run: &a {b: *a}\n",
        "run: \"\\U80000000\"\n",
        "run: \"\\UFFFFFFFF\"\n",
        "run: !!int x\n",
        "--- a\n--- b\n",
        "run: {\n"
      })
  void foreignFileIsNoRun(String text) throws IOException {
    Path file = file(text);
    IOException refused = assertThrows(IOException.class, () -> RunRecord.read(file));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(file.toString()));
    assertEquals(Optional.empty(), new RunFolder(folder).record());
  }

  @Test
  void foldedAndLargeFilesAreNoRuns() throws IOException {
    StringBuilder laughs = new StringBuilder("a: &a [ha, ha]\n");
    for (char name = 'b'; name < 'z'; name++) {
      char before = (char) (name - 1);
      laughs.append("%s: &%s [*%s, *%s, *%s]\n".formatted(name, name, before, before, before));
    }
    for (String text :
        new String[] {
          "run: " + "[".repeat(5000) + "]".repeat(5000) + "\n",
          "run: " + "{a: ".repeat(5000) + "}".repeat(5000) + "\n",
          laughs.toString(),
          "run: " + "a".repeat(11_000_000) + "\n"
        }) {
      Path file = file(text);
      assertThrows(IOException.class, () -> RunRecord.read(file));
    }
  }

  @Test
  void missingFilesAndFoldersAreNoRuns() throws IOException {
    assertThrows(IOException.class, () -> RunRecord.read(folder.resolve("run.yaml")));
    assertEquals(Optional.empty(), new RunFolder(folder).record());
    Files.createDirectory(folder.resolve("run.yaml"));
    assertThrows(IOException.class, () -> RunRecord.read(folder.resolve("run.yaml")));
    assertEquals(Optional.empty(), new RunFolder(folder).record());
  }
}
