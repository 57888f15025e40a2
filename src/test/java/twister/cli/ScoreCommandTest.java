package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.GoldenFile;

@Tag("processor")
class ScoreCommandTest extends CommandLineTest {
  /// A symbol and a number with four decimals, as `--explain` prints distributions and gradients.
  private static final Pattern NUMBER = Pattern.compile("  (\\S) +(-?\\d\\.\\d{4})");

  private static final List<String> SYMBOLS =
      IntStream.rangeClosed('`', 'z')
          .mapToObj(c -> c == '`' ? "." : Character.toString(c))
          .toList();

  private Answer score(Object... arguments) {
    return twister(
        Stream.concat(Stream.of("score", "--results", results), Stream.of(arguments)).toArray());
  }

  private List<CSVRecord> scored(Object... arguments) throws IOException {
    Answer answer =
        score(Stream.concat(Stream.of("--format", "csv"), Stream.of(arguments)).toArray());
    assertEquals(0, answer.code(), answer.err());
    return CSVFormat.DEFAULT
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new StringReader(answer.out()))
        .getRecords();
  }

  private static double number(CSVRecord row, String column) {
    return Double.parseDouble(row.get(column));
  }

  private static List<CSVRecord> ngrams(List<CSVRecord> rows) {
    return rows.stream().filter(row -> row.get("level").equals("ngram")).toList();
  }

  /// The numbers of each table of all symbols, in the order of the symbols, (tables, V).
  private static List<List<String>> tables(String text) {
    List<List<String>> tables = new ArrayList<>();
    for (String line : text.lines().filter(line -> line.matches("(" + NUMBER + ")+")).toList()) {
      if (tables.isEmpty() || tables.getLast().size() == SYMBOLS.size()) {
        tables.add(new ArrayList<>());
      }
      for (Matcher found = NUMBER.matcher(line); found.find(); ) {
        assertEquals(SYMBOLS.get(tables.getLast().size()), found.group(1));
        tables.getLast().add(found.group(2));
      }
    }
    return tables;
  }

  private static List<String> published(CSVRecord row) {
    return SYMBOLS.stream().map(row::get).toList();
  }

  @Test
  void untrainedRunExplainsEmmaAsPublished() throws IOException {
    run("experiments/bigram.yaml", "--no-charts");
    String id = rows(results.resolve("bigram/runs.csv")).getFirst().get("run");
    Answer answer = score("--run", id.substring(0, 4), "--untrained", "--explain", "emma");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("loss 3.769305 nats per character"), answer.out());
    assertTrue(
        answer.out().contains("  input   e, index 5; one-hot (27): 1 at position 5, else 0\n"));
    assertTrue(answer.out().contains("  label   m, index 13\n"), answer.out());
    assertTrue(answer.out().lines().allMatch(line -> line.length() <= 80));
    List<List<String>> tables = tables(answer.out());
    List<CSVRecord> distributions = GoldenFile.published("emma-probabilities.csv");
    List<CSVRecord> gradient =
        GoldenFile.published("emma-gradient.csv").stream()
            .filter(row -> !Collections.nCopies(27, "0.0000").equals(published(row)))
            .toList();
    assertEquals(
        Stream.concat(distributions.stream(), gradient.stream())
            .map(ScoreCommandTest::published)
            .toList(),
        tables);
    CSVRecord all = scored("--run", id, "--untrained", "emma").getLast();
    // Of a sum in float32.
    assertEquals(3.7693049907684326, number(all, "loss"), 2e-7);
  }

  /// Of weights this large most probabilities are too small for a double. The log probabilities are
  /// those of PyTorch 2.13.0 (`log_softmax` in float64) on the weights of this run.
  @Test
  void lossesOfARunWithHugeWeightsAreFinite() throws IOException {
    Path huge = folder.resolve("huge.yaml");
    Files.writeString(
        huge,
        """
        name: huge
        question: Are its losses finite?
        data: {file: names.txt, split: {}}
        model: {kind: softmax}
        training: {steps: 30, learning-rate: 1e6}
        expect:
          scores: [{words: [emma], log-likelihood: -137081.6, loss: 27416.3, within: 0.3}]
        """);
    Path run = runFolder(run("--quiet", "--no-charts", huge));
    for (CSVRecord row : rows(run.resolve("evaluation.csv"))) {
      assertTrue(Double.isFinite(number(row, "loss")), row.toString());
    }
    List<CSVRecord> scores = scored("--run", run, "emma");
    double[] pytorch = {-1953.2, -19919.7, -29007.3, 0, -86201.5};
    for (int i = 0; i < pytorch.length; i++) {
      assertEquals(pytorch[i], number(scores.get(i), "log_likelihood"), 0.1, "bigram " + i);
    }
    assertEquals(27416.3, number(scores.getLast(), "loss"), 0.1);
  }

  @Test
  void lossesOfAPerceptronWithHugeWeightsAreFinite() throws IOException {
    Path huge = folder.resolve("huge.yaml");
    Files.writeString(
        huge,
        """
        name: huge
        question: Are its losses finite?
        data: {file: names.txt, split: {}}
        model: {kind: mlp, hidden: 20}
        training: {steps: 10, learning-rate: 1e6, batch: 32}
        """);
    Path run = runFolder(run("--quiet", "--no-charts", huge));
    for (CSVRecord row : scored("--run", run, "emma")) {
      assertTrue(Double.isFinite(number(row, "loss")), row.toString());
    }
  }

  @Test
  void wordsToScoreGetTheFormOfTheWordsLearntFrom() throws IOException {
    Files.writeString(folder.resolve("words.txt"), "Zoe\u0308\nEva\n");
    Path lower = folder.resolve("lower.yaml");
    Files.writeString(
        lower,
        """
        name: lower
        question: What does it make of capitals?
        data: {file: words.txt, normalise: nfc, lower-case: true}
        model: {kind: counts}
        """);
    Path run = runFolder(run("--quiet", "--no-charts", lower));
    assertEquals(
        number(scored("--run", run, "zo\u00eb").getLast(), "loss"),
        number(scored("--run", run, "ZOe\u0308").getLast(), "loss"));
  }

  @Test
  void countsScoreTheFirstThreeWordsAsPublished() throws IOException {
    List<CSVRecord> rows = scored("--model", "counts", "emma", "olivia", "ava");
    CSVRecord all = rows.getLast();
    assertEquals("16", all.get("examples"));
    assertEquals(-38.785636603832245, number(all, "log_likelihood"), 1e-5);
    assertEquals(38.785636603832245, number(all, "negative_log_likelihood"), 1e-5);
    assertEquals(2.4241022877395153, number(all, "loss"), 1e-6);
    List<CSVRecord> published = GoldenFile.rows("micrograduate-first-three-words.csv");
    assertEquals(published.size(), ngrams(rows).size());
    for (int i = 0; i < published.size(); i++) {
      CSVRecord row = ngrams(rows).get(i);
      assertEquals(published.get(i).get("bigram"), row.get("context") + row.get("next"));
      assertEquals(number(published.get(i), "probability"), number(row, "probability"), 0.51e-4);
      assertEquals(
          number(published.get(i), "log_probability"), number(row, "log_likelihood"), 0.51e-4);
    }
    Answer answer = score("emma", "olivia", "ava");
    assertTrue(
        answer
            .out()
            .endsWith(
                """
                all 3 words, 16 characters
                  log likelihood -38.785637, NLL 38.785637, loss 2.424102 nats per character
                """),
        answer.out());
  }

  @Test
  void fileIsScoredAsItsWordsAre() throws IOException {
    Path file = Files.writeString(folder.resolve("three.txt"), "emma\n\nolivia\nava\n");
    List<CSVRecord> byFile = scored("--file", file);
    List<CSVRecord> byWord = scored("emma", "olivia", "ava");
    assertEquals(
        byWord.stream().map(CSVRecord::toMap).toList(),
        byFile.stream().map(CSVRecord::toMap).toList());
    Answer answer = score("--file", file);
    assertTrue(
        answer
            .out()
            .endsWith(
                """
                all 3 words, 16 characters
                  log likelihood -38.785637, NLL 38.785637, loss 2.424102 nats per character

                lowest loss
                  ava     2.1764
                  olivia  2.5016
                  emma    2.5138

                highest loss
                  emma    2.5138
                  olivia  2.5016
                  ava     2.1764
                """),
        answer.out());
  }

  @Test
  void mistakesOfALongFileAreCounted() throws IOException {
    Path file = Files.writeString(folder.resolve("odd.txt"), "A1\n".repeat(100));
    Answer answer = score("--file", file);
    assertEquals(2, answer.code());
    assertEquals(11, answer.err().lines().count(), answer.err());
    assertTrue(answer.err().endsWith("and 190 more\n"), answer.err());
  }

  @Test
  void jsonHasTheRowsOfCsv() throws IOException {
    Answer answer = score("--format", "json", "christosqj");
    assertEquals(0, answer.code(), answer.err());
    List<String> lines = answer.out().lines().toList();
    assertEquals(scored("christosqj").size(), lines.size() - 2);
    assertEquals(
        "  {\"level\": \"all\", \"word\": null, \"context\": null, \"next\": null,"
            + " \"probability\": null, \"examples\": 11, \"log_likelihood\": null,"
            + " \"negative_log_likelihood\": null, \"loss\": null}",
        lines.get(lines.size() - 2));
  }

  @Test
  void infiniteLossIsAResultThatNamesTheBigramWithoutCount() throws IOException {
    Answer answer = score("christosqj");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("loss Infinity nats per character\n  count 0 in names.txt"));
    assertTrue(answer.out().endsWith(": qj\n"), answer.out());
    assertEquals("Infinity", scored("christosqj").getLast().get("loss"));
    CSVRecord smoothed = scored("christosqj", "--smoothing", "1").getLast();
    assertEquals(-37.32549834251404, number(smoothed, "log_likelihood"), 1e-5);
    assertEquals(3.393227122046731, number(smoothed, "loss"), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"softmax, 2", "softmax, 3", "counts, 1", "counts, 4"})
  void wordsOfTheDataTogetherHaveTheLossOfTheirRun(String kind, int order) throws IOException {
    List<String> overrides =
        kind.equals("counts")
            ? List.of("--set", "training=null", "--set", "model={kind: counts, smoothing: 0.5}")
            : List.of();
    Path run =
        runFolder(
            run(
                Stream.concat(
                        Stream.of("-q", small, "--set", "data.order=" + order), overrides.stream())
                    .toArray()));
    Path data = folder.resolve("words.txt");
    List<CSVRecord> rows = scored("--run", run, "--data", data, "emma", "olivia", "ava");
    double loss = number(rows(run.resolveSibling("runs.csv")).getFirst(), "nll");
    assertEquals(loss, number(rows.getLast(), "loss"), 1e-14);
    assertEquals(order - 1, ngrams(rows).getFirst().get("context").length());
  }

  @Test
  void weightsOfARunAreReadBackBitForBit() throws IOException {
    Path run = runFolder(run("-q", small));
    List<CSVRecord> probabilities = rows(run.resolve("bigrams.csv"));
    for (CSVRecord ngram :
        ngrams(scored("--run", run, "--data", folder.resolve("words.txt"), "olivia"))) {
      CSVRecord kept =
          probabilities.stream()
              .filter(row -> row.get("previous").equals(ngram.get("context")))
              .filter(row -> row.get("next").equals(ngram.get("next")))
              .findFirst()
              .orElseThrow();
      assertEquals(kept.get("probability"), ngram.get("probability"));
    }
  }

  @Test
  void contextThatDoesNotOccurHasNoProbability() throws IOException {
    Object[] options = {"--data", folder.resolve("words.txt"), "--order", "3", "--smoothing", "1"};
    Answer answer =
        score(Stream.concat(Stream.of(options), Stream.of("--explain", "vaa")).toArray());
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("does not occur in " + folder.resolve("words.txt") + ": .v"));
    assertTrue(answer.out().contains("no gradient"), answer.out());
    List<CSVRecord> rows =
        scored(Stream.concat(Stream.of(options), Stream.of("vaa", "ava")).toArray());
    assertEquals("NaN", rows.get(1).get("probability"));
    assertEquals("NaN", rows.getLast().get("loss"));
    assertTrue(Double.isFinite(number(rows.get(rows.size() - 2), "loss")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "emma Ana                  | WORD Ana: letter 1, \"A\", does not occur in names.txt,"
            + " allowed: a b",
        "jos\u00e9                 | WORD jos\u00e9: letter 4, \"\u00e9\" (U+00E9), does not occur",
        "a.b                       | WORD a.b: letter 2, \".\", marks where words begin and end",
        "--run abc emma            | --run abc: there is no run in",
        "--run abc --order 3 emma  | --order: not with --run",
        "--untrained emma          | --untrained: needs --run",
        "--model softmax emma      | --model softmax: allowed: counts",
        "--smoothing -1 emma       | --smoothing: found -1.0, allowed: a number from 0 to 1e300",
        "--smoothing NaN emma      | --smoothing: found NaN",
        "--smoothing inf emma      | --smoothing: found \"inf\", allowed: a number",
        "--smoothing 1e308 emma    | --smoothing: found 1.0E308, allowed: a number from 0 to 1e300",
        "--order 0 emma            | --order: found 0, allowed: a whole number from 1 to 16",
        "--data gone.txt emma      | gone.txt: no such file",
        "--format xml emma         | --format: found \"xml\", allowed: table, csv, spreadsheet,"
            + " json",
        "--format csv --explain e  | --explain: not with --format csv",
        "--format json --explain e | --explain: not with --format csv and json",
        "--untrained               | WORD: is missing, allowed: one word or more, or --file",
        "--file names.txt emma     | --file: not with words, allowed: one of both",
        "--file names.txt --explain | --explain: not with --file",
        "--file gone.txt           | --file gone.txt: no such file",
      })
  void wrongInputIsRefused(String arguments, String message) {
    Answer answer = score((Object[]) arguments.split(" "));
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains(message), answer.err());
    assertEquals("", answer.out());
  }

  @Test
  void runsAreFoundByTheBeginningOfTheirId() throws IOException {
    Path data = folder.resolve("words.txt");
    for (int steps = 1; steps <= 17; steps++) {
      run("-q", small, "--set", "training.steps=" + steps);
    }
    run("-q", small, "--set", "name=twin");
    List<CSVRecord> runs = rows(results.resolve("small/runs.csv"));
    String third = runs.get(2).get("run");
    assertEquals(0, score("--run", third, "--data", data, "emma").code());
    // Of 17 ids two begin with the same of 16 digits.
    String shared =
        runs.stream()
            .map(row -> row.get("run").substring(0, 1))
            .filter(
                digit -> runs.stream().filter(row -> row.get("run").startsWith(digit)).count() > 1)
            .findFirst()
            .orElseThrow();
    Answer several = score("--run", shared, "emma");
    assertEquals(2, several.code());
    assertTrue(several.err().contains("several runs begin so: small/" + shared), several.err());
    Answer none = score("--run", "x", "emma");
    assertEquals(2, none.code());
    assertTrue(none.err().contains("there is no such run in"), none.err());
    assertTrue(none.err().contains(", and 8 more"), none.err());
  }

  @Test
  void runWithoutWeightsOrOnOtherWordsIsRefused() throws IOException {
    Path run = runFolder(run("-q", small));
    Path data = folder.resolve("words.txt");
    Answer other = score("--run", run, "--data", "names.txt", "emma");
    assertEquals(2, other.code());
    assertTrue(other.err().contains("--data names.txt: is not the file that the run"), other.err());
    assertTrue(other.err().endsWith("; allowed: that file, wherever it is now\n"), other.err());
    Files.writeString(folder.resolve("words.txt"), "mia\n");
    Path moved = Files.move(run, folder.resolve("moved"));
    Answer changed = score("--run", moved, "emma");
    assertTrue(changed.err().contains("words.txt: is not the file that the run"), changed.err());
    assertTrue(
        changed.err().endsWith("; --data FILE says where that file is now\n"), changed.err());
    Files.move(moved, run);
    Files.writeString(folder.resolve("words.txt"), "emma\nolivia\n\nava\n");
    Files.delete(run.resolve("weights.csv"));
    Answer weightless = score("--run", run, "--data", data, "emma");
    assertEquals(2, weightless.code());
    String remedy =
        "twister run %s --again --results %s".formatted(run.resolve("spec.yaml"), results);
    assertTrue(
        weightless.err().contains("its weights.csv is not there; " + remedy + " makes it"),
        weightless.err());
    assertEquals(0, score("--run", run, "--data", data, "--untrained", "emma").code());
    assertEquals(0, twister((Object[]) remedy.replace("twister ", "").split(" ")).code());
    assertEquals(0, score("--run", run, "--data", data, "emma").code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "^context,symbol     | letter,symbol | line 1: expected a column 'context', found"
            + " letter,symbol,weight",
        "(?s)\\na,v,.*       | ``            | expected a row, found the end",
        "(?m)^a,v,.*$        | a,v,heavy     | weight: expected a number, found 'heavy'",
        "(?m)^a,v,.*$        | a,v,NaN       | weight: expected a finite number, found 'NaN'",
        "(?m)^a,v,.*$        | a,v,-Infinity | weight: expected a finite number, found"
            + " '-Infinity'",
        "(?m)^a,v,           | v,a,          | context: expected 'a', found 'v'",
        "\\z                 | `a,v,1\n`     | context: expected the end after",
      })
  void damagedWeightsAreNamedByTheirLine(String pattern, String replacement, String message)
      throws IOException {
    Path run = runFolder(run("-q", small));
    unseal(run);
    Path weights = run.resolve("weights.csv");
    String text = Files.readString(weights);
    String damaged = Pattern.compile(pattern).matcher(text).replaceFirst(replacement);
    assertFalse(text.equals(damaged));
    Files.writeString(weights, damaged);
    Answer answer = score("--run", run, "--data", folder.resolve("words.txt"), "emma");
    assertEquals(1, answer.code());
    assertTrue(answer.err().contains(message), answer.err());
    assertTrue(answer.err().contains("weights.csv, line "), answer.err());
  }

  @Test
  void largestSmoothingIsUniform() throws IOException {
    CSVRecord all = scored("christosqj", "--smoothing", "1e300").getLast();
    assertEquals(Math.log(27), number(all, "loss"), 1e-12);
  }

  @Test
  void wideAndCombiningLettersStandInColumns() throws IOException {
    Path words = Files.writeString(folder.resolve("wide.txt"), "日本\ne\u0301a\n");
    Answer answer = score("--data", words, "日本", "e\u0301a");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("\n  .        日" + " ".repeat(9) + "0.5000 "), answer.out());
    assertTrue(answer.out().contains("\n  日       本" + " ".repeat(9) + "1.0000 "), answer.out());
    assertTrue(
        answer.out().contains("\n  \u25cc\u0301        a" + " ".repeat(10) + "1.0000 "),
        answer.out());
  }
}
