package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.text.LatexDocument;
import twister.tracking.ExperimentFolder;
import twister.tracking.RunsOfTests;

@Tag("processor")
class RunsCommandTest extends CommandLineTest {
  private Answer runs(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("runs", "--results", results));
    all.addAll(List.of(arguments));
    return twister(all.toArray());
  }

  /// Three learning rates, two seeds each.
  private void sweep() {
    for (String rate : List.of("1", "10", "1e30")) {
      for (String seed : List.of("1", "2")) {
        run(
            small,
            "-q",
            "--set",
            "training.learning-rate=" + rate,
            "--set",
            "model.init.seed=" + seed);
      }
    }
  }

  @Test
  void experimentWithoutRunsIsToldWhetherTheyAreBeingTrained() throws IOException {
    ExperimentFolder begun = new ExperimentFolder(results.resolve("begun"));
    try (FileChannel _ = begun.lock().orElseThrow()) {
      assertTrue(
          runs("begun").err().contains("has no complete runs yet; another twister is training"));
    }
    assertTrue(
        runs("begun").err().contains("has no complete runs; the twister that trained was ended"));
    Files.createDirectory(results.resolve("empty"));
    assertTrue(runs("empty").err().contains("has no runs yet; twister run trains some"));
  }

  @Test
  void sweepIsRankedByItsRuns() throws IOException {
    sweep();
    Answer answer = runs("small");
    assertEquals(0, answer.code(), answer.err());
    List<String> lines = answer.out().lines().toList();
    long diverged =
        rows(results.resolve("small/runs.csv")).stream()
            .filter(row -> row.get("status").equals("diverged"))
            .count();
    assertEquals(
        diverged == 0
            ? "6 runs of small: 6 finished"
            : "6 runs of small: %d finished, %d diverged".formatted(6 - diverged, diverged),
        lines.getFirst());
    assertTrue(lines.get(2).contains("learning-rate"), answer.out());
    assertTrue(lines.get(3).matches(" +1 +10 +2 .*"), answer.out());
    assertEquals(answer, runs(results.resolve("small")));
    assertEquals(answer, runs(small));
    Files.delete(results.resolve("small/runs.csv"));
    assertEquals(answer, runs("small"));
    assertEquals(
        "run,model.init.seed\n",
        runs("small", "--each", "--where", "seed > 7", "--columns", "run,seed", "--format", "csv")
            .out());
  }

  @Test
  void conditionsColumnsAndFormatsGoTogether() throws IOException {
    sweep();
    Answer answer =
        runs(
            "small",
            "--each",
            "--where",
            "learning-rate <= 10 and seed = 2",
            "--sort",
            "-loss",
            "--columns",
            "rank,seed,learning-rate",
            "--format",
            "csv");
    assertEquals(
        """
        rank,model.init.seed,training.learning-rate
        2,2,1.0
        1,2,10.0
        """,
        answer.out(),
        answer.err());
    assertEquals(3, runs("small", "--format", "csv").out().lines().skip(1).count());
    assertTrue(runs("small", "--format", "json").out().startsWith("[\n  {\"rank\": 1, \"tie\": "));
    assertTrue(runs("small", "--format", "markdown").out().startsWith("| rank |"));
    assertTrue(runs("small", "--format", "latex").out().startsWith("% needs \\usepackage"));
    assertTrue(
        runs("small", "--limit", "1").out().contains("... and 2 more (--limit 0 shows all)"));
    assertFalse(runs("small", "--limit", "0").out().contains("more"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smal                         | EXPERIMENT smal: there is no such experiment in",
        "smal                         | did you mean small? (experiments: small)",
        "small --where lss<1          | --where: there is no column 'lss', did you mean loss?",
        "small --sort lss             | --sort lss: there is no column 'lss', did you mean loss?",
        "small --columns rank,l       | --columns: there is no column 'l'",
        "small --columns rank,,l2     | --columns: there is no column '' (columns:",
        "small --columns loss,loss    | --columns: 'loss' is named twice",
        "small --limit -1             | --limit: found -1, allowed: a whole number from 0",
        "small --format html          | html",
        "''                           | EXPERIMENT",
      })
  void wrongInputIsNamed(String arguments, String expected) throws IOException {
    run(small, "-q");
    Answer answer = runs((Object[]) arguments.split(" ", -1));
    assertEquals(2, answer.code(), answer.out());
    assertTrue(answer.err().contains(expected), answer.err());
  }

  @Test
  void folderWithoutRunsIsRefusedAndLeftAlone() throws IOException {
    assertTrue(runs("x").err().contains("there is no experiment in " + results));
    Path empty = Files.createDirectories(results.resolve("empty"));
    Answer answer = runs("empty");
    assertEquals(2, answer.code());
    assertTrue(
        answer.err().contains("empty: has no runs yet; twister run trains some"), answer.err());
    assertFalse(Files.exists(empty.resolve("runs.csv")));
  }

  @Test
  void damagedTableIsMadeAnewOnceDeleted() throws IOException {
    run(small, "-q");
    Path table = results.resolve("small/runs.csv");
    Answer good = runs("small");
    Files.writeString(table, Files.readString(table) + "\0\1\2,\u001b[2J\n");
    Answer bad = runs("small");
    assertEquals(1, bad.code());
    assertTrue(
        bad.err()
            .matches(
                "twister: .*runs.csv, line 3: expected \\d+ cells as in the header, found 2;"
                    + " twister doctor makes it anew from the runs\\R"),
        bad.err());
    Files.delete(table);
    assertEquals(good, runs("small"));
  }

  @Test
  void thousandsOfRunsAreRanked() throws IOException {
    StringBuilder text =
        new StringBuilder("run,status,model.init.seed,training.learning-rate,steps,loss\n");
    for (int i = 0; i < 10_240; i++) {
      text.append(
          String.format(Locale.ROOT, "r%d,finished,%d,%s,100,%s%n", i, i % 5, i / 5, 3 - i / 1e5));
    }
    Path folder = Files.createDirectories(results.resolve("large"));
    RunsOfTests.write(folder, text.toString());
    Answer answer = runs("large");
    assertTrue(answer.out().startsWith("10,240 runs of large: 10,240 finished\n"), answer.out());
    assertTrue(answer.out().contains("... and 2,028 more (--limit 0 shows all)"), answer.out());
    assertEquals(2048, runs("large", "--format", "csv").out().lines().skip(1).count());
  }

  @Test
  void columnsMayStandApartAndThatOfTheSeedIsOfSingleRuns() {
    sweep();
    assertEquals(
        runs("small", "--columns", "loss,l2").out(), runs("small", "--columns", "loss, l2").out());
    Answer answer = runs("small", "--columns", "seed,loss");
    assertEquals(2, answer.code());
    assertTrue(
        answer.err().contains("'model.init.seed' differs between the seeds of a row; --each"),
        answer.err());
    assertEquals(0, runs("small", "--each", "--columns", "seed,loss").code());
    assertEquals(
        runs("small", "--limit", "0").out(), runs("small", "--limit", "1000000000000").out());
  }

  @ParameterizedTest
  @CsvSource({"table, 'no run meets the condition'", "markdown, no run", "latex, % no run"})
  void noHitsAreSaidToBeNone(String format, String expected) {
    run(small, "-q");
    Answer answer = runs("small", "--where", "loss < 0", "--format", format);
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().lines().toList().getLast().startsWith(expected), answer.out());
    assertFalse(answer.out().contains("rank"), answer.out());
  }

  @Test
  void runsOfTheSweepThatAreMissingAreCounted() throws IOException {
    run(small, "-q", "--no-charts", "--sweep", "training.learning-rate=1,2", "--sweep", "seeds=2");
    assertFalse(runs("small").out().contains("missing"));
    String run = rows(results.resolve("small/runs.csv")).getFirst().get("run");
    deleteAll(results.resolve("small").resolve(run));
    Files.delete(results.resolve("small/runs.csv"));
    Answer answer = runs("small");
    assertTrue(
        answer
            .out()
            .contains("\n1 of 4 runs of the sweep in spec.yaml is missing; twister run trains"),
        answer.out());
    assertFalse(runs("small", "--format", "csv").out().contains("missing"));
  }

  @Test
  void runsOfALargeSweepAreNotCounted() throws IOException {
    run(small, "-q", "--no-charts");
    Path spec = results.resolve("small/spec.yaml");
    String sweep = "sweep: {training.l2: {linear: [0, 1], points: 3000}}\n";
    Files.writeString(spec, Files.readString(spec).replaceFirst("# checksum.*\n", "") + sweep);
    Answer answer = runs("small");
    assertTrue(answer.out().contains("has up to 3,000 runs; twister plan says"), answer.out());
  }

  @Test
  void infiniteLossesAreRankedAfterTheOthersWithANote() {
    String split = "data.split={train: 0.7, dev: 0.3}";
    run(small, "-q", "--no-charts", "--set", split);
    run(
        small,
        "-q",
        "--no-charts",
        "--set",
        split,
        "--set",
        "model={kind: counts}",
        "--set",
        "training=null");
    Answer answer = runs("small", "--columns", "rank,dev_loss,note", "--format", "csv");
    List<String> lines = answer.out().lines().toList();
    assertTrue(lines.get(1).startsWith("1,"), answer.out());
    assertEquals("2,Infinity,infinite dev_loss", lines.get(2));
  }

  @Test
  void aTableForAPaperHasMeansWithTheirIntervalsAndTheBestInBold() {
    sweep();
    String table = runs("small", "--format", "latex", "--digits", "4").out();
    List<String> rows = table.lines().filter(line -> line.contains("\\pm")).toList();
    assertTrue(
        rows.get(1).matches(" +10 & 2 & [$]\\\\mathbf[{]\\d[.]\\d{3}[}] \\\\pm .*[$].*"), table);
    assertEquals(1, table.split("mathbf", -1).length - 1, table);
    assertFalse(table.contains("best run"), table);
    assertTrue(table.contains("\n% bold: the best, and those"), table);
    assertTrue(
        runs("small", "--format", "latex", "--columns", "loss,run").out().contains("best run"));
  }

  /// Runs LaTeX over tables, where it is installed.
  @Test
  void aTableForAPaperFitsItsPage() throws IOException, InterruptedException {
    sweep();
    String tables =
        runs("small", "--format", "latex").out()
            + "\n\n"
            + runs("small", "--format", "latex", "--columns", "rank,loss,seeds,run").out();
    String log =
        LatexDocument.compile(
            folder,
            """
            \\documentclass[twocolumn]{article}
            \\usepackage[utf8]{inputenc}
            \\usepackage[T1]{fontenc}
            \\usepackage{booktabs,array,graphicx,tabularx}
            \\begin{document}
            %s
            \\end{document}
            """
                .formatted(tables));
    assertFalse(log.contains("Overfull"), log);
  }

  @Test
  void digitsAreThoseAskedFor() {
    sweep();
    assertTrue(
        runs("small", "--columns", "loss", "--digits", "3", "--limit", "1")
            .out()
            .lines()
            .anyMatch(line -> line.matches(" *\\d[.]\\d\\d")));
    Answer answer = runs("small", "--digits", "17");
    assertEquals(2, answer.code());
    assertTrue(
        answer.err().contains("--digits 17: allowed: a whole number from 1 to 16"), answer.err());
  }
}
