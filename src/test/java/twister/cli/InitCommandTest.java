package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitCommandTest extends CommandLineTest {
  private Path written(Object... arguments) {
    Path file = folder.resolve("mine.yaml");
    Answer answer = twister(Stream.concat(Stream.of("init", file), Stream.of(arguments)).toArray());
    assertEquals(0, answer.code(), answer.err());
    return file;
  }

  @ParameterizedTest
  @EnumSource
  void fileOfEachKindIsGoodAndRuns(QuestionKind kind) throws IOException {
    Path file = written("--kind", kind.word(), "--data", "names.txt");
    Answer validated = twister("validate", file);
    assertEquals(0, validated.code(), validated.err());
    boolean isTrained = Files.readString(file).contains("training:");
    Object[] few =
        isTrained
            ? new Object[] {"--set", "training.steps=2", "--set", "data.words=300"}
            : new Object[] {"--set", "data.words=300"};
    boolean hasPhases = kind == QuestionKind.PERCEPTRON;
    Answer run =
        run(
            Stream.of(
                    Stream.of(file, "--no-charts", "--quiet"),
                    Stream.of(few),
                    hasPhases ? Stream.of("--set", "training.learning-rate=0.1") : Stream.empty())
                .flatMap(part -> part)
                .toArray());
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.exists(results.resolve("mine/runs.csv")), run.out());
  }

  @ParameterizedTest
  @EnumSource
  void eachKeyHasACommentAndTheFirstLineIsTheQuestion(QuestionKind kind) {
    List<String> lines = kind.text(kind.data(), Optional.empty()).lines().toList();
    assertEquals("question: " + kind.question(), lines.get(2));
    assertEquals(
        List.of(),
        lines.stream()
            .skip(3)
            .filter(line -> !line.isBlank() && !line.endsWith(":") && !line.contains("    # "))
            .toList());
    assertEquals(List.of(), lines.stream().filter(line -> line.length() > 120).toList());
  }

  @ParameterizedTest
  @EnumSource
  void helpListsTheKindWithItsQuestion(QuestionKind kind) {
    String row = "  %-14s  %s\n".formatted(kind.word(), kind.question());
    String help = twister("init", "--help").out();
    assertTrue(help.contains(row), help);
  }

  @ParameterizedTest
  @EnumSource
  void documentHasTheKindWithItsQuestion(QuestionKind kind) throws IOException {
    String text = Files.readString(Path.of("docs/experiment-file.md"));
    String begin = "| `%s`".formatted(kind.word());
    assertTrue(
        text.lines()
            .anyMatch(
                line -> line.startsWith(begin) && line.endsWith("| " + kind.question() + " |")),
        begin);
  }

  @Test
  void nextCommandsAreSaid() {
    Path file = folder.resolve("rates.yaml");
    Answer answer = twister("init", file);
    assertEquals(
        """
        FILE: Which learning rate gives the lowest loss?
        Next:
          twister validate FILE
          twister plan FILE
          twister run FILE
        """
            .replace("FILE", file.toString()),
        answer.out());
  }

  @Test
  void wordsThatAreMissingAreSaid() {
    Answer answer =
        twister("init", folder.resolve("a.yaml"), "--kind", "own-words", "--data", "none.txt");
    assertTrue(
        answer.out().contains("It learns from none.txt, which is not there yet: one word per"),
        answer.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b.txt", "x: y.txt", "#.txt", "'it''s'.txt", "12", "true", "ä.txt"})
  void anyNameOfWordsIsReadBack(String name) throws IOException {
    Files.writeString(folder.resolve(name), "emma\nava\n");
    Answer validated = twister("validate", written("--kind", "own-words", "--data", name));
    assertTrue(validated.out().contains("good, 2 words"), validated.err());
  }

  @Test
  void fileThatIsThereIsKept() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "precious");
    Answer answer = twister("init", file);
    assertEquals(2, answer.code());
    assertEquals("precious", Files.readString(file));
    assertEquals(
        "FILE %s: is there already, and is kept as it is; allowed: a new file\n".formatted(file),
        answer.err().replace(folder + "…", folder.toString()));
  }

  @Test
  void linkThatLeadsNowhereIsKept() throws IOException {
    Path link = folder.resolve("l.yaml");
    Files.createSymbolicLink(link, folder.resolve("nowhere"));
    assertEquals(2, twister("init", link).code());
    assertTrue(Files.isSymbolicLink(link));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--kind order order | FILE order: allowed: a name that ends in .yaml, such as --kind order",
        "mine               | such as mine.yaml",
        "data.yaml          | cannot be the name of an experiment, allowed before .yaml: at most"
            + " 64",
        ".hidden.yaml       | cannot be the name of an experiment",
        "no/such/a.yaml     | there is no folder",
        "--kind rate a.yaml | --kind rate: there is no such kind (kinds: learning-rate, regul",
        "--kind seed a.yaml | did you mean seeds?"
      })
  void whatCannotBeWrittenIsRefused(String arguments, String expected) {
    Answer answer = twister((Object[]) ("init " + arguments).split(" "));
    assertEquals(2, answer.code(), answer.out());
    assertTrue(answer.err().contains(expected), answer.err());
  }

  @Test
  void wordsWithAControlSignAreRefused() {
    Answer answer = twister("init", folder.resolve("a.yaml"), "--data", "a\nb");
    assertEquals(
        "--data: found \"a\\nb\", allowed: the path of a file, without control characters\n",
        answer.err());
  }

  @Test
  void tableGetsItsColumn() throws Exception {
    String rows =
        IntStream.range(0, 30)
            .mapToObj(row -> "%d,bern%s%n".formatted(row, "e".repeat(row)))
            .collect(Collectors.joining());
    Path table = Files.writeString(folder.resolve("towns.csv"), "id,name\n" + rows);
    Path file = folder.resolve("towns.yaml");
    Answer refused = twister("init", file, "--data", table);
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("--column"), refused.err());
    assertEquals(0, twister("init", file, "--data", table, "--column", "name").code());
    assertTrue(Files.readString(file).contains("\n  column: name    #"), Files.readString(file));
    assertEquals(0, twister("validate", file).code(), twister("validate", file).err());
  }

  @Test
  void nameThatNoFolderCanHaveIsNotProposed() {
    Answer answer = twister("init", "con");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("devices of Windows"), answer.err());
  }
}
