package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The experiments of the folder `experiments` find what the comment at their top says.
///
/// There, a command stands after `$`, perhaps with a second line, and what it prints below it.
@Tag("processor")
class ShippedExperimentsTest extends CommandLineTest {
  private static final Path EXPERIMENTS = Path.of("experiments");
  private static final Pattern COMMAND =
      Pattern.compile("#     \\$ twister ([^\\\\\n]*(?:\\\\\n# .*)?)\n((?:#     .*\n)+)");
  private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|[^\\s'\\\\]+");
  private static final Pattern LOSS = Pattern.compile("\\d+\\.\\d{5}");

  /// One in the last digit printed.
  private static final double PRINTED = 1.5e-5;

  /// Other bits of single precision lead a perceptron elsewhere in thousands of steps: as far as
  /// other initial weights at most, which is what the confidence intervals show.
  private static final double CHAOTIC = 0.02;

  static List<Path> experiments() throws IOException {
    try (Stream<Path> files = Files.list(EXPERIMENTS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void answerIsTheOneThatTheFileTells(Path file) throws IOException {
    Answer trained = run(file, "--quiet", "--no-charts");
    assertEquals(0, trained.code(), trained.err());
    String text = Files.readString(file);
    List<MatchResult> told = COMMAND.matcher(text).results().toList();
    assertTrue(!told.isEmpty() || text.contains("\nexpect:\n"), "tells no answer");
    for (MatchResult command : told) {
      String table = command.group(2).replace("#     ", "");
      assertTable(table, text.contains("kind: mlp") ? CHAOTIC : PRINTED, command.group(1));
    }
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void overviewHasTheAnswer(Path file) throws IOException {
    String text = Files.readString(file);
    String name = file.getFileName().toString().replace(".yaml", "");
    String row = "| [%s](%s.yaml) | %s | %s |".formatted(name, name, question(text), answer(text));
    String overview = Files.readString(EXPERIMENTS.resolve("README.md"));
    assertTrue(overview.contains(row + "\n"), "put this row into experiments/README.md:\n" + row);
  }

  private static String question(String text) {
    return only(Pattern.compile("^question: (.*)$", Pattern.MULTILINE), text);
  }

  private static String answer(String text) {
    return only(Pattern.compile("^# Expected: (.*(?:\n# .*)*)", Pattern.MULTILINE), text)
        .replace("\n#", "");
  }

  private static String only(Pattern pattern, String text) {
    List<String> found = pattern.matcher(text).results().map(match -> match.group(1)).toList();
    assertEquals(1, found.size(), pattern.toString());
    return found.getFirst();
  }

  private void assertTable(String table, double tolerance, String command) {
    List<String> arguments =
        new ArrayList<>(
            ARGUMENT
                .matcher(command.replace("\n#", ""))
                .results()
                .map(ShippedExperimentsTest::argument)
                .toList());
    arguments.addAll(List.of("--results", results.toString()));
    String printed = twister(arguments.toArray()).out();
    List<String> expected = table.lines().toList();
    List<String> actual = printed.lines().skip(2).limit(expected.size()).toList();
    assertEquals(expected.size(), actual.size(), printed);
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(isNear(expected.get(i), actual.get(i), tolerance), printed);
    }
  }

  private static String argument(MatchResult match) {
    return match.group(1) == null ? match.group() : match.group(1);
  }

  private static boolean isNear(String expected, String actual, double tolerance) {
    List<Double> losses = losses(expected);
    List<Double> found = losses(actual);
    boolean near =
        LOSS.matcher(expected).replaceAll("").equals(LOSS.matcher(actual).replaceAll(""));
    for (int i = 0; near && i < losses.size(); i++) {
      near = Math.abs(losses.get(i) - found.get(i)) < tolerance;
    }
    return near;
  }

  private static List<Double> losses(String line) {
    return LOSS.matcher(line).results().map(MatchResult::group).map(Double::valueOf).toList();
  }
}
