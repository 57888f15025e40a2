package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import twister.GoldenFile;
import twister.report.RunSummary;

class RunCommandTest extends CommandLineTest {
  private static final String BIGRAM = "experiments/bigram.yaml";

  @Test
  void experimentOfTheReadmeLeavesWhatItPromises() throws IOException {
    Answer answer = run(BIGRAM);
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("loss      2.4727 nats per character"), answer.out());
    assertTrue(answer.out().contains("3.2958 uniform (ln 27), 2.4540 lowest"), answer.out());
    assertTrue(answer.out().contains("samples   junide, janasah, p, cfay, a\n"), answer.out());
    assertTrue(answer.out().contains("expected  loss at 4 steps, 0 to 99: met"), answer.out());
    Path runs = results.resolve("bigram/runs.csv");
    CSVRecord row = rows(runs).getFirst();
    assertEquals("finished", row.get("status"));
    assertEquals(2.47265272, Double.parseDouble(row.get("loss")), 1e-6);
    assertEquals("50.0", row.get("training.learning-rate"));
    Path run = results.resolve("bigram").resolve(row.get("run"));
    for (String name : List.of("loss", "bigrams", "bigram-probabilities")) {
      assertTrue(Files.size(run.resolve("charts/" + name + ".png")) > 10_000);
      assertTrue(Files.readString(run.resolve("charts/" + name + ".svg")).contains("<svg"));
    }
    List<CSVRecord> metrics = rows(run.resolve("metrics.csv"));
    List<CSVRecord> published = GoldenFile.rows("micrograduate-loss.csv");
    assertEquals(published.size(), metrics.size());
    for (int step = 0; step < 100; step++) {
      double loss = Double.parseDouble(metrics.get(step).get("loss"));
      assertEquals(Double.parseDouble(published.get(step).get("loss")), loss, 2e-6);
    }
    List<String> names =
        rows(run.resolve("samples.csv")).stream().map(sample -> sample.get("name")).toList();
    assertEquals(20, names.size());
    assertEquals("junide.", names.getFirst());
    assertEquals(730, Files.readAllLines(run.resolve("bigrams.csv")).size());
    assertEquals(730, Files.readAllLines(run.resolve("weights.csv")).size());
  }

  @Test
  void finishedRunIsNotTrainedAgainUnlessAsked() throws IOException {
    Path run = runFolder(run("-q", small));
    byte[] record = Files.readAllBytes(run.resolve("run.yaml"));
    byte[] weights = Files.readAllBytes(run.resolve("weights.csv"));
    Files.delete(results.resolve("small/runs.csv"));
    Answer second = run(small);
    assertEquals(0, second.code());
    assertEquals("finished", rows(results.resolve("small/runs.csv")).getFirst().get("status"));
    assertTrue(second.out().contains("is finished; --again trains it again"), second.out());
    assertEquals(
        new String(record, StandardCharsets.UTF_8), Files.readString(run.resolve("run.yaml")));
    assertEquals(run, runFolder(run("-q", "--again", small)));
    assertFalse(
        new String(record, StandardCharsets.UTF_8)
            .equals(Files.readString(run.resolve("run.yaml"))));
    assertEquals(
        new String(weights, StandardCharsets.UTF_8), Files.readString(run.resolve("weights.csv")));
  }

  @Test
  void resolvedSpecAloneRepeatsTheRun() throws IOException {
    Path run = runFolder(run("-q", small, "--set", "training.learning-rate=2"));
    Files.copy(folder.resolve("words.txt"), run.resolve("words.txt"));
    assertEquals(run, runFolder(run("-q", run.resolve("spec.yaml"))));
    assertEquals(run, runFolder(run("-q", "--again", run.resolve("spec.yaml"))));
  }

  @Test
  void resolvedSpecRefusesOtherWords() throws IOException {
    Path run = runFolder(run("-q", small));
    Path words = folder.resolve("words.txt");
    Files.writeString(words, Files.readString(words) + "mia\n");
    Path spec = Files.copy(run.resolve("spec.yaml"), folder.resolve("again.yaml"));
    Answer other = run("-q", spec);
    assertEquals(2, other.code());
    assertTrue(
        other
            .err()
            .matches(
                "(?s).*words.txt: has the sha256 \\w{64}, but data.sha256 wants \\w{64}: the words"
                    + " are other ones; --set data.sha256=null takes them all the same\n"),
        other.err());
    assertNotEquals(run, runFolder(run("-q", spec, "--set", "data.sha256=null")));
  }

  @Test
  void overriddenKeysMakeRunsOfTheirOwn() throws IOException {
    run(small);
    run(small, "--set", "training.learning-rate=2", "--set", "training.path=examples");
    run(small, "--set", "training={steps: 4, learning-rate: [{until: 1, rate: 3}, {rate: 0.5}]}");
    List<CSVRecord> runs = rows(results.resolve("small/runs.csv"));
    assertEquals(
        List.of("1.0", "2.0", "until 1 rate 3.0; rate 0.5"),
        runs.stream().map(row -> row.get("training.learning-rate")).toList());
    assertEquals("examples", runs.get(1).get("training.path"));
  }

  @Test
  void longerNgramsAreRunsOfTheirOwnWithATableOfTheirOwn() throws IOException {
    Path bigrams = runFolder(run("-q", small));
    Answer answer = run(small, "--set", "data.order=3", "--set", "charts=[loss]");
    assertTrue(answer.out().contains("softmax of order 3, 14 contexts"), answer.out());
    List<CSVRecord> runs = rows(results.resolve("small/runs.csv"));
    assertEquals(List.of("2", "3"), runs.stream().map(row -> row.get("data.order")).toList());
    Path run = bigrams.resolveSibling(runs.getLast().get("run"));
    assertFalse(Files.exists(run.resolve("bigrams.csv")));
    List<CSVRecord> ngrams = rows(run.resolve("ngrams.csv"));
    assertEquals(
        List.of("..", "a", "1"),
        Stream.of("context", "next", "count").map(ngrams.getFirst()::get).toList());
    assertEquals(16, ngrams.stream().mapToInt(row -> Integer.parseInt(row.get("count"))).sum());
    assertEquals(14 * 8 + 1, Files.readAllLines(run.resolve("weights.csv")).size());
    assertTrue(
        Files.readString(run.resolve("charts/loss.svg")).contains("lowest possible (counts)"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void countsModelOfAnyOrderHasTheLowestLoss(int order) throws IOException {
    Files.writeString(
        small,
        """
        name: counts
        question: How good are the counts?
        data: {file: words.txt, order: %d}
        model: {kind: counts}
        """
            .formatted(order));
    run(small, "--no-charts");
    CSVRecord row = rows(results.resolve("counts/runs.csv")).getFirst();
    assertEquals(row.get("lowest_loss"), row.get("loss"));
  }

  @Test
  void setsOfNamesAlongTheTrainingAreThoseOfShorterTrainings() throws IOException {
    List<String> sets = new ArrayList<>();
    for (int steps = 1; steps <= 5; steps += 2) {
      Path run = runFolder(run("-q", small, "--set", "training.steps=" + steps));
      sets.addAll(lines(run.resolve("samples.csv")));
    }
    for (String path : List.of("counts", "examples")) {
      Answer answer =
          run(
              small,
              "--set",
              "training.steps=5",
              "--set",
              "samples.every=2",
              "--set",
              "training.path=" + path);
      assertEquals(0, answer.code(), answer.err());
      assertTrue(
          answer
              .out()
              .contains(
                  RunSummary.samples(last().resolve("samples.csv"), OptionalInt.of('.'), 100)));
      assertEquals(sets, lines(last().resolve("samples.csv")));
    }
  }

  @Test
  void lastSetOfNamesFollowsTheLastStep() throws IOException {
    Path run =
        runFolder(
            run(
                "-q",
                small,
                "--set",
                "samples={count: 1, every: 2, reseed: false}",
                "--set",
                "training.steps=4"));
    assertEquals(
        List.of("0", "2", "3"),
        rows(run.resolve("samples.csv")).stream().map(row -> row.get("step")).toList());
  }

  private static List<String> lines(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    return lines.subList(1, lines.size());
  }

  /// The folder of the run that was started last.
  private Path last() throws IOException {
    Path runs = results.resolve("small/runs.csv");
    CSVRecord newest =
        rows(runs).stream()
            .max(Comparator.comparing(row -> Instant.parse(row.get("started"))))
            .orElseThrow();
    return runs.resolveSibling(newest.get("run"));
  }

  @Test
  void countsModelNeedsNoTraining() throws IOException {
    Files.writeString(
        small,
        """
        name: counts
        question: How good are the counts?
        data: {file: words.txt}
        model: {kind: counts, smoothing: 1}
        charts: []
        """);
    Path run = runFolder(run("-q", small));
    assertEquals("0", rows(run.resolve("metrics.csv")).getFirst().get("step"));
    assertFalse(Files.exists(run.resolve("weights.csv")));
    assertTrue(run(small).out().contains("is finished"));
  }

  @Test
  void divergedRunKeepsItsLossesAndSaysSo() throws IOException {
    Answer answer =
        run(
            small,
            "--set",
            "training.steps=50",
            "--set",
            "training.l2=1e20",
            "--set",
            "training.learning-rate=1e20",
            "--set",
            "charts=[loss]");
    assertEquals(3, answer.code());
    assertTrue(answer.err().contains("is not a finite number"), answer.err());
    CSVRecord row = rows(results.resolve("small/runs.csv")).getFirst();
    assertEquals("diverged", row.get("status"));
    Path run = results.resolve("small").resolve(row.get("run"));
    assertEquals("Infinity", rows(run.resolve("metrics.csv")).getLast().get("loss"));
    assertTrue(Files.exists(run.resolve("charts/loss.png")));
  }

  @Test
  void divergedRunEndsTheSameWayTheNextTimeWhateverItExpects() throws IOException {
    Files.writeString(
        small,
        Files.readString(small)
            .replace("steps: 3, learning-rate: 1", "steps: 50, learning-rate: 1e20, l2: 1e20"));
    Path expecting = folder.resolve("expecting.yaml");
    Files.writeString(
        expecting,
        Files.readString(small).replace("name: small", "name: expecting") + "expect: {words: 4}\n");
    for (Path file : List.of(small, expecting)) {
      Answer first = run(file);
      assertEquals(3, first.code(), first.err());
      Answer second = run(file);
      assertEquals(3, second.code(), second.out());
      assertTrue(
          second.err().matches("(?s)twister: .*: run .* diverged at step [0-9]+; --again .*"),
          second.err());
      assertFalse(second.out().contains("is finished"), second.out());
    }
    assertEquals(3, twister("reproduce", expecting, "--results", results).code());
    assertEquals(1, run(small, "--set", "training.l2=0", "--set", "expect.words=4").code());
  }

  @Test
  void samplesOfManyLettersAreCutOnTheTerminal() throws IOException {
    Files.writeString(folder.resolve("words.txt"), "a".repeat(1000) + "\n");
    Answer answer = run(small, "--set", "model.kind=counts", "--set", "training=null");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(
        answer.out().contains("  samples   " + "a".repeat(23) + "…, " + "a".repeat(23) + "…\n"),
        answer.out());
  }

  @Test
  void unmetExpectationFailsTheCommandAndKeepsTheRun() throws IOException {
    Answer answer = run(small, "--set", "expect={loss: {1: 1.5}, within: 0.1}");
    assertEquals(1, answer.code());
    assertTrue(answer.out().contains("expected  loss at step 1: NOT MET"), answer.out());
    assertEquals("finished", rows(results.resolve("small/runs.csv")).getFirst().get("status"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.steps=0       | training.steps",
        "training.steps=-3      | training.steps",
        "training.learning-rate=.nan | training.learning-rate",
        "name=a/b               | name",
        "name=..                | name",
        "training.stepz=3       | did you mean",
        "data.file=gone.txt     | small.yaml: data.file: there is no file gone.txt; looked for in"
            + " the current folder, in ",
      })
  void wrongInputIsRefusedAndNothingIsWritten(String override, String message) throws IOException {
    Answer answer = run(small, "--set", override);
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains(message), answer.err());
    assertFalse(answer.err().contains("Exception"), answer.err());
    assertFalse(Files.exists(results));
  }

  @Test
  void heatmapOfTooManySymbolsIsRefused() throws IOException {
    StringBuilder words = new StringBuilder();
    for (int symbol = 0x4e00; symbol < 0x4e00 + 1000; symbol++) {
      words.appendCodePoint(symbol).append('\n');
    }
    Files.writeString(folder.resolve("words.txt"), words);
    Answer answer = run(small, "--set", "charts=[bigrams]");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("1,001 different symbols, too many"), answer.err());
    assertFalse(Files.exists(results));
  }

  @Test
  void mistakesOfAllFilesAreReportedBeforeAnyRuns() throws IOException {
    Path other = Files.writeString(folder.resolve("other.yaml"), "name: other\n");
    Answer answer = run(small, other, folder.resolve("third.yaml"));
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("other.yaml"), answer.err());
    assertTrue(answer.err().contains("third.yaml"), answer.err());
    assertFalse(Files.exists(results));
  }

  @Test
  void resultsFolderThatIsAFileIsRefused() throws IOException {
    Files.writeString(results, "in the way");
    Answer answer = run(small);
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("is a file; allowed: a folder"), answer.err());
    assertEquals("in the way", Files.readString(results));
  }

  @Test
  void unfinishedRunIsTrainedAnew() throws IOException {
    Path run = runFolder(run("-q", small));
    Path record = run.resolve("run.yaml");
    Files.writeString(
        record, Files.readString(record).replace("status: finished", "status: running"));
    Files.writeString(run.resolve("metrics.csv"), "step,loss\n0,3.");
    assertEquals(run, runFolder(run("-q", small)));
    assertEquals(3, rows(run.resolve("metrics.csv")).size());
  }

  @Test
  void emptyResultsFolderIsRefused() {
    Answer answer = twister("run", small, "--results", "");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("found nothing, allowed: a folder"), answer.err());
  }

  @Test
  void oneLetterCorpusHasALowestLossOfPlainZero() throws IOException {
    Files.writeString(folder.resolve("words.txt"), "a");
    Answer answer = run(small, "--set", "samples.count=0");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("1 word, 2 examples"), answer.out());
    assertTrue(answer.out().contains(" 0.0000 lowest possible"), answer.out());
    assertFalse(answer.out().contains("  samples  "), answer.out());
  }

  @Test
  void emptySampledNamesAreNamedEmpty() throws IOException {
    Path samples =
        Files.writeString(
            folder.resolve("samples.csv"), "step,position,name\n0,1,no.\n2,1,.\n2,2,ab.\n");
    assertEquals("  samples   (empty), ab", RunSummary.samples(samples, OptionalInt.of('.'), 100));
  }

  @Test
  void sampledNamesWithCommasAndSpacesAreQuoted() throws IOException {
    Path samples =
        Files.writeString(
            folder.resolve("samples.csv"),
            "step,position,name\n0,1,\"a,b.\"\n0,2,new york.\n0,3,ab\n0,4,c.\n");
    assertEquals(
        "  samples   \"a,b\", \"new york\", ab…, c",
        RunSummary.samples(samples, OptionalInt.of('.'), 100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{target: 2.5}                | stops at a train loss of 2.5, looked at every 10",
        "{patience: 1000, every: 5}   | stops 1,000 steps after the lowest train loss, looked at",
        "{target: 2, patience: 9}     | stops at a train loss of 2 or 9 steps after the lowest,"
            + " looked"
      })
  void headerAndPlanSayWhenATrainingStops(String stop, String expected) {
    String set = "training.stop=" + stop;
    Answer run = run(small, "--set", set);
    assertTrue(run.out().contains("learning rate 1, " + expected), run.out());
    Answer plan = twister("plan", small, "--set", set, "--results", results);
    assertTrue(
        plan.out().contains(", less where training.stop ends a run (" + expected), plan.out());
    Answer sweep = twister("plan", small, "--sweep", "training.stop=[" + stop + ",{target: 1}]");
    assertTrue(sweep.out().contains("ends a run (it varies)"), sweep.out() + sweep.err());
  }

  @Test
  void unknownCommandIsToldWhichThereAre() {
    Answer answer = twister("foo");
    assertEquals(2, answer.code());
    assertEquals(
        "twister: foo is not a command; there are: init, run, plan, reproduce, validate, data,"
            + " list, runs, tag, note, compare, plot, report, watch, export, doctor, score,"
            + " sample, devices, schema, completion\n",
        answer.err());
  }

  @Test
  void validateSaysWhatIsGoodAndWritesNothing() {
    Answer good = twister("validate", small);
    assertEquals(0, good.code(), good.err());
    assertTrue(good.out().contains("small.yaml: good, 3 words"), good.out());
    Answer bad = twister("validate", small, "--set", "training.steps=no");
    assertEquals(2, bad.code());
    assertTrue(bad.err().contains("training.steps"), bad.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rnu", "run --setx a=b x.yaml"})
  void wrongCommandLinesAreRefusedInAFewLines(String line) {
    Answer answer = twister((Object[]) line.split(" "));
    assertEquals(2, answer.code());
    assertTrue(answer.err().lines().count() <= 3, answer.err());
  }

  @Test
  void examplesOfASplitAreSaidToBeThoseThatAreLearntFrom() {
    String whole = run(small, "--set", "name=whole").out();
    assertTrue(whole.contains("words.txt: 3 words, 16 examples, 8 symbols"), whole);
    String split = run(small, "--set", "data.split={train: 0.34, dev: 0.33, test: 0.33}").out();
    assertTrue(
        split.matches("(?s).*words.txt: 3 words, [0-9]+ examples to learn from, 8 symbols.*"),
        split);
  }

  @Test
  void lossFarAboveUniformGetsASentence() {
    String remark =
        "  remark    far above the loss of a model that knows nothing; try a smaller learning rate"
            + " or more steps";
    assertFalse(run(small).out().contains("remark"));
    Answer answer = run(small, "--set", "training.learning-rate=1e5");
    assertTrue(answer.out().contains(remark), answer.out());
  }

  @Test
  void nameThatIsAnotherOneOnlyByItsCapitalsIsRefused() throws IOException {
    assertEquals(0, run("-q", small).code());
    Answer answer = run("-q", small, "--set", "name=Small");
    assertEquals(1, answer.code());
    assertTrue(
        answer.err().contains("Small: there is small already, which is the same folder on some"),
        answer.err());
    assertFalse(Files.exists(results.resolve("Small")));
  }

  @Test
  void messagesMoveNoCursor() throws IOException {
    for (Object[] command :
        new Object[][] {
          {"\u001b[31mrun"},
          {"run", "\u001b[31m"},
          {"plot", "\u001b]0;x\u0007"},
          {"runs", "a\u202eb"}
        }) {
      Answer answer = twister(command);
      assertEquals(2, answer.code());
      assertTrue(
          answer.err().lines().flatMapToInt(String::chars).noneMatch(c -> c < ' ' || c == 0x202e),
          answer.err());
    }
  }
}
