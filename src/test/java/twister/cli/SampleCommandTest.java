package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("processor")
class SampleCommandTest extends CommandLineTest {
  private Answer sample(Object... arguments) {
    return twister(
        Stream.concat(Stream.of("sample", "--results", results), Stream.of(arguments)).toArray());
  }

  private List<String> words(Object... arguments) {
    Answer answer = sample(arguments);
    assertEquals(0, answer.code(), answer.err());
    return answer.out().lines().toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.kind=softmax",
        "model={kind: mlp, block-size: 2, embedding: 2, hidden: 3}",
        "{model: {kind: counts}, training: null}"
      })
  void wordsAreThoseOfTheRun(String model) throws IOException {
    Path run =
        runFolder(
            model.startsWith("{")
                ? run("-q", counts())
                : run("-q", small, "--set", model, "--set", "samples.count=9"));
    List<String> kept =
        rows(run.resolve("samples.csv")).stream().map(row -> row.get("name")).toList();
    List<String> csv = words(run, "--format", "csv");
    assertEquals("name", csv.getFirst());
    assertEquals(kept, csv.subList(1, csv.size()));
    assertEquals(
        kept.stream().map(name -> name.replaceAll("([^.])$", "$1\u2026").replace(".", "")).toList(),
        words(run));
  }

  private Path counts() throws IOException {
    return Files.writeString(
        folder.resolve("counts.yaml"),
        """
        name: counts
        question: What do counts draw?
        data: {file: words.txt}
        model: {kind: counts, smoothing: 1}
        samples: {count: 9}
        charts: []
        """);
  }

  @Test
  void countSeedPrefixAndTemperatureAreThoseOfTheOptions() {
    Path run = runFolder(run("-q", small));
    List<String> words = words(run, "--count", 50, "--seed", 3, "--prefix", "em");
    assertEquals(50, words.size());
    assertTrue(words.stream().allMatch(word -> word.startsWith("em")), words.toString());
    assertNotEquals(words, words(run, "--count", 50, "--seed", 4, "--prefix", "em"));
    assertEquals(1, words(run, "--count", 50, "--temperature", 1e-9).stream().distinct().count());
  }

  @Test
  void runWithoutSamplesHasTwentyWords() {
    Path run = runFolder(run("-q", small, "--set", "samples.count=0"));
    assertEquals(20, words(run).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--count 0            | --count: found 0, allowed: a whole number from 1 to 1,000,000",
        "--seed 4294967296    | --seed: found 4294967296, allowed: a whole number from 0 to",
        "--seed -1            | --seed: found -1, allowed: a whole number from 0 to",
        "--temperature 0      | --temperature: found 0.0, allowed: a number above 0",
        "--temperature NaN    | --temperature: found NaN, allowed: a number above 0",
        "--prefix Em          | --prefix Em: letter 1, \"E\", does not occur in words.txt",
        "--data names.txt     | is not the file that the run was trained on",
      })
  void wrongInputIsRefused(String arguments, String message) {
    Path run = runFolder(run("-q", small));
    Answer answer =
        sample(Stream.concat(Stream.of(run), Stream.of(arguments.split(" "))).toArray());
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains(message), answer.err());
    assertEquals("", answer.out());
  }
}
