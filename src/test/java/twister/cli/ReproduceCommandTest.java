package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReproduceCommandTest extends CommandLineTest {

  /// The columns of a table of the small experiment's symbols.
  private static final String SYMBOLS = ",.,a,e,i,l,m,o,v";

  private static String row(int number) {
    return ("," + number).repeat(8) + "\n";
  }

  private static String table(int number) {
    StringBuilder table = new StringBuilder("previous" + SYMBOLS + "\n");
    for (String symbol : List.of(".", "a", "e", "i", "l", "m", "o", "v")) {
      table.append(symbol).append(row(number));
    }
    return table.toString();
  }

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
  void documentedTableIsTheOneMeasured() throws IOException {
    reproduce("experiments/published");
    String table = Files.readString(results.resolve("reproduction.md"));
    assertTrue(
        withoutDifferences(Files.readString(Path.of("docs/reproduction.md")))
            .contains(withoutDifferences(table)),
        "put this table into docs/reproduction.md:\n" + table);
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
        "untrained: {words: [ava], probabilities: bigrams.csv} | untrained distributions of ava",
        "untrained: {words: [xyz], gradient: other.csv} | symbols of xyz",
        "draws: {weights: rand, seed: 1, probabilities: [0.9, 0.1], classes: '01'} | by torch.rand",
        "draws: {weights: randn, seed: 1, probabilities: [0.9, 0.1], classes: '2'} | 1 draws",
      })
  void figureThatIsNotMetFailsTheCommandAndIsNamed(String expect, String figure)
      throws IOException {
    Files.writeString(folder.resolve("other.csv"), table(7));
    Files.writeString(
        folder.resolve("bigrams.csv"),
        "input,target"
            + SYMBOLS
            + "\n.,a"
            + row(7)
            + "a,v"
            + row(7)
            + "v,a"
            + row(7)
            + "a,."
            + row(7));
    Files.writeString(small, Files.readString(small) + "expect: {" + expect + "}\n");
    Answer answer = reproduce(small);
    assertEquals(1, answer.code(), answer.out() + answer.err());
    List<String> failed = answer.out().lines().filter(line -> line.endsWith("FAIL")).toList();
    assertTrue(failed.stream().anyMatch(line -> line.contains(figure)), answer.out());
    assertTrue(
        rows(results.resolve("reproduction.csv")).stream()
            .anyMatch(row -> row.get("met").equals("false")));
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
    assertTrue(
        answer.err().contains(":8:18: expect.counts: there is no file gone.csv"), answer.err());
    assertFalse(Files.exists(results));
  }

  @Test
  void runThatFailsIsAFigureThatIsNotMetAndTheNextGoesOn() throws IOException {
    Path broken = folder.resolve("broken.yaml");
    Files.writeString(
        broken,
        Files.readString(small).replace("name: small", "name: broken") + "expect: {words: 3}\n");
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
    String names =
        answer.out().lines().filter(line -> line.contains("names")).findFirst().orElseThrow();
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
        rows(results.resolve("reproduction.csv")).stream()
            .map(row -> row.get("document"))
            .toList());
  }

  static Stream<Arguments> damagedTables() {
    String good = table(1);
    return Stream.of(
        arguments(
            good.replace("e,1", "e,x"),
            ":4: column .: found \"x\", allowed: a whole number from 0"),
        arguments(
            good.replace("e,1", "e,1d"),
            ":4: column .: found \"1d\", allowed: a whole number from 0"),
        arguments(good.replace("e,1", "e,NaN"), ":4: column .: found \"NaN\", allowed: a whole"),
        arguments(good.replace("e,1", "e,1.5"), ":4: column .: found \"1.5\", allowed: a whole"),
        arguments(good.replace("e,1", "e,-1"), ":4: column .: found \"-1\", allowed: a whole"),
        arguments(good.replace("e,1", "e"), ":4: has 8 cells, but the header 9"),
        arguments(good.replace("e,1", "e,1,1"), ":4: has 10 cells, but the header 9"),
        arguments(good + "e" + row(1), ":10: is the second row of e"),
        arguments(good.replace("\ne" + row(1), "\n"), ": lacks the row of e"),
        arguments(good.replace("\ne,", "\nq,"), ":4: previous: found \"q\", allowed: a symbol"),
        arguments(good.replace(",e,", ",E,"), ":1: lacks the column e"),
        arguments(good.replace(",e,", ",a,"), ":1: has the column a twice"),
        arguments(
            good.replace(",e,", ",q,"), ":1: has the column q, which is no symbol of the words"),
        arguments(good.replace("previous", "before"), ":1: lacks the column previous"),
        arguments("previous\n", ":1: lacks the columns . a e i l m o v"),
        arguments("# nothing\n", ": is empty, allowed: CSV with a header"),
        arguments("a,b,c\nd,e,f\n", ":1: lacks the columns previous . e i l m o v"),
        arguments(good.replace("e,1", "\"e\"e,1"), ":4: is not CSV: a quotation mark"),
        arguments(
            good.replace("e,1", "\u00e9,1"), ":4:1: found the byte 0xE9, which is not UTF-8"));
  }

  @ParameterizedTest
  @MethodSource("damagedTables")
  void damagedTableIsRefusedBeforeAnythingIsTrained(String table, String message)
      throws IOException {
    Path counts = folder.resolve("other.csv");
    Files.write(counts, table.getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(small, Files.readString(small) + "expect: {counts: other.csv}\n");
    for (String command : List.of("reproduce", "run", "validate")) {
      Answer answer =
          command.equals("validate")
              ? twister(command, small)
              : twister(command, small, "--results", results);
      assertEquals(2, answer.code(), answer.out() + answer.err());
      assertTrue(answer.err().contains(counts + message), answer.err());
      assertTrue(answer.err().lines().noneMatch(line -> line.startsWith("\tat ")), answer.err());
      assertFalse(Files.exists(results));
    }
  }

  @Test
  void mistakesOfAllTablesAreReportedTogether() throws IOException {
    Files.writeString(folder.resolve("counts.csv"), table(1).replace("e,1,1", "e,x,y"));
    Files.writeString(folder.resolve("gradient.csv"), table(1).replace("o,1", "o,Infinity"));
    Files.writeString(
        folder.resolve("bigrams.csv"),
        "input,target" + SYMBOLS + "\n.,a" + row(1) + "a,a" + row(1));
    Files.writeString(folder.resolve("few.csv"), "input,target" + SYMBOLS + "\n.,a" + row(1));
    Files.writeString(folder.resolve("names.csv"), "1,2\n1,2\n");
    String expect =
        "expect: {counts: counts.csv, untrained: {words: [ava], gradient: gradient.csv,"
            + " probabilities: %s}}\n";
    Path more = folder.resolve("more.yaml");
    Path last = folder.resolve("last.yaml");
    Files.writeString(more, Files.readString(small) + expect.formatted("few.csv"));
    Files.writeString(last, Files.readString(small) + expect.formatted("names.csv"));
    Files.writeString(small, Files.readString(small) + expect.formatted("bigrams.csv"));
    Answer answer = twister("reproduce", small, more, last, "--results", results);
    assertEquals(2, answer.code(), answer.out() + answer.err());
    for (String message :
        List.of(
            "counts.csv:4: column .: found \"x\"",
            "counts.csv:4: column a: found \"y\"",
            "gradient.csv:8: column .: found \"Infinity\", allowed: a finite number",
            "bigrams.csv:3: is of the bigram \"aa\", allowed: \"av\"",
            "few.csv: has 1 rows, allowed: 4, one for each bigram",
            "names.csv:1: lacks the columns input target . a e i l m o v")) {
      assertTrue(answer.err().contains(folder.resolve(message).toString()), answer.err());
    }
  }

  @Test
  void tableMayBeginWithAByteOrderMarkAndHaveManyMistakes() throws IOException {
    Files.writeString(folder.resolve("counts.csv"), "\uFEFF" + table(0));
    Files.writeString(small, Files.readString(small) + "expect: {counts: counts.csv}\n");
    Answer answer = reproduce(small);
    assertEquals(1, answer.code(), answer.err());
    assertTrue(answer.out().contains("64 numbers"), answer.out());
    assertTrue(
        answer.out().contains("small, how often each bigram occurs, .a: published 0, measured 1"),
        answer.out());
    Files.writeString(folder.resolve("counts.csv"), table(0).replace(",0", ",?"));
    Answer many = reproduce(small);
    assertEquals(2, many.code());
    assertEquals(11, many.err().lines().count(), many.err());
    assertTrue(many.err().contains("counts.csv: has 54 more mistakes"), many.err());
  }

  @Test
  void tableBesideTheExperimentFileIsTheOneMeant() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("experiments/published"));
    Files.copy(
        Path.of("experiments/published/micrograduate-counts.yaml"), copy.resolve("counts.yaml"));
    Files.copy(Path.of("names.txt"), folder.resolve("names.txt"));
    String counts = Files.readString(Path.of("experiments/published/bigram-counts.csv"));
    Files.writeString(copy.resolve("bigram-counts.csv"), counts.replace(",4410,", ",4411,"));
    Answer answer = reproduce(copy);
    assertEquals(1, answer.code(), answer.err());
    assertTrue(answer.out().contains("729 numbers"), answer.out());
    assertTrue(answer.out().contains(".a: published 4411, measured 4410"), answer.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scores: [{words: [emma]}] | expect.scores[0]: expects nothing of the words, allowed:"
            + " log-likelihood",
        "scores: [{words: [emma], bigrams: {}}] | expect.scores[0].bigrams: found an empty mapping,"
            + " allowed: a mapping",
        "untrained: {words: [emma]} | expect.untrained: expects nothing of the words, allowed:"
            + " prob",
        "'' | expect: expects nothing, allowed: at least one figure",
        "within: 1 | expect: expects nothing, allowed: at least one figure",
        "document: this | expect: expects nothing, allowed: at least one figure",
      })
  void expectationOfNothingIsAMistake(String expect, String message) throws IOException {
    Files.writeString(small, Files.readString(small) + "expect: {" + expect + "}\n");
    for (String command : List.of("reproduce", "run")) {
      Answer answer = twister(command, small, "--results", results);
      assertEquals(2, answer.code(), answer.out() + answer.err());
      assertTrue(answer.err().contains(message), answer.err());
      assertEquals(1, answer.err().lines().count(), answer.err());
    }
  }

  @Test
  void figuresThatAreNotMetSayHowFarOffTheyAre() throws IOException {
    Files.writeString(
        small,
        Files.readString(small)
            + "expect: {loss: {0: 1.0}, words: 4, draws: {weights: rand, seed: 1, probabilities:"
            + " [0.5, 0.5], classes: '"
            + "01".repeat(20)
            + "'}}\n");
    Answer answer = run(small);
    assertEquals(1, answer.code());
    assertTrue(answer.out().contains("loss at step 0: NOT MET (difference "), answer.out());
    assertFalse(answer.out().contains("step 0: published"), answer.out());
    assertTrue(
        answer
            .out()
            .contains("words: NOT MET (difference 1.0e+00, allowed 0); published 4, measured 3"),
        answer.out());
    assertTrue(
        answer
            .out()
            .matches(
                "(?s).*40 draws with replacement: from number [0-9]+: NOT MET \\(not equal\\);"
                    + " published [01]{1,12}( …)?, measured [01]{1,12}( …)?\n.*"),
        answer.out());
  }
}
