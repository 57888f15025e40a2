package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import twister.text.TextWidth;

@Tag("processor")
class DataCommandTest extends CommandLineTest {

  private Answer data(Object... arguments) {
    return twister(
        Stream.concat(Stream.of("data", "--results", results), Stream.of(arguments)).toArray());
  }

  private Map<String, String> figures(String name) throws IOException {
    return rows(results.resolve("data").resolve(name).resolve("corpus.csv")).stream()
        .collect(Collectors.toMap(row -> row.get("figure"), row -> row.get("value")));
  }

  private static List<String> texts(List<CSVRecord> rows, String... columns) {
    return rows.stream()
        .map(row -> Stream.of(columns).map(row::get).collect(Collectors.joining(",")))
        .toList();
  }

  @Test
  void namesHaveThePublishedFigures() throws IOException {
    Answer answer = data("names.txt");
    assertEquals(0, answer.code(), answer.err());
    Map<String, String> figures = figures("names");
    assertEquals("32033", figures.get("words"));
    assertEquals("228146", figures.get("examples"));
    assertEquals(".abcdefghijklmnopqrstuvwxyz", figures.get("vocabulary"));
    // In double; the float32 sum that was published is 18 lower.
    assertEquals(-559873.59, Double.parseDouble(figures.get("log_likelihood")), 0.005);
    assertEquals(2.4540149, Double.parseDouble(figures.get("loss")), 5e-7);
    assertEquals(Math.log(27), Double.parseDouble(figures.get("uniform_loss")), 1e-15);
    List<CSVRecord> ngrams = rows(results.resolve("data/names/ngrams.csv"));
    assertEquals(627, ngrams.size());
    assertEquals(
        List.of("n,.,6763", "a,.,6640", "a,n,5438", ".,a,4410"),
        texts(ngrams.subList(0, 4), "context", "next", "count"));
    assertTrue(answer.out().contains("  n        .     6,763       0.3690\n"), answer.out());
    assertTrue(
        answer.out().contains(results.resolve("data/names/lengths.csv") + "\n"), answer.out());
    assertTrue(answer.out().lines().allMatch(line -> line.length() <= 80 || line.contains("/")));
  }

  @Test
  void figuresOfThreeWordsAreThoseCountedByHand() throws IOException {
    Files.writeString(folder.resolve("few.words.txt"), "emma\nava\n\nava\nolivia\n");
    Answer answer = data(folder.resolve("few.words.txt"));
    assertEquals(0, answer.code(), answer.err());
    Map<String, String> figures = figures("few.words");
    assertEquals("few.words.txt", figures.get("file"));
    assertEquals("3", figures.get("distinct_words"));
    assertEquals("1", figures.get("empty_lines"));
    assertEquals("3 ava", figures.get("shortest_length") + " " + figures.get("shortest_word"));
    assertEquals("6 olivia", figures.get("longest_length") + " " + figures.get("longest_word"));
    assertEquals("4.0", figures.get("mean_length"));
    assertEquals("20", figures.get("examples"));
    assertEquals(
        List.of("3,2", "4,1", "6,1"),
        texts(rows(results.resolve("data/few.words/lengths.csv")), "length", "words"));
  }

  @Test
  void equallyFrequentNgramsStandInTheOrderOfTheirSymbols() throws IOException {
    data(folder.resolve("words.txt"));
    assertEquals(
        List.of(
            "a.3", ".a1", ".e1", ".o1", "av1", "em1", "ia1", "iv1", "li1", "ma1", "mm1", "ol1",
            "va1", "vi1"),
        rows(results.resolve("data/words/ngrams.csv")).stream()
            .map(row -> row.get("context") + row.get("next") + row.get("count"))
            .toList());
  }

  @Test
  void figuresOfAnyOrderAgreeWithTheRunOfItsCounts() throws IOException {
    Answer answer = data(folder.resolve("words.txt"), "--order", "3", "--top", "1");
    assertTrue(
        answer.out().contains("trigrams  16, 16 different ones, after 14 contexts"), answer.out());
    Files.writeString(
        small,
        "{name: counts, question: Is it so?, data: {file: words.txt, order: 3}, model: {kind:"
            + " counts}}");
    run(small, "--no-charts");
    String loss = rows(results.resolve("counts/runs.csv")).getFirst().get("loss");
    assertEquals(loss, figures("words").get("loss"));
    List<CSVRecord> ngrams = rows(results.resolve("data/words/ngrams.csv"));
    assertEquals(16, ngrams.stream().mapToInt(row -> Integer.parseInt(row.get("count"))).sum());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "names.txt --order 17 | --order: found 17, allowed: a whole number from 1 to 16",
        "names.txt --order x  | --order: found \"x\", allowed: a whole number",
        "names.txt --top -1   | --top: found -1, allowed: a whole number from 0",
        "gone.txt             | gone.txt: no such file",
        "experiments          | experiments: is a folder; allowed: a file of text",
      })
  void wrongInputIsRefusedAndNothingIsWritten(String arguments, String message) {
    Answer answer = data((Object[]) arguments.split(" "));
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains(message), answer.err());
    assertFalse(Files.exists(results));
  }

  @Test
  void folderThatIsInTheWayIsNamed() throws IOException {
    Path place = Files.createDirectories(results).resolve("data");
    Files.writeString(place, "in the way");
    Answer answer = data("names.txt");
    assertEquals(1, answer.code());
    assertTrue(answer.err().contains(place.toString()), answer.err());
  }

  @Test
  void longWordsAreCutOnTheTerminalAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("long.txt"), "a".repeat(10_000) + "\n");
    Answer answer = data(file);
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().contains("10,000 symbols: " + "a".repeat(47) + "…\n"), answer.out());
    assertTrue(answer.out().contains("words     1, none of them twice"), answer.out());
    assertEquals("a".repeat(10_000), figures("long").get("longest_word"));
  }

  @Test
  @Timeout(120)
  void filesOfProcessesAtOnceAreAllOfOneOfThem() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int order = 1; order <= 6; order++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "data",
                  "names.txt",
                  "--order",
                  Integer.toString(order),
                  "--results",
                  results.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    for (Process process : processes) {
      String complaint =
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), complaint);
    }
    Map<String, String> figures = figures("names");
    List<CSVRecord> ngrams = rows(results.resolve("data/names/ngrams.csv"));
    assertEquals(figures.get("ngrams"), Integer.toString(ngrams.size()));
    assertEquals(
        Integer.parseInt(figures.get("order")), ngrams.getFirst().get("context").length() + 1);
  }

  @Test
  void reportIsPrintedWhereItCannotBeKept() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Answer answer = twister("data", folder.resolve("words.txt"), "--results", file);
    assertEquals(2, answer.code());
    assertTrue(answer.out().contains("  words     3"), answer.out());
    assertTrue(answer.err().contains("is a file; allowed: a folder"), answer.err());
  }

  @Test
  void wideSymbolsAreWrappedByTheirWidth() throws IOException {
    StringBuilder words = new StringBuilder();
    for (int letter = 0x4e00; letter < 0x4e00 + 60; letter++) {
      words.appendCodePoint(letter).append('\n');
    }
    Path file = Files.writeString(folder.resolve("han.txt"), words);
    String out = twister("data", file, "--results", results).out();
    List<String> lines = out.lines().skip(1).limit(8).toList();
    assertTrue(lines.stream().allMatch(line -> TextWidth.of(line) <= 80), out);
    assertTrue(lines.get(5).startsWith("            \u4e15 "), out);
  }
}
