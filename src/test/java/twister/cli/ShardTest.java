package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Parts of a sweep, trained by processes that know nothing of each other.
class ShardTest extends CommandLineTest {
  private Answer train(Path into, String rates, String... more) {
    List<Object> command =
        Stream.concat(
                Stream.of(
                    "run",
                    "--no-charts",
                    "--results",
                    into,
                    small,
                    "--sweep",
                    rates,
                    "--sweep",
                    "seeds=2"),
                Stream.of(more))
            .map(Object.class::cast)
            .toList();
    return twister(command.toArray());
  }

  private static Set<String> runs(Path results) throws IOException {
    Set<String> runs = new HashSet<>();
    for (CSVRecord row : rows(results.resolve("small").resolve("runs.csv"))) {
      runs.add(row.get("run"));
    }
    return runs;
  }

  /// Copies all files, as `cp -r` does.
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.learning-rate=0.1,0.2,0.3,0.4,0.5 | 10",
        "training.learning-rate=log(0.1,0.9,60) | 120"
      })
  void partsThatAreCopiedTogetherAreTheSweep(String rates, int all) throws Exception {
    Path whole = folder.resolve("whole");
    assertEquals(0, train(whole, rates).code());
    Set<String> together = new HashSet<>();
    for (int part = 1; part <= 3; part++) {
      Path alone = folder.resolve("part-" + part);
      Answer answer = train(alone, rates, "--shard", part + "/3");
      assertEquals(0, answer.code(), answer.err());
      assertTrue(
          answer.out().contains("  shard     %d/3 of all %d runs".formatted(part, all)),
          answer.out());
      Set<String> runs = runs(alone);
      assertEquals((all + 3 - part) / 3, runs.size());
      assertEquals(Set.of(), intersection(together, runs));
      together.addAll(runs);
      copy(alone, results);
    }
    assertEquals(runs(whole), together);
    twister("doctor", results.resolve("small"));
    assertEquals(together, runs(results));
    // The best run of many is trained once more, for its weights.
    assertEquals(0, train(results, rates).code());
    assertEquals(
        Set.of(),
        Snapshot.differences(
            Snapshot.of(whole.resolve("small")), Snapshot.of(results.resolve("small"))));
  }

  private static Set<String> intersection(Set<String> some, Set<String> others) {
    Set<String> both = new HashSet<>(some);
    both.retainAll(others);
    return both;
  }

  @Test
  void equalRunsThatWereTrainedTwiceAreNoHarm() throws Exception {
    String rates = "training.learning-rate=0.1,0.2";
    Path twice = folder.resolve("twice");
    assertEquals(0, train(twice, rates).code());
    assertEquals(0, train(results, rates, "--shard", "1/2").code());
    // Half of the files of each run.
    for (String run : runs(results)) {
      for (String file : List.of("metrics.csv", "weights.csv")) {
        Files.copy(
            twice.resolve("small").resolve(run).resolve(file),
            results.resolve("small").resolve(run).resolve(file),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Answer answer = twister("doctor", results.resolve("small"));
    assertEquals(0, answer.code(), answer.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b"})
  void whatIsNoPartIsRefused(String part) {
    Answer answer = run(small, "--sweep", "seeds=4", "--shard", part);
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("allowed: a part and how many there are"), answer.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "method=successive-halving | 1/2 | the rungs of successive halving need all runs",
        "method=cma-es             | 1/2 | the settings of a search come one after another",
        "method=grid               | 9/9 | small has 8 runs, too few for so many parts",
        "                          | 1/2 | small is one run, which has no parts"
      })
  void whatHasNoPartsIsRefused(String method, String part, String reason) {
    List<String> sweeps =
        method == null
            ? List.of()
            : method.equals("method=grid")
                ? List.of("--sweep", "seeds=8")
                : List.of(
                    "--sweep",
                    method,
                    "--sweep",
                    "runs=8",
                    "--sweep",
                    "training.learning-rate=log(0.1,1)");
    Answer answer =
        run(Stream.concat(Stream.of(small, "--shard", part), sweeps.stream()).toArray());
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains(reason), answer.err());
    assertTrue(Files.notExists(results));
  }

  @Test
  void runsOfTwoPartsThatDifferAreNamedBeforeTheyAreCopied() throws Exception {
    String rates = "training.learning-rate=0.1,0.2";
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    assertEquals(0, train(one, rates).code());
    copy(one, two);
    Object[] doctor = {"doctor", one.resolve("small"), two.resolve("small")};
    assertEquals(0, twister(doctor).code());

    // Another training of the same name, as of another version, with its own checksums.
    List<String> names = runs(two).stream().sorted().toList();
    Path run = two.resolve("small").resolve(names.get(0));
    Path other = two.resolve("small").resolve(names.get(1));
    String record = Files.readString(other.resolve("run.yaml"));
    copy(other, run);
    assertTrue(record.contains(names.get(1)), record);
    Answer answer = twister(doctor);

    assertEquals(1, answer.code());
    assertTrue(
        answer
            .out()
            .contains(
                "%s differs from %s in metrics.csv; "
                    .formatted(run, one.resolve("small").resolve(names.get(0)))),
        answer.out());
  }
}
