package twister.spec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import twister.yaml.InvalidInputException;

/// Experiment files with random damage are read, or refused with the mistakes that they have: they
/// end in nothing else.
///
/// `-Dtwister.attack=N` tries N files, `-Dtwister.attack.seed=N` those that a failure names.
@Tag("processor")
class MutatedFileTest {
  private static final int FILES = Integer.getInteger("twister.attack", 3000);
  private static final long SEED = Long.getLong("twister.attack.seed", System.nanoTime());

  /// What YAML has more of than experiment files need, and what the keys do not take.
  private static final List<String> VALUES =
      List.of(
          "*m",
          "&m 1",
          "&m {kind: counts}",
          "!!int 3",
          "!!str x",
          "!x y",
          "null",
          "~",
          "''",
          "\"\\U80000000\"",
          "\"\\uD800\"",
          "[]",
          "{}",
          "[[[[[]]]]]",
          "{a: {b: {c: *m}}}",
          "[1, *m]",
          "<<: *m",
          "? [a]",
          "-1",
          "0",
          "1e400",
          "-.inf",
          ".nan",
          "99999999999999999999",
          "0x1F",
          "1_000",
          "true",
          "counts",
          "softmax",
          "mlp",
          "log(0.1,10,3)",
          "linear(1,3,3)",
          "[1, 2]",
          "{until: 3, rate: 1}",
          "{range-test: {linear: [1e-3, 1]}}",
          "2026-11-28",
          "|\n  a\n  b",
          "---",
          "...",
          "%YAML 9.9",
          "\u0000",
          "\u2028",
          "\ufeff",
          "😀",
          "x".repeat(5000));

  private static final List<String> KEYS =
      List.of(
          "name",
          "question",
          "data",
          "model",
          "training",
          "sweep",
          "device",
          "samples",
          "charts",
          "expect",
          "seeds",
          "method",
          "runs",
          "model.kind",
          "data.order",
          "training.l2",
          "<<",
          "");

  @TempDir private Path folder;
  private final Random random = new Random(SEED);

  @Test
  void isReadOrRefused(TestReporter reporter) throws IOException {
    List<String> texts = shipped();
    Path file = folder.resolve("x.yaml");
    int read = 0;
    for (int i = 0; i < FILES; i++) {
      String text = texts.get(random.nextInt(texts.size()));
      for (int change = random.nextInt(4); change >= 0; change--) {
        text = changed(text);
      }
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
      try {
        SpecReader.sweep(file, List.of(), List.of());
        read++;
      } catch (InvalidInputException e) {
        assertFalse(e.mistakes().isEmpty());
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed %d, file %d:%n%s".formatted(SEED, i, text), e);
      }
    }
    reporter.publishEntry(
        "files", "%,d tried, %,d of them read, seed %d".formatted(FILES, read, SEED));
    assertTrue(read > 0 && read < FILES, "%,d of %,d were read".formatted(read, FILES));
  }

  private static List<String> shipped() throws IOException {
    List<String> texts = new ArrayList<>(List.of(ExperimentFile.COUNTS, ExperimentFile.SOFTMAX));
    try (Stream<Path> files = Files.walk(Path.of("experiments"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".yaml")).sorted().toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }

  private String changed(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    int colon = line.indexOf(':');
    switch (random.nextInt(8)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, line);
      case 2 -> lines.set(at, "  " + line);
      case 3 -> lines.set(at, line.stripLeading());
      case 4 -> lines.add(at, any(KEYS) + ": " + any(VALUES));
      case 5 -> lines.set(at, letterChanged(line));
      default -> lines.set(at, (colon < 0 ? "" : line.substring(0, colon + 1)) + " " + any(VALUES));
    }
    return lines.isEmpty() ? "x" : String.join("\n", lines) + "\n";
  }

  private String letterChanged(String line) {
    if (line.isEmpty()) {
      return any(VALUES);
    }
    int place = random.nextInt(line.length());
    char letter = (char) (random.nextInt(8) == 0 ? random.nextInt(0x3000) : random.nextInt(128));
    return line.substring(0, place) + letter + line.substring(place + 1);
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
