package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.tracking.ExperimentFolder;

@Tag("processor")
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
    assertTrue(dry.out().contains("3 findings"), dry.out());
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
  void dryRunFindsAllThatARepairFinds() throws IOException {
    Files.writeString(run.resolve("metrics.csv"), "step,loss\n");
    String dry = doctor("--dry-run", "small").out();
    String repaired = doctor("small").out();
    assertTrue(dry.startsWith(experiment + ": 2 findings\n"), dry);
    assertEquals(
        repaired,
        dry.replace("to be marked as failed", "marked as failed").replace("to be made", "made"));
  }

  @Test
  void tableThatSaysOtherThanTheRunsIsMadeAnew() throws IOException {
    Path table = experiment.resolve("runs.csv");
    String text = Files.readString(table);
    Files.writeString(table, text.replace("finished", "diverged"));
    assertEquals(0, doctor().code());
    assertEquals(text, Files.readString(table));
  }

  @Test
  void changedNumberInTheTableIsBelievedByNobody() throws IOException {
    Path table = experiment.resolve("runs.csv");
    String text = Files.readString(table);
    String loss = rows(table).getFirst().get("loss");
    Files.writeString(table, text.replace(loss, "0.0" + loss));
    for (Object[] command :
        new Object[][] {
          {"runs", experiment},
          {"list", "--results", results},
          {"tag", "small", "x", "--where", "loss < 1", "--results", results},
          {"plot", experiment, "--chart", "loss", "--out", results.resolve("loss.svg")}
        }) {
      Answer answer = twister(command);
      assertEquals(1, answer.code(), answer.out());
      String problem = table + ": is not what was written; twister doctor makes it anew";
      assertTrue(answer.err().contains(problem), answer.err());
    }
    assertEquals(0, run("-q", small, "--sweep", SWEEP).code());
    assertEquals(text, Files.readString(table));
    assertEquals(0, twister("runs", experiment).code());
  }

  @Test
  void tableWithoutAChecksumIsMadeFromTheRunsWheneverItIsRead() throws IOException {
    Path table = experiment.resolve("runs.csv");
    String shown = twister("runs", experiment).out();
    Path seal = experiment.resolve(".runs.csv.sum");
    String sums = Files.readString(seal);
    Files.delete(seal);
    Files.writeString(table, Files.readString(table).replace("finished", "diverged"));
    assertEquals(shown, twister("runs", experiment).out());
    assertFalse(Files.exists(seal));
    assertTrue(doctor().out().contains("runs.csv: does not say what the runs say; made anew"));
    Files.writeString(seal, "damaged");
    assertTrue(doctor().out().contains("runs.csv: has no checksum; made anew from the runs"));
    assertTrue(sums.startsWith(Files.readString(seal)));
    assertEquals(whole, Snapshot.of(experiment));
  }

  @ParameterizedTest
  @CsvSource({
    "metrics.csv, 'learning_rate', 'learning_date'",
    "metrics.csv, '1,', 'a,'",
    "metrics.csv, '\n2,', '\nNaN,'",
    "metrics.csv, '', ''",
    "samples.csv, '1,', '3,'",
    "spec.yaml, 'small', 'smell'",
    "weights.csv, '1', '2'",
    "weights.csv, '\n', ''",
    "bigrams.csv, '', ''",
    "run.yaml, 'training.l2: 0.0', 'training.l2: 0.5'",
    "run.yaml, 'run: ', 'run: 0'",
    "run.yaml, 'words: 3', 'words: 4'",
    "run.yaml, '\nloss: ', '\nloss: 1'"
  })
  void runWithAnyChangedOrMissingFileIsTrainedAnewToTheSameBytes(
      String name, String from, String to) throws IOException {
    Path file = run.resolve(name);
    String text = Files.readString(file);
    String changed = text.replace(from.translateEscapes(), to.translateEscapes());
    if (from.isEmpty()) {
      Files.delete(file);
    } else {
      assertNotEquals(text, changed);
      Files.writeString(file, changed);
    }
    Answer answer = doctor();
    assertEquals(1, answer.code(), answer.out());
    String problem = from.isEmpty() ? " is missing" : " is not what was written";
    assertTrue(
        answer.out().contains("%s: %s%s;".formatted(run.getFileName(), name, problem)),
        answer.out());
    assertTrue(answer.out().contains("trains it anew"), answer.out());
    Answer again = run("-q", small, "--sweep", SWEEP);
    assertEquals(0, again.code(), again.err());
    assertEquals(whole, Snapshot.of(experiment));
    assertEquals(0, doctor().code());
  }

  @Test
  void folderInPlaceOfAFileIsAFinding() throws IOException {
    Files.delete(run.resolve("metrics.csv"));
    Files.createDirectory(run.resolve("metrics.csv"));
    Answer answer = doctor();
    assertTrue(
        answer.out().contains("metrics.csv is a folder, where a file should be; marked as failed"),
        answer.out());
    assertEquals(0, run("-q", small, "--sweep", SWEEP).code());
    assertEquals(whole, Snapshot.of(experiment));
  }

  @ParameterizedTest
  @CsvSource({
    "runs.csv, true, 'is a folder, where a file should be'",
    "spec.yaml, true, 'is a folder, where a file should be'",
    "spec.yaml, false, cannot be read as an experiment",
    "charts, false, 'is a file, where a folder should be'"
  })
  void whatStandsInTheWayOfAFileIsFoundAndTheExaminationGoesOn(
      String name, boolean isFolder, String problem) throws IOException {
    Path place = experiment.resolve(name);
    if (Files.isDirectory(place)) {
      deleteAll(place);
    }
    Files.deleteIfExists(place);
    if (isFolder) {
      Files.createDirectory(place);
    } else {
      Files.write(place, new byte[] {(byte) 0xe4, 0, 17, '\n'});
    }
    Files.delete(run.resolve("metrics.csv"));
    Answer answer = doctor();
    assertEquals(1, answer.code(), answer.err());
    assertTrue(answer.out().contains("  " + name + ": " + problem), answer.out());
    assertTrue(answer.out().contains("metrics.csv is missing"), answer.out());
    if (isFolder) {
      Answer run = run("-q", small, "--sweep", SWEEP);
      assertEquals(1, run.code());
      assertTrue(run.err().contains(place + ": is a folder, where a file"), run.err());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void linkInPlaceOfARunIsNamedAndLeadsNowhere(boolean isThere) throws IOException {
    Path elsewhere = results.resolveSibling("elsewhere");
    Path kept = elsewhere.resolve(".weights.csv.tmp");
    if (isThere) {
      Files.writeString(Files.createDirectories(elsewhere).resolve("run.yaml"), "run: mine\n");
      Files.writeString(kept, "mine");
    }
    deleteAll(run);
    Files.createSymbolicLink(run, elsewhere);
    Answer answer = doctor();
    assertEquals(1, answer.code(), answer.out());
    String problem = run.getFileName() + ": is a link, where a folder should be; left as it is";
    assertTrue(answer.out().contains(problem), answer.out());
    Answer again = run("-q", small, "--sweep", SWEEP);
    assertEquals(1, again.code());
    assertTrue(again.err().contains(run + ": is a link, where a folder should be"), again.err());
    assertTrue(Files.isSymbolicLink(run));
    assertEquals(isThere, Files.exists(kept));
    Files.delete(run);
    assertEquals(0, run("-q", small, "--sweep", SWEEP).code());
    assertEquals(whole, Snapshot.of(experiment));
  }

  @Test
  void chartsAreNotDrawnThroughALink() throws IOException {
    Path elsewhere = Files.createDirectories(results.resolveSibling("elsewhere"));
    Path kept = Files.writeString(elsewhere.resolve(".loss.png.tmp"), "mine");
    deleteAll(experiment.resolve("charts"));
    Files.createSymbolicLink(experiment.resolve("charts"), elsewhere);
    Answer answer = doctor();
    assertEquals(1, answer.code(), answer.out());
    assertTrue(answer.out().contains("charts: is a link, where a folder should be"), answer.out());
    Answer again = run("-q", small, "--sweep", SWEEP);
    assertEquals(1, again.code());
    assertTrue(again.err().contains("charts: is a link, where a folder should be"), again.err());
    try (Stream<Path> files = Files.list(elsewhere)) {
      assertEquals(List.of(kept), files.toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"charts/loss-by-training-learning-rate.png", "RUN/charts/loss.svg"})
  void linkInPlaceOfAChartIsNamedAndLeft(String name) throws IOException {
    Path kept = Files.writeString(results.resolveSibling("kept"), "mine");
    Path chart = experiment.resolve(name.replace("RUN", run.getFileName().toString()));
    Files.createDirectories(chart.getParent());
    Files.deleteIfExists(chart);
    Files.createSymbolicLink(chart, kept);
    Answer answer = doctor();
    assertEquals(1, answer.code(), answer.out());
    String problem = chart.getFileName() + ": is a link, where a file should be; left as it is";
    assertTrue(answer.out().contains(problem), answer.out());
    assertTrue(Files.isSymbolicLink(chart));
    assertEquals("mine", Files.readString(kept));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.yaml", "spec.yaml", "metrics.csv", "weights.csv"})
  void linkInPlaceOfAFileOfARunIsNotReadAndLeadsNowhere(String name) throws IOException {
    Path elsewhere = results.resolveSibling("elsewhere");
    Files.move(run.resolve(name), elsewhere);
    Files.createSymbolicLink(run.resolve(name), elsewhere);
    String before = Files.readString(elsewhere);
    Answer answer = doctor();
    assertEquals(1, answer.code(), answer.out());
    String problem = name + " is a link, where a file should be";
    assertTrue(answer.out().contains(problem), answer.out());
    assertEquals(0, run("-q", small, "--sweep", SWEEP).code());
    assertEquals(whole, Snapshot.of(experiment));
    assertEquals(before, Files.readString(elsewhere));
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs.csv", "spec.yaml", ".lock", "RUN/run.yaml", "RUN/metrics.csv"})
  void pipesAreNamedAndNotWaitedFor(String name) throws Exception {
    Path place = experiment.resolve(name.replace("RUN", run.getFileName().toString()));
    Files.delete(place);
    assumeTrue(
        new ProcessBuilder("mkfifo", place.toString()).start().waitFor() == 0, "needs mkfifo");
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          Answer answer = doctor();
          assertEquals(1, answer.code(), answer.out());
          String all = answer.out() + answer.err();
          assertTrue(all.contains(place.getFileName().toString()), all);
          for (Object[] command :
              new Object[][] {
                {"runs", experiment}, {"compare", run, run}, {"score", "--run", run, "ab"}
              }) {
            twister(command);
          }
          Answer again = run("-q", small, "--sweep", SWEEP);
          boolean isOfRun = name.startsWith("RUN");
          assertEquals(isOfRun ? 0 : 1, again.code(), again.err());
          assertTrue(isOfRun || again.err().contains(place + ": is no plain file"), again.err());
        });
  }

  @Test
  void nothingIsWrittenThroughALinkOfATemporaryName() throws IOException {
    Path kept = Files.writeString(results.resolveSibling("kept"), "mine");
    for (String name : List.of(".runs.csv.tmp", ".spec.yaml.tmp")) {
      Files.createSymbolicLink(experiment.resolve(name), kept);
    }
    assertEquals(0, run("-q", small, "--sweep", SWEEP, "--again").code());
    assertEquals(0, doctor().code());
    assertEquals("mine", Files.readString(kept));
    assertTrue(Files.isSymbolicLink(experiment.resolve(".runs.csv.tmp")));
  }

  @ParameterizedTest
  @CsvSource({"'\nloss: ', '\nloss: 0'", "checksums:, chocksums:", "'run.yaml: ', 'run.yamm: '"})
  void recordThatWasSealedIsNotBelieved(String from, String to) throws IOException {
    Path record = run.resolve("run.yaml");
    String text = Files.readString(record);
    String forged = text.replace(from.translateEscapes(), to.translateEscapes());
    assertNotEquals(text, forged);
    Files.writeString(record, forged);
    String other = rows(experiment.resolve("runs.csv")).getLast().get("run");
    for (Object[] command :
        new Object[][] {
          {"compare", "--results", results, run.getFileName(), other},
          {"score", "--results", results, "--run", run.getFileName(), "ab"}
        }) {
      Answer answer = twister(command);
      assertEquals(1, answer.code(), answer.out());
      assertTrue(answer.err().contains("run.yaml is not what was written"), answer.err());
    }
    Answer first = doctor();
    assertEquals(1, first.code(), first.out());
    assertEquals(1, doctor().code(), "it is not well before it is trained again");
    assertEquals("failed", row(run).get("status"));
    assertEquals("", row(run).get("loss"));
    assertEquals(0, run("-q", small, "--sweep", SWEEP).code());
    assertEquals(whole, Snapshot.of(experiment));
  }

  private CSVRecord row(Path of) throws IOException {
    return rows(experiment.resolve("runs.csv")).stream()
        .filter(row -> row.get("run").equals(of.getFileName().toString()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tableThatIsNotWhatWasWrittenIsNotDrawn() throws IOException {
    Path metrics = run.resolve("metrics.csv");
    Files.writeString(metrics, Files.readString(metrics).replaceFirst("\\n0,", "\n0,1"));
    Answer plot = twister("plot", run, "--out", results.resolve("loss.png"));
    assertEquals(1, plot.code());
    assertTrue(plot.err().contains(metrics + ": is not what was written"), plot.err());
    assertFalse(Files.exists(results.resolve("loss.png")));
    assertEquals(0, run("-q", small, "--sweep", SWEEP).code());
    assertEquals(whole, Snapshot.of(experiment));
  }

  /// The files have holes, which take no place on most disks.
  @Test
  void filesOfGigabytesAreFindingsAboutThem() throws IOException {
    Path[] large = {run.resolve("run.yaml"), experiment.resolve("runs.csv")};
    for (Path file : large) {
      try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
        hole.setLength(3_000_000_000L);
      }
    }
    Answer runs = twister("runs", experiment);
    assertEquals(1, runs.code());
    assertTrue(runs.err().contains("is longer than 16,777,216 bytes; twister doctor"), runs.err());
    Answer answer = doctor();
    assertEquals(1, answer.code(), answer.err());
    assertTrue(answer.out().contains("run.yaml has 3,000,000,000 bytes, allowed"), answer.out());
    assertEquals(0, run("-q", small, "--sweep", SWEEP).code());
    assertEquals(whole, Snapshot.of(experiment));
  }

  @Test
  void runThatWasMarkedStaysAFinding() throws IOException {
    Files.delete(run.resolve("metrics.csv"));
    assertTrue(doctor().out().contains("metrics.csv is missing; marked as failed"));
    Answer again = doctor();
    assertEquals(1, again.code(), again.out());
    String finding = run.getFileName() + ": has failed: damaged: metrics.csv is missing;";
    assertTrue(again.out().contains(finding), again.out());
    assertEquals(0, run("-q", small, "--sweep", SWEEP).code());
    assertEquals(0, doctor().code());
  }

  @Test
  void runWithoutChecksumsIsLeftAsItIs() throws IOException {
    Path record = run.resolve("run.yaml");
    unseal(run);
    String older = Files.readString(record);
    Answer answer = doctor();
    assertEquals(1, answer.code());
    assertTrue(answer.out().contains("run.yaml has no checksums"), answer.out());
    assertEquals(older, Files.readString(record));
  }

  @Test
  void draftsAloneAreAnExperimentToo() throws IOException {
    deleteAll(experiment);
    Path draft = Files.createDirectories(experiment.resolve("." + run.getFileName() + ".draft"));
    Files.createFile(experiment.resolve(".lock"));
    Answer answer = doctor();
    assertEquals(0, answer.code(), answer.err());
    assertFalse(Files.exists(draft));
    assertEquals(0, doctor(experiment).code());
  }

  @Test
  void whatIsNoFolderIsSaidToBeNone() {
    Answer file = twister("doctor", "--results", small);
    assertEquals(2, file.code());
    assertTrue(file.err().contains("is no folder"), file.err());
    Answer nothing = twister("doctor", "--results", results.resolve("nothing"));
    assertTrue(nothing.err().contains("there is no such folder"), nothing.err());
    Answer ofRun = twister("runs", run);
    assertEquals(2, ofRun.code());
    assertTrue(
        ofRun.err().contains("is a run; the experiment is the folder that it is in, " + experiment),
        ofRun.err());
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
    assertEquals(0, doctor.code(), "strangers are none of Twister's");
    assertTrue(doctor.out().contains("a copy of the run " + run.getFileName()), doctor.out());
    assertTrue(doctor.out().contains("other: run.yaml ends in the middle of a line"), doctor.out());
    assertEquals(
        Files.readString(run.resolve("run.yaml")), Files.readString(copy.resolve("run.yaml")));
  }

  @Test
  void runsLeftInTrainingAreMarkedAndStrangersAreLeft() throws IOException {
    Path record = run.resolve("run.yaml");
    String text = Files.readString(record).replace("finished", "running");
    Files.writeString(record, text.substring(0, text.indexOf("checksums:")));
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
        "-q",
        small,
        "--set",
        "training.l2=1",
        "--set",
        "training.steps=5000",
        "--sweep",
        "training.learning-rate=log(0.1,1e300,120)",
        "--no-charts");
    run(
        "-q",
        small,
        "--set",
        "model={kind: counts}",
        "--set",
        "training=null",
        "--set",
        "samples.count=0");
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
