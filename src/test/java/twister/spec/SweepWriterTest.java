package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.yaml.ChoiceRule;
import twister.yaml.InvalidInputException;

@Tag("processor")
class SweepWriterTest {
  private static final List<String> KINDS = List.of("counts", "softmax", "mlp");

  /// Keys with values that a sweep may give them.
  private static final List<String> LISTS =
      List.of(
          "data.file: [a.txt, b.txt]",
          "data.order: [1, 2]",
          "data.order: [3, 2]",
          "data.words: [10, 20]",
          "data.lower-case: [true, false]",
          "data.split: [{train: 0.8, dev: 0.1}, {train: 0.5, dev: 0.5, seed: 3}]",
          "data.split.dev: [0, 0.05]",
          "data.split.train: [0.8, 0.95]",
          "model.smoothing: [0, 1]",
          "model.hidden: [5, 6]",
          "model.block-size: [1, 2]",
          "model.init: [{seed: 1}, {generator: torch-cuda}]",
          "model.init.generator: [torch-cuda, torch-cpu]",
          "model.init.seed: [5, 4]",
          "training.steps: [1, 20]",
          "training.learning-rate: [1, 0x10]",
          "training.learning-rate: [0.5, [{until: 3, rate: 1}, {rate: 0.1}]]",
          "training.learning-rate: [1, {range-test: {log: [1, 10]}}]",
          "training.l2: [0, 1e-3]",
          "training.path: [examples, counts]",
          "training.batch: [4, 8]",
          "training.stop: [{patience: 3}, {target: 2.0, every: 1}]",
          "training.stop.patience: [3, 4]");

  private static final List<String> RANGES =
      List.of(
          "training.learning-rate: {log: [0.1, 100]%s}",
          "training.l2: {linear: [0, 1]%s}",
          "model.smoothing: {linear: [0, 10]%s}",
          "model.hidden: {log: [1, 64]%s}",
          "training.steps: {linear: [1, 30]%s}");

  /// Sections that a file may have.
  private static final List<String> OPTIONS =
      List.of(
          "device=cpu",
          "charts=[]",
          "charts=[loss]",
          "samples={count: 2, multinomial: search}",
          "samples={every: 5, reseed: false}",
          "training.batch=16",
          "training.l2=0.25",
          "training.stop={patience: 2, loss: train}",
          "data.split={train: 0.8, test: 0.1}",
          "data.order=3",
          "data.sha256=" + "0123456789abcdef".repeat(4),
          "model.init={generator: torch-cuda}",
          "model.init.seed=7",
          "model.hidden=9",
          "model.smoothing=0.5",
          "sweep.training.l2=null");

  @TempDir private Path folder;

  private Sweep read(String text, List<String> options) throws IOException, InvalidInputException {
    Path file = Files.writeString(folder.resolve("x.yaml"), text);
    Sweep sweep = SpecReader.sweep(file, options, List.of());
    if (options.isEmpty()) {
      SchemaCheck.assertAllows(text);
    }
    return sweep;
  }

  private Sweep read(String section) throws IOException, InvalidInputException {
    return read(
        """
        name: x
        question: Which one?
        data: {file: names.txt}
        model: {kind: softmax, init: {seed: 7}}
        training: {steps: 5, learning-rate: 10}
        """
            + section,
        List.of());
  }

