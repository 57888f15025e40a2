package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReproduceCommandTest extends CommandLineTest {

  private Answer reproduce(Object file) {
    return twister("reproduce", file, "--results", results);
  }

  @Test
  void everyFigureOfThePublishedDocumentsIsMet() throws IOException {
    Answer answer = reproduce("experiments/published");
    assertEquals(0, answer.code(), answer.out() + answer.err());
    List<CSVRecord> rows = rows(results.resolve("reproduction.csv"));
    assertTrue(rows.size() > 40, rows.size() + " rows");
    assertTrue(rows.stream().allMatch(row -> row.get("met").equals("true")));
    assertEquals(
        List.of("bigram-notebook", "makemore-notes", "micrograduate", "mlp", "ngram-cuda"),
        rows.stream().map(row -> row.get("document")).distinct().sorted().toList());
    assertFalse(answer.out().contains("FAIL"), answer.out());
  }

  @Test
  void tableOfTheReadmeIsTheOneMeasured() throws IOException {
    reproduce("experiments/published");
    String table = Files.readString(results.resolve("reproduction.md"));
    assertTrue(
        withoutDifferences(Files.readString(Path.of("README.md")))
            .contains(withoutDifferences(table)),
        "put this table into README.md:\n" + table);
  }

  /// Without what the last digits of a processor's logarithm decide.
  private static String withoutDifferences(String table) {
    return table
        .lines()
        .map(line -> line.replaceAll("\\| [0-9.e+-]+ (?=\\| [0-9.e+-]+ \\| (pass)? ?\\|$)", "| "))
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "words: 4                                    | words",
        "examples: 17                                | examples",
        "parameters: 1                               | parameters",
        "loss: {0: 1.0}                              | loss at step 0",
        "mean-square: {value: 99}                    | mean of the squared weights",
        "scores: [{words: [emma], loss: 0}]          | loss on emma",
        "scores: [{words: [emma], log-likelihood: 0}]| log likelihood of emma",
        "scores: [{words: [emma], bigrams: {.e: 9}}] | probabilities of the bigrams of emma",
        "scores: [{loss: 9}]                         | loss on all words",
        "counts: other.csv                           | how often each bigram occurs",
        "samples: [x.]                               | names sampled",
        "sample-sets: {0: [x.]}                      | names sampled after step 0",
        "untrained: {words: [ava], gradient: other.csv} | untrained gradient of ava",
        "untrained: {words: [ava], probabilities: other.csv} | untrained distributions of ava",
        "untrained: {words: [xyz]}                   | symbols of xyz",
        "draws: {weights: rand, seed: 1, probabilities: [0.9, 0.1], classes: '01'} | by torch.rand",
        "draws: {weights: randn, seed: 1, probabilities: [0.9, 0.1], classes: '2'} | 1 draws",
      })
  void figureThatIsNotMetFailsTheCommandAndIsNamed(String expect, String figure)
      throws IOException {
    Files.writeString(folder.resolve("other.csv"), "previous,.,a\n.,7,7\na,7,7\n");
    Files.writeString(
        small, Files.readString(small) + "expect: {" + expect + "}\n");
    Answer answer = reproduce(small);
    assertEquals(1, answer.code(), answer.out() + answer.err());
    List<String> failed = answer.out().lines().filter(line -> line.endsWith("FAIL")).toList();
    assertTrue(failed.stream().anyMatch(line -> line.contains(figure)), answer.out());
    assertTrue(rows(results.resolve("reproduction.csv")).stream().anyMatch(row -> row.get("met").equals("false")));
  }

  @Test
  void folderWithoutExperimentsIsRefused() throws IOException {
    Answer answer = reproduce(Files.createDirectory(folder.resolve("empty")));
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("holds no experiment files"), answer.err());
  }

  @Test
  void missingTableIsRefusedBeforeAnythingRuns() throws IOException {
    Files.writeString(small, Files.readString(small) + "expect: {counts: gone.csv}\n");
    Answer answer = reproduce(small);
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains(":8:18: expect.counts: there is no file gone.csv"), answer.err());
    assertFalse(Files.exists(results));
  }

  @Test
  void runThatFailsIsAFigureThatIsNotMetAndTheNextGoesOn() throws IOException {
    Path broken = folder.resolve("broken.yaml");
    Files.writeString(broken, Files.readString(small).replace("name: small", "name: broken") + "expect: {words: 3}\n");
    Files.writeString(small, Files.readString(small) + "expect: {words: 3}\n");
    Files.createDirectories(results.resolve("broken/.lock"));
    Answer answer = twister("reproduce", broken, small, "--results", results);
    assertEquals(1, answer.code(), answer.out());
    assertTrue(answer.out().contains("run of broken"), answer.out());
    assertTrue(answer.out().contains("1 of 2 figures of 2 documents met"), answer.out());
  }

  @Test
  void fileThatExpectsNothingIsRefusedWithWhatToAdd() {
    Answer answer = reproduce(small);
    assertEquals(2, answer.code());
    assertTrue(answer.err().startsWith(small + ": expects nothing, so there is"), answer.err());
    assertTrue(answer.err().contains("docs/expect.md"), answer.err());
    assertFalse(Files.exists(results));
  }

  @Test
  void folderRunsTheFilesThatExpectSomething() throws IOException {
    Answer none = reproduce(folder);
    assertEquals(2, none.code());
    assertTrue(
        none.err().startsWith(folder + ": holds no experiment that expects anything"), none.err());
    Files.writeString(
        folder.resolve("more.yaml"),
        Files.readString(small).replace("name: small", "name: more") + "expect: {words: 3}\n");
    Files.writeString(
        folder.resolve("sweep.yaml"),
        Files.readString(small).replace("name: small", "name: sweep") + "sweep: {seeds: 2}\n");
    Answer one = reproduce(folder);
    assertEquals(0, one.code(), one.err());
    assertTrue(one.out().contains("1 of 1 figures of 1 document met"), one.out());
    assertFalse(Files.exists(results.resolve("small")));
    assertFalse(Files.exists(results.resolve("sweep")));
  }

  @Test
  void mistakesOfAllFilesAreReportedTogether() throws IOException {
    Path other = folder.resolve("other.yaml");
    Files.writeString(other, Files.readString(small) + "expect: {counts: gone.csv, samples: []}\n");
    Files.writeString(small, Files.readString(small) + "expect: {scores: [], sample-sets: {}}\n");
    Answer answer =
        twister("reproduce", small, other, folder.resolve("no.yaml"), "--results", results);
    assertEquals(2, answer.code());
    for (String message :
        List.of(
            "small.yaml:8:18: expect.scores: found an empty list, allowed: a list of at least one",
            "small.yaml:8:35: expect.sample-sets: found an empty mapping, allowed: at least one",
            "other.yaml:8:18: expect.counts: there is no file gone.csv",
            "other.yaml:8:37: expect.samples: found an empty list, allowed: a list of at least one",
            "no.yaml: no such file")) {
      assertTrue(answer.err().contains(message), answer.err());
    }
    assertEquals(5, answer.err().lines().count(), answer.err());
  }

  @Test
  void textThatIsNotMetSaysWhichAndHow() throws IOException {
    Files.writeString(small, Files.readString(small) + "expect: {samples: [zzz.], words: 4}\n");
    Answer answer = reproduce(small);
    assertEquals(1, answer.code());
    String name = rows(results.resolve("small/" + run() + "/samples.csv")).getFirst().get("name");
    String names = answer.out().lines().filter(line -> line.contains("names")).findFirst().orElseThrow();
    assertEquals(
        List.of("small", "names sampled: number 1 of 1", "zzz.", name, "not equal", "0", "FAIL"),
        List.of(names.split("  +")));
    assertEquals(
        List.of("zzz.", name),
        List.of(
            rows(results.resolve("reproduction.csv")).getLast().get("published"),
            rows(results.resolve("reproduction.csv")).getLast().get("measured")));
  }

  private String run() throws IOException {
    return rows(results.resolve("small/runs.csv")).getFirst().get("run");
  }

  @Test
  void tableIsOfOneCommandAlone() throws IOException {
    Path other = folder.resolve("other.yaml");
    Files.writeString(
        other,
        Files.readString(small).replace("name: small", "name: other") + "expect: {words: 3}\n");
    Files.writeString(small, Files.readString(small) + "expect: {words: 3}\n");
    reproduce(small);
    reproduce(other);
    assertEquals(
        List.of("other"),
        rows(results.resolve("reproduction.csv")).stream().map(row -> row.get("document")).toList());
  }
}
