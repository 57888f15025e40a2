package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Results of commit 4f66d34, whose runs had hexadecimal names that the samples went into.
class FormerResultsTest extends CommandLineTest {
  private static final Set<String> RUNS =
      Set.of("5e08183c9c97", "87ccea3602d4", "8ad3595032bd", "cbb5b053f286");

  private Path sweep = Path.of("");
  private Path one = Path.of("");

  @BeforeEach
  void copyResults() throws IOException, URISyntaxException {
    Path former =
        Path.of(
            Objects.requireNonNull(FormerResultsTest.class.getResource("/former/old.yaml"))
                .toURI());
    try (Stream<Path> files = Files.walk(former.resolveSibling(""))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy =
            folder.resolve("former").resolve(former.resolveSibling("").relativize(file).toString());
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(file, copy);
      }
    }
    results = folder.resolve("former");
    sweep = results.resolve("old.yaml");
    one = results.resolve("one.yaml");
  }

  private Set<String> runs() throws IOException {
    try (Stream<Path> entries = Files.list(results.resolve("old"))) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.equals("charts"))
          .collect(Collectors.toSet());
    }
  }

  private List<String> started() throws IOException {
    return rows(results.resolve("old").resolve("runs.csv")).stream()
        .map(row -> row.get("run") + " " + row.get("started"))
        .sorted()
        .toList();
  }

  @Test
  void sameSweepFindsItsRunsAndTrainsNone() throws IOException {
    List<String> before = started();
    Answer plan = twister("plan", sweep, "--results", results, "--device", "cpu");
    assertTrue(plan.out().contains("4, of which 4 are in"), plan.out());
    assertEquals(0, run(sweep, "--device", "cpu").code());
    assertEquals(RUNS, runs());
    assertEquals(before, started());
  }

  @Test
  void newRunsOfTheSweepHaveNewNamesBesideTheOldOnes() throws IOException {
    Answer answer =
        run(
            sweep,
            "--device",
            "cpu",
            "--sweep",
            "training.learning-rate=1,10,20",
            "--sweep",
            "seeds=2");
    assertEquals(0, answer.code(), answer.err());
    Set<String> made = runs();
    assertTrue(made.removeAll(RUNS));
    assertEquals(2, made.size(), made.toString());
    assertTrue(made.stream().allMatch(name -> name.matches("[g-v][0-9a-f]{11}")), made.toString());
    Answer runs = twister("runs", "old", "--results", results, "--columns", "learning-rate,n");
    assertTrue(runs.out().contains("6 runs of old: 6 finished"), runs.out());
    assertTrue(twister("doctor", "old", "--results", results).out().contains("all is well"));
  }

  @Test
  void oldRunIsFinishedAndStandsInItsTableOnce() throws IOException {
    Path folder = results.resolve("one").resolve("c528f25be5c7");
    Answer known = run(one, "--device", "cpu");
    assertTrue(known.out().contains("run c528f25be5c7 is finished; --again"), known.out());
    Answer unchanged = run(one, "--device", "cpu");
    assertEquals(known.out(), unchanged.out());
    assertEquals(3, Files.readAllLines(folder.resolve("samples.csv")).size());
    assertTrue(twister("runs", "one", "--results", results).out().contains("1 run of one"));
    assertEquals(0, run(one, "--device", "cpu", "--set", "samples.count=5").code());
    String ranked = twister("runs", "one", "--results", results).out();
    assertTrue(ranked.contains("1 of 2 runs of one: 1 finished"), ranked);
  }

  @Test
  void oldRunIsScoredByItsOldName() {
    Answer answer = twister("score", "--run", "87cc", "--results", results, "emma");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("run 87ccea3602d4 of old"), answer.out());
  }

  @Test
  void interruptedSweepOfTheOldKindTellsWhatIsMissing() throws IOException {
    assertEquals(0, run("-q", sweep, "--device", "cpu", "--no-charts").code());
    Path gone = results.resolve("old").resolve("cbb5b053f286");
    try (Stream<Path> files = Files.list(gone)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(gone);
    Files.delete(results.resolve("old").resolve("runs.csv"));
    Answer runs = twister("runs", "old", "--results", results);
    assertTrue(runs.out().contains("1 of 4 runs of the sweep in spec.yaml is missing"), runs.out());
  }
}
