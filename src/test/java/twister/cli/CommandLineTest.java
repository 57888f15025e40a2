package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Commands run in this process, with a small experiment at hand and what they print caught.
abstract class CommandLineTest {
  @TempDir Path folder;
  Path results = Path.of("");
  Path small = Path.of("");

  @BeforeEach
  void writeSmallExperiment() throws IOException {
    results = folder.resolve("results");
    Files.writeString(folder.resolve("words.txt"), "emma\nolivia\n\nava\n");
    small = folder.resolve("small.yaml");
    Files.writeString(
        small,
        """
        name: small
        question: Does it run?
        data: {file: words.txt}
        model: {kind: softmax}
        training: {steps: 3, learning-rate: 1}
        samples: {count: 2}
        charts: []
        """);
  }

  /// What a command printed and how it ended.
  record Answer(int code, String out, String err) {}

  Answer twister(Object... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int code = Main.exitCode(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
      return new Answer(
          code,
          printed.toString(StandardCharsets.UTF_8),
          complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /// Starts a command in a process of its own, whose complaints are shown.
  static Process start(List<Object> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    arguments.forEach(argument -> command.add(argument.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  Answer run(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("run", "--results", results));
    all.addAll(List.of(arguments));
    return twister(all.toArray());
  }

  /// Makes the record of a run one of an older version, which has no checksums.
  static void unseal(Path run) throws IOException {
    Path record = run.resolve("run.yaml");
    String text = Files.readString(record);
    Files.writeString(
        record,
        text.substring(0, text.indexOf("checksums:"))
            .replaceFirst("twister:\n(  .*\n)+", "twister: 0.1\n"));
  }

  static List<CSVRecord> rows(Path file) throws IOException {
    try (Reader text = Files.newBufferedReader(file)) {
      return CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .get()
          .parse(text)
          .getRecords();
    }
  }

  /// Trains three learning rates and two strengths from two seeds each, one of which diverges, on
  /// words that are no friends of HTML.
  ///
  /// @param question which may be no friend either
  void trainHostileSweep(String question) throws IOException {
    Files.writeString(
        folder.resolve("words.txt"),
        """
        emma
        <b>olivia
        ava</script>
        mia&amp;
        zoe"
        lea'
        """);
    Files.writeString(
        small,
        """
        name: small
        question: "%s"
        data: {file: words.txt, split: {train: 0.7, dev: 0.2, seed: 1}}
        model: {kind: softmax}
        training: {steps: 12, learning-rate: 1}
        sweep:
          training.learning-rate: [1, 10, 1e30]
          training.l2: [0, 0.01]
          seeds: 2
        samples: {count: 4}
        charts: []
        """
            .formatted(question.replace("\"", "\\\"")));
    assertEquals(3, run(small, "-q").code());
  }

  Path runFolder(Answer quiet) {
    assertEquals(0, quiet.code(), quiet.err());
    Path run = Path.of(quiet.out().strip());
    assertTrue(Files.isDirectory(run), quiet.out());
    return run;
  }

  /// Deletes a folder with all that is in it.
  static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
