package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--unit` of all commands that print losses: against the losses in nats that they print without.
@Tag("processor")
class UnitOptionTest extends CommandLineTest {
  private static final double ROUNDING = 1e-12;

  @BeforeEach
  void train() {
    Answer swept = run(small, "--quiet", "--sweep", "training.l2=0,0.1", "--sweep", "seeds=3");
    assertEquals(0, swept.code(), swept.err());
  }

  private String printed(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--results", results));
    Answer answer = twister(all.toArray());
    assertEquals(0, answer.code(), answer.err());
    return answer.out();
  }

  private Map<String, String> first(Object... arguments) throws IOException {
    String text =
        printed(Stream.concat(Stream.of(arguments), Stream.of("--format", "csv")).toArray());
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<CSVRecord> rows = format.parse(new StringReader(text)).getRecords();
    return rows.getFirst().toMap();
  }

  private static double number(Map<String, String> row, String column) {
    String text = row.get(column);
    assertTrue(text != null, () -> column + " in " + row.keySet());
    return Double.parseDouble(String.valueOf(text));
  }

  private static void assertNear(double expected, double found) {
    assertEquals(expected, found, ROUNDING * Math.abs(expected));
  }

  @Test
  void bitsAndTheirIntervalsAreNatsOverLn2() throws IOException {
    String columns = "loss,ci95,ci95_low,ci95_high,sd,best,n,steps";
    Map<String, String> nats = first("runs", "small", "--columns", columns);
    Map<String, String> bits = first("runs", "small", "--columns", columns, "--unit", "bits");
    for (String column : List.of("loss", "ci95", "ci95_low", "ci95_high", "sd", "best")) {
      assertNear(number(nats, column) / Math.log(2), number(bits, column + "_bits"));
    }
    assertEquals(nats.get("n"), bits.get("n"));
    assertEquals(nats.get("steps"), bits.get("steps"));
  }

  @Test
  void perplexitiesAreThoseOfTheMeanAndOfTheEndsOfItsInterval() throws IOException {
    Map<String, String> nats = first("runs", "small", "--columns", "loss,ci95,sd,best");
    Map<String, String> found =
        first("runs", "small", "--columns", "loss,ci95,sd,best", "--unit", "perplexity");
    double mean = number(nats, "loss");
    double half = number(nats, "ci95");
    assertNear(Math.exp(mean), number(found, "loss_perplexity"));
    assertNear(Math.exp(mean - half), number(found, "ci95_low_perplexity"));
    assertNear(Math.exp(mean + half), number(found, "ci95_high_perplexity"));
    assertNear(Math.exp(number(nats, "best")), number(found, "best_perplexity"));
    assertEquals(nats.get("sd"), found.get("sd"), "a deviation over seeds has no perplexity");
  }

  @Test
  void ranksTestsAndSortingStay() throws IOException {
    for (String column : List.of("rank", "run", "p", "worse_in", "training.l2")) {
      assertEquals(
          first("runs", "small", "--sort", "-loss").get(column),
          first("runs", "small", "--sort", "-loss", "--unit", "perplexity").get(column));
    }
  }

  @Test
  void natsAreTheDefaultAndHaveNoNameOfTheirOwn() {
    for (String format : List.of("table", "csv", "json", "markdown", "latex")) {
      assertEquals(
          printed("runs", "small", "--format", format),
          printed("runs", "small", "--format", format, "--unit", "NATS"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "csv", "json", "markdown", "latex"})
  void everyFormatNamesTheUnit(String format) {
    String bits = printed("runs", "small", "--format", format, "--unit", "bits");
    assertTrue(bits.contains(format.equals("latex") ? "loss\\_bits" : "loss_bits"), bits);
    String list = printed("list", "--format", format, "--unit", "perplexity");
    assertTrue(list.contains("perplexity"), list);
    assertTrue(!format.equals("latex") || bits.contains("\\mathbf{"), bits);
  }

  @Test
  void listHasTheBestLossInTheUnit() throws IOException {
    assertNear(
        number(first("list"), "best_loss") / Math.log(2),
        number(first("list", "--unit", "bits"), "best_loss_bits"));
  }

  @Test
  void scoresHaveALossInTheUnitAndLikelihoodsInNats() throws IOException {
    Object[] score = {"score", "--data", folder.resolve("words.txt"), "ava"};
    Object[] bits = Stream.concat(Stream.of(score), Stream.of("--unit", "bits")).toArray();
    assertNear(number(first(score), "loss") / Math.log(2), number(first(bits), "loss_bits"));
    assertEquals(first(score).get("log_likelihood"), first(bits).get("log_likelihood"));
    assertTrue(printed(bits).contains(" bits per character"), printed(bits));
    Object[] other = Stream.concat(Stream.of(score), Stream.of("--unit", "perplexity")).toArray();
    assertTrue(printed(other).matches("(?s).*, perplexity [0-9.]+\n"), printed(other));
  }

  @Test
  void comparedLossesAndTheirDifferencesAreInTheUnit() {
    List<String> runs = new ArrayList<>();
    printed("runs", "small", "--each", "--columns", "run", "--format", "csv")
        .lines()
        .skip(1)
        .forEach(runs::add);
    Object[] compare = {"compare", runs.getFirst(), runs.getLast(), "--format", "csv"};
    double nats = difference(printed(compare), "metrics,loss,");
    Object[] bits = Stream.concat(Stream.of(compare), Stream.of("--unit", "bits")).toArray();
    assertNear(nats / Math.log(2), difference(printed(bits), "metrics,loss_bits,"));
    String table = printed("compare", runs.getFirst(), runs.getLast(), "--unit", "bits");
    assertTrue(table.contains(" nats ("), table);
    assertFalse(printed("compare", runs.getFirst(), runs.getLast()).contains(" nats ("));
  }

  private static double difference(String csv, String begin) {
    String row =
        csv.lines().filter(line -> line.startsWith(begin)).skip(1).findFirst().orElseThrow();
    return Double.parseDouble(row.substring(row.lastIndexOf(',') + 1));
  }

  @Test
  void whatStaysInNatsSaysSo() {
    String nats = "log likelihood -?[0-9.]+, NLL [0-9.]+, loss [0-9.]+ nats per character";
    String bits =
        "log likelihood -?[0-9.]+ nats, NLL [0-9.]+ nats, loss [0-9.]+ bits per character";
    Object[] score = {"score", "--data", folder.resolve("words.txt"), "ava"};
    Object[] inBits = {"score", "--data", folder.resolve("words.txt"), "ava", "--unit", "bits"};
    assertTrue(Pattern.compile(nats).matcher(twister(score).out()).find());
    assertTrue(Pattern.compile(bits).matcher(twister(inBits).out()).find());
  }
}