  private static List<Long> seeds(Sweep sweep) {
    return sweep.runs().stream()
        .filter(run -> run.model() instanceof ModelSpec.Softmax)
        .map(run -> ((ModelSpec.Softmax) run.model()).init().seed())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[counts, softmax]", "[softmax, counts]", "[mlp, counts, softmax]"})
  void seedsBeginWithThatOfTheFileWhateverTheOrderOfTheKinds(String kinds) throws Exception {
    Sweep sweep = read("sweep: {model.kind: " + kinds + ", seeds: 2}\n");
    assertEquals(List.of(7L, 8L), seeds(sweep));
    assertEquals(sweep.runs(), read(sweep.yaml(), List.of()).runs());
  }

  @Test
  void writesWhatAllKindsOfModelsShareAndTheKeysOfEach() throws Exception {
    Sweep sweep = read("sweep: {model.kind: [counts, softmax], seeds: 2}\n");
    assertEquals(
        """
        name: x
        question: Which one?
        data:
          file: names.txt
          order: 2
        model:
          kind: counts
          smoothing: 0.0
          init:
            generator: torch-cpu
            seed: 7
        training:
          steps: 5
          learning-rate: 10.0
          l2: 0.0
          path: counts
          accumulate-gradients: false
        samples:
          count: 20
          generator: torch-cpu
          seed: 2147483647
          length-limit: 100
          multinomial: mkl
        device: auto
        sweep: {model.kind: [counts, softmax], seeds: 2}
        """,
        sweep.yaml());
  }

  @Test
  void isReadBackAsTheSameSweep() throws IOException {
    Random random = new Random(17);
    int valid = 0;
    int ofKinds = 0;
    for (int i = 0; i < 800; i++) {
      String text = file(random);
      List<String> options = some(random, OPTIONS, random.nextInt(4));
      try {
        Sweep sweep = read(text, options);
        if (!sweep.isOne()) {
          assertIsReadBack(sweep, text + options, random);
          valid++;
          ofKinds += sweep.keys().contains("model.kind") ? 1 : 0;
        }
      } catch (InvalidInputException refused) {
        // Not every combination can be run.
      }
    }
    assertTrue(valid > 160, valid + " sweeps");
    assertTrue(ofKinds > 30, ofKinds + " sweeps over kinds");
  }

  private void assertIsReadBack(Sweep sweep, String text, Random random)
      throws IOException, InvalidInputException {
    String yaml = sweep.yaml();
    String both = text + "\n" + yaml;
    Sweep again;
    try {
      again = read(yaml, List.of());
    } catch (InvalidInputException e) {
      throw new AssertionError(both, e);
    }
    assertEquals(sweep.runs(), again.runs(), both);
    assertEquals(settings(sweep.runs()), settings(again.runs()), both);
    assertEquals(sweep.keys(), again.keys(), both);
    assertEquals(sweep.text(), again.text(), both);
    assertEquals(sweep.seed(), again.seed(), both);
    assertEquals(sweep.rungs(), again.rungs(), both);
    assertEquals(yaml, again.yaml(), both);
    if (sweep.method().isSearch()) {
      double[] point = random.doubles(sweep.dimensions()).toArray();
      assertEquals(sweep.at(point), again.at(point), both);
    }
  }

  private static List<String> settings(List<ExperimentSpec> runs) {
    return runs.stream().map(run -> SpecWriter.settings(run).yaml()).toList();
  }

  private static String file(Random random) {
    String kind = KINDS.get(random.nextInt(3));
    boolean isTrained = !kind.equals("counts") || random.nextBoolean();
    return """
    name: x
    question: Which one?
    data: {file: names.txt}
    model: {kind: %s}
    %ssweep: {%s}
    """
        .formatted(
            kind,
            isTrained ? "training: {steps: 9, learning-rate: 10}\n" : "",
            String.join(", ", sweep(random)));
  }

  private static List<String> sweep(Random random) {
    SweepMethod method =
        random.nextBoolean()
            ? SweepMethod.GRID
            : some(random, List.of(SweepMethod.values()), 1).getFirst();
    boolean isGrid = method == SweepMethod.GRID;
    List<String> keys = new ArrayList<>();
    if (!method.isSearch() && random.nextBoolean()) {
      keys.add("model.kind: " + some(random, KINDS, 1 + random.nextInt(3)));
    }
    if (!method.isSearch()) {
      keys.addAll(some(random, LISTS, random.nextInt(3)));
    }
    if (isGrid && random.nextInt(3) == 0) {
      keys.add("zip: {" + String.join(", ", some(random, LISTS, 2)) + "}");
    }
    for (String range : some(random, RANGES, random.nextInt(isGrid ? 2 : 3))) {
      keys.add(range.formatted(isGrid ? ", points: " + (2 + random.nextInt(3)) : ""));
    }
    if (random.nextBoolean()) {
      keys.add(random.nextBoolean() ? "seeds: " + (1 + random.nextInt(3)) : "seeds: [4, 3]");
    }
    Collections.shuffle(keys, random);
    if (!isGrid) {
      keys.add("method: " + ChoiceRule.name(method));
      keys.add("runs: " + (1 + random.nextInt(9)));
    }
    return keys;
  }

  private static <T> List<T> some(Random random, List<T> all, int count) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled.stream().limit(count).toList();
  }
}
