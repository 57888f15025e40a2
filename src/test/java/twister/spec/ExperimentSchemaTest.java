package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;

/// The schema that `twister schema` prints is what the code makes of the decoders and the document.
///
/// `mvn -q test -Dtest=ExperimentSchemaTest -Dtwister.schema=write` writes it anew.
@Tag("processor")
final class ExperimentSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void fileIsWhatTheCodeMakes() throws IOException {
    String made =
        JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(ExperimentSchema.of(SchemaRecorder.ofSamples()))
            + "\n";
    if ("write".equals(System.getProperty("twister.schema"))) {
      Files.createDirectories(ExperimentSchema.FILE.getParent());
      Files.writeString(ExperimentSchema.FILE, made);
    }
    assertEquals(
        made,
        Files.readString(ExperimentSchema.FILE),
        "write it anew: mvn -q test -Dtest=ExperimentSchemaTest -Dtwister.schema=write");
  }

  @Test
  void samplesHaveEveryKeyThatIsRead() {
    assertEquals(List.of(), SchemaRecorder.ofSamples().unknown().toList());
  }

  @Test
  void documentSaysWhatTheSchemaHas() throws IOException {
    Map<String, Object> schema = ExperimentSchema.of(SchemaRecorder.ofSamples());
    List<String> keys = ExperimentSchema.varyingKeys(schema).toList();
    List<String> untold =
        KeyComments.read().keySet().stream()
            .filter(key -> key.startsWith("data.") || key.startsWith("training."))
            .filter(key -> !keys.contains(key))
            .toList();
    assertEquals(List.of(), untold, "keys of the document that no decoder reads");
  }

  static Stream<Path> shipped() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("experiments"))) {
      files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    try (Stream<Path> all = Files.list(Path.of("src/main/resources/twister/cli/init"))) {
      return Stream.concat(files.stream(), all.sorted().toList().stream());
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void shippedExperimentsAreAllowed(Path file) throws IOException {
    SchemaCheck.assertAllows(Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "learning-rat: 1",
        "training: {steps: 100, learning-rate: 1, lr: 2}",
        "training: {steps: many, learning-rate: 1}",
        "training: {steps: 0, learning-rate: 1}",
        "training: {steps: 1.5, learning-rate: 1}",
        "training: {steps: 1000000001, learning-rate: 1}",
        "training: {steps: 100}",
        "training: {steps: 100, learning-rate: 0}",
        "training: {steps: 100, learning-rate: [0.1, 1]}",
        "training: {steps: 100, learning-rate: [{until: 5, rat: 1}]}",
        "training: {steps: 100, learning-rate: {range: {log: [1, 2]}}}",
        "training: {steps: 100, learning-rate: 1, path: exampels}",
        "training: {steps: 100, learning-rate: 1, l2: -1}",
        "training: {steps: 100, learning-rate: 1, batch: 32}",
        "training: {steps: 100, learning-rate: 1, stop: {patience: 0}}",
        "training: {steps: 100, learning-rate: 1, accumulate-gradients: 1}",
        "model: {kind: sofmax}",
        "model: {kind: counts}",
        "model: {kind: softmax, hidden: 3}",
        "model: {kind: mlp, block-size: 16}",
        "data: names.txt",
        "data: {file: names.txt, order: 17}",
        "data: {file: names.txt, sha256: abc}",
        "data: {file: names.txt, split: {train: 1.1}}",
        "data: {file: ''}",
        "name: a b",
        "device: gpu0",
        "device: {kind: gpu}",
        "samples: {count: -1}",
        "charts: [los]",
        "charts: loss",
        "expect: {loss: {0: high}}",
        "expect: {scores: []}",
        "sweep: {l2: [0, 1]}",
        "sweep: {training.l2: []}",
        "sweep: {training.l2: 1}",
        "sweep: {training.l2: [many]}",
        "sweep: {training.path: {log: [1, 2], points: 2}}",
        "sweep: {training.l2: {log: [1, 2], point: 2}}",
        "sweep: {training.lr: [1, 2]}",
        "sweep: {method: grd, training.l2: [0]}",
        "sweep: {seeds: 0}",
        "sweep: {zip: {training.l2: [0, 1]}}",
        "sweep: {}"
      })
  void commonMistakesAreRefused(String line, @TempDir Path folder) {
    String key = line.substring(0, line.indexOf(':'));
    StringBuilder text = new StringBuilder();
    Stream.of(
            "name: x",
            "data: {file: names.txt}",
            "model: {kind: softmax}",
            "training: {steps: 100, learning-rate: 50}")
        .filter(each -> !each.startsWith(key + ":"))
        .forEach(each -> text.append(each).append('\n'));
    SchemaCheck.assertAllows(SOUND);
    text.append(line).append('\n');
    assertFalse(SchemaCheck.mistakes(text.toString()).isEmpty(), text.toString());
    assertTrue(
        !new ExperimentFile(folder).mistakes(text.toString()).isEmpty(), "Twister reads it, too");
  }

  private static final String SOUND =
      """
      name: x
      data: {file: names.txt}
      model: {kind: softmax}
      training: {steps: 100, learning-rate: 50}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sweep: {model.kind: [counts, softmax, mlp], training.batch: [8], seeds: 2}",
        "sweep: {training.learning-rate: [1, [{until: 5, rate: 1}, {rate: 0.1}]]}",
        "sweep: {data.split: [{train: 0.8}, {train: 0.5, dev: 0.5}]}",
        "sweep: {zip: {model.kind: [softmax, mlp], training.batch: [1, 2]}}",
        "sweep: {data.split.seed: {linear: [1, 5], points: 5}}"
      })
  void anyKeyMayVary(String sweep) {
    SchemaCheck.assertAllows(SOUND + sweep + "\n");
  }

  @Test
  void keysOfASweepNeedNoValueBesides() {
    SchemaCheck.assertAllows(
        """
        data: {file: names.txt}
        model: {}
        sweep: {model.kind: [softmax], training.steps: [1, 2], training.learning-rate: [1]}
        """);
  }
}
