package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processor")
class CompareCommandTest extends CommandLineTest {
  private Answer compare(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("compare", "--results", results));
    all.addAll(List.of(arguments));
    return twister(all.toArray());
  }

  private String run(String... settings) {
    Stream<Object> sets = Stream.of(settings).flatMap(set -> Stream.of("--set", set));
    Answer quiet = run(Stream.concat(Stream.of(small, "-q"), sets).toArray());
    return runFolder(quiet).getFileName().toString();
  }

  private List<CSVRecord> compared(String... ids) throws IOException {
    Answer answer = compare(Stream.concat(Stream.of("--format", "csv"), Stream.of(ids)).toArray());
    assertEquals(0, answer.code(), answer.err());
    return CSVFormat.DEFAULT
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new StringReader(answer.out()))
        .getRecords();
  }

  private static String value(List<CSVRecord> rows, String name, String run, String column) {
    return rows.stream()
        .filter(row -> row.get("name").equals(name) && row.get("run").equals(run))
        .findFirst()
        .orElseThrow()
        .get(column);
  }

  @Test
  void whatDiffersIsShown() throws IOException {
    String one = run();
    String other = run("training.learning-rate=2", "training.steps=5");
    Answer answer = compare(one.substring(0, 5), other.substring(0, 5));
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().startsWith("settings: 2 differ, "), answer.out());
    assertTrue(
        answer.out().contains("  training.learning-rate  1.0           2.0\n"), answer.out());
    assertTrue(answer.out().contains("provenance: none differs, "), answer.out());
    List<CSVRecord> rows = compared(one, other);
    double first = Double.parseDouble(value(rows, "loss", one, "value"));
    double second = Double.parseDouble(value(rows, "loss", other, "value"));
    assertEquals(second - first, Double.parseDouble(value(rows, "loss", other, "difference")));
    assertEquals("3", value(rows, "steps_compared", other, "value"));
    // Step 0 comes before the first update.
    assertEquals("1", value(rows, "first_difference_step", other, "value"));
    assertTrue(
        answer.out().contains("  " + other + "  differ first at step 1, most at step "),
        answer.out());
    Path metrics = results.resolve("small").resolve(other).resolve("metrics.csv");
    double largest = Double.parseDouble(value(rows, "largest_difference", other, "value"));
    int at = Integer.parseInt(value(rows, "largest_difference_step", other, "value"));
    double there = Double.parseDouble(rows(metrics).get(at).get("loss"));
    double here =
        Double.parseDouble(
            rows(metrics.resolveSibling("../" + one + "/metrics.csv")).get(at).get("loss"));
    assertEquals(Math.abs(there - here), largest);
  }

  @Test
  void sameRunIsEqualToTheLastBit() {
    String one = run();
    Answer answer = compare(one, one, one);
    assertTrue(answer.out().startsWith("settings: none differs, "), answer.out());
    assertEquals(
        2,
        answer.out().lines().filter(line -> line.endsWith("to the last bit (3 steps)")).count(),
        answer.out());
  }

  @Test
  void runOfAnOlderVersionWithoutMetricsIsComparedByTheRest() throws IOException {
    String one = run();
    String other = run("training.l2=0.5");
    Path former = results.resolve("small").resolve(other);
    unseal(former);
    Files.delete(former.resolve("metrics.csv"));
    Answer answer = compare(one, other, "--format", "markdown");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("| training.l2 | 0.0 | 0.5 |"), answer.out());
    assertTrue(answer.out().contains("no steps in common"), answer.out());
  }

  /// What is missing is not left out in silence.
  @Test
  void runWhoseMetricsAreMissingIsRefused() throws IOException {
    String one = run();
    String other = run("training.l2=0.5");
    Files.delete(results.resolve("small").resolve(other).resolve("metrics.csv"));
    Answer answer = compare(one, other, "--format", "markdown");
    assertEquals(1, answer.code());
    assertTrue(answer.err().contains("metrics.csv: no such file"), answer.err());
  }

  @Test
  void wrongRunsAreAllNamed() throws IOException {
    String one = run();
    Answer single = compare(one);
    assertEquals(2, single.code());
    assertTrue(single.err().contains("is one run, allowed: two or more"), single.err());
    Answer answer = compare("zz", one, "yy");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("RUN zz: there is no such run in"), answer.err());
    assertTrue(answer.err().contains("RUN yy: there is no such run in"), answer.err());
    Files.writeString(results.resolve("small").resolve(one).resolve("run.yaml"), "\0[");
    assertTrue(compare(one, one).err().contains("run.yaml ends in the middle of a line"));
  }
}
